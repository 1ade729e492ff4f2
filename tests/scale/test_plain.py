"""What is understood without gunicorn's parser is what that one understands."""

import pytest
from gunicorn.config import Config
from gunicorn.http.errors import ParseException
from gunicorn.http.parser import RequestParser
from gunicorn.http.wsgi import create
from hypothesis import given
from hypothesis import strategies as st

from config.serving import plain

HEAD = b"GET /api/v1/events/?page_size=2&q=%EA%B0%95 HTTP/1.1\r\nHost: a.example:8000\r\n"
HEAD += b"Accept: text/csv, */*;q=0.1\r\nX-Request-ID:\t12345678 \r\nConnection: keep-alive\r\n\r\n"


def as_gunicorn_has_it(head: bytes) -> dict | None:
    """Its environment of a request that brings no body and lets the connection go on."""
    cfg, client = Config(), ("127.0.0.1", 40_000)
    cfg.set("secure_scheme_headers", {})  # as gunicorn.conf.py has it
    try:
        request = next(RequestParser(cfg, iter([head]), client))
    except (ParseException, StopIteration):
        return None
    if request.should_close() or request.body.read() or request.unreader.buf.getvalue():
        return None
    _response, environ = create(request, None, client, ("127.0.0.1", 8000), cfg)
    return environ


def agrees(head: bytes) -> bool:
    """Whether it is left to gunicorn, or understood as gunicorn would."""
    mine = plain.environ_of(head)
    if mine is None:
        return True
    usual = as_gunicorn_has_it(head)
    return usual is not None and mine == {name: usual.get(name) for name in mine}


def test_a_usual_request_is_understood():
    assert plain.environ_of(HEAD) == {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/api/v1/events/",
        "QUERY_STRING": "page_size=2&q=%EA%B0%95",
        "wsgi.url_scheme": "http",
        "HTTP_HOST": "a.example:8000",
        "HTTP_ACCEPT": "text/csv, */*;q=0.1",
        "HTTP_X_REQUEST_ID": "12345678",
    }
    assert agrees(HEAD)


def test_who_gets_a_head_that_came_before_may_add_to_it():
    plain.environ_of(HEAD)["wsgi.input"] = "mine"
    assert "wsgi.input" not in plain.environ_of(HEAD)


LEFT = {
    "another method": HEAD.replace(b"GET", b"POST"),
    "another version": HEAD.replace(b"HTTP/1.1", b"HTTP/1.0"),
    "a whole address": HEAD.replace(b" /api", b" http://a.example/api"),
    "two slashes": HEAD.replace(b" /api", b" //api"),
    "an encoded path": HEAD.replace(b"/events/", b"/%65vents/"),
    "a fragment": HEAD.replace(b"?page", b"#page"),
    "bytes that are no ASCII": HEAD.replace(b"%EA", b"\xea"),
    "a body": HEAD.replace(b"Accept", b"Content-Length: 3\r\nAccept"),
    "chunks": HEAD.replace(b"Accept", b"Transfer-Encoding: chunked\r\nAccept"),
    "a name twice": HEAD.replace(b"Accept", b"Host: b.example\r\nAccept"),
    "a name with an underscore": HEAD.replace(b"X-Request-ID", b"X_Request_ID"),
    "a space before the colon": HEAD.replace(b"Accept:", b"Accept :"),
    "a folded line": HEAD.replace(b"*/*", b"\r\n */*"),
    "a bare line feed": HEAD.replace(b"\r\nAccept", b"\nAccept"),
    "an end of the connection": HEAD.replace(b"keep-alive", b"close"),
    "an upgrade": HEAD.replace(b"keep-alive", b"upgrade\r\nUpgrade: h2c"),
    "an expectation": HEAD.replace(b"Accept", b"Expect: 100-continue\r\nAccept"),
    "a second request": HEAD + HEAD,
    "a part": HEAD[:-2],
    "a long one": HEAD.replace(b"*/*", b"x" * plain.MOST),
    "very many lines": HEAD.replace(
        b"Accept", b"".join(b"A%d:\r\n" % n for n in range(plain.FIELDS)) + b"Accept"
    ),
}


@pytest.mark.parametrize("head", LEFT.values(), ids=LEFT)
def test_what_is_out_of_the_ordinary_is_left_to_gunicorn(head):
    assert plain.environ_of(head) is None


PIECES = [b" ", b"\t", b"\r", b"\n", b"\r\n", b"\r\n\r\n", b":", b"/", b"//", b"%", b"#", b"?"]
PIECES += [b"\x00", b"\x7f", b"\xe2\x80\xa8", b"HTTP/1.1", b"HTTP/0.9", b"close", b"Host: b"]
PIECES += [b"Content-Length: 1", b"Transfer-Encoding: chunked", b"_", b"HEAD", b"POST", b'"', b"\\"]
places = st.integers(0, len(HEAD))
changes = st.lists(st.tuples(places, places, st.sampled_from(PIECES) | st.binary(max_size=3)))


@given(changes)
def test_no_change_makes_both_understand_different_things(made):
    head = HEAD
    for place, length, piece in made:
        head = head[:place] + piece + head[place + length % 5 :]
    assert agrees(head), head


@given(st.text(alphabet=st.characters(max_codepoint=255), max_size=12), st.sampled_from(range(4)))
def test_nor_does_any_text_in_a_place_of_its_own(text, place):
    piece = text.encode("latin1")
    marks = [b"events", b"page_size=2", b"a.example", b"Accept"]
    assert agrees(HEAD.replace(marks[place], piece))
