"""What the entrance answers by itself is what Django answers."""

from contextlib import nullcontext
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config import replicas
from timeline import freshness, making
from timeline.entries import NEWEST
from timeline.models import Entry
from timeline.remembering import answers

from ..record.appending import add
from .asking import application, ask

pytestmark = pytest.mark.django_db
GZIP = {"HTTP_ACCEPT_ENCODING": "gzip, br"}
ADDRESSES = [
    "/api/v1/events/",
    "/api/v1/timeline/?page_size=5&ordering=date",
    "/en/",
    "/ko/method/",
]


def but_its_id(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name != "X-Request-ID"}


@pytest.fixture
def no_django(monkeypatch):
    """The entrance is alone: what it hands on fails."""

    def fails(*_given: object) -> None:
        raise AssertionError("Django was asked.")

    return lambda: monkeypatch.setattr(application(), "django", fails)


@pytest.mark.parametrize("more", [{}, GZIP, {"HTTP_ORIGIN": "https://example.org"}])
@pytest.mark.parametrize("path", ADDRESSES)
def test_remembered_answer_is_the_one_that_django_made(path, more, no_django):
    add("a")
    first = ask(path, **more)
    no_django()
    with CaptureQueriesContext(connection) as captured:
        again = ask(path, **more)
    assert len(captured) == 1  # the version
    assert (again[0], again[2]) == (first[0], first[2])
    assert again[0] == "200 OK"
    assert but_its_id(again[1]) == but_its_id(first[1])
    assert again[1]["X-Request-ID"] != first[1]["X-Request-ID"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_known_answer_is_the_same_304_as_from_django(path, no_django):
    add("a")
    etag = ask(path)[1]["ETag"]
    usual = Client().get(path, headers={"if-none-match": etag, "host": "testserver"})
    no_django()
    status, headers, body = ask(path, HTTP_IF_NONE_MATCH=f'"other", {etag}')
    assert (status, body) == ("304 Not Modified", b"")
    assert usual.status_code == 304
    assert but_its_id(headers) == but_its_id(dict(usual.headers))


def test_head_is_the_remembered_answer_without_its_body(no_django):
    add("a")
    _status, headers, content = ask("/api/v1/events/")
    no_django()
    status, again, body = ask("/api/v1/events/", "HEAD")
    assert (status, body) == ("200 OK", b"")
    assert again["Content-Length"] == str(len(content))
    assert but_its_id(again) == but_its_id(headers)


def test_order_of_parameters_makes_no_second_answer(no_django):
    add("a")
    first = ask("/api/v1/events/?page_size=5&ordering=date")
    no_django()
    again = ask("/api/v1/events/?ordering=date&page_size=5")
    assert (again[1]["ETag"], again[2]) == (first[1]["ETag"], first[2])


def test_after_a_publication_the_next_answer_is_new():
    add("a")
    before = ask("/api/v1/events/")
    add("b")
    after = ask("/api/v1/events/", HTTP_IF_NONE_MATCH=before[1]["ETag"])
    assert after[0] == "200 OK"
    assert after[1]["ETag"] != before[1]["ETag"]
    assert b'"key":"b"' in after[2] and b'"key":"b"' not in before[2]


def test_unknown_parameters_and_foreign_hosts_leave_nothing_in_memory():
    add("a")
    for number in range(5):
        assert ask(f"/api/v1/events/?x={number}")[0] == "400 Bad Request"
    assert ask("/api/v1/events/", HTTP_HOST="elsewhere.example")[0] == "400 Bad Request"
    assert (len(answers.kept), answers.size) == (0, 0)
    assert "elsewhere.example" not in freshness.hosts


def test_a_miss_asks_for_the_version_twice_and_no_more():
    """Once at the entrance, once after the answer was made: nothing was published meanwhile."""
    add("a")
    ask("/en/")  # the host is known from now on
    with CaptureQueriesContext(connection) as captured:
        ask("/api/v1/events/")
    asked = [q["sql"] for q in captured.captured_queries]
    assert asked.count(NEWEST) == 2


def test_a_request_is_logged_with_its_id(caplog):
    add("a")
    ask("/api/v1/events/")
    with caplog.at_level("INFO", logger="tracker.requests"):
        ask("/api/v1/events/", HTTP_X_REQUEST_ID="from-the-proxy")
    (line,) = [r for r in caplog.records if r.name == "tracker.requests"]
    assert (line.method, line.path, line.status) == ("GET", "/api/v1/events/", 200)
    assert line.bytes > 0


def test_where_requests_are_counted_django_answers(settings):
    add("a")
    first = ask("/api/v1/events/")
    settings.RATE_LIMIT = (600, 60)
    handed_on = []
    django = application().django
    with patch.object(
        application(), "django", lambda *given: handed_on.append(1) or django(*given)
    ):
        assert ask("/api/v1/events/")[2] == first[2]
    assert handed_on == [1]


def test_with_replicas_the_one_whose_turn_it_is_is_asked_but_not_for_who_edits(
    settings, monkeypatch
):
    add("a")
    first = ask("/api/v1/events/")
    settings.DATABASE_REPLICA_URLS = ["postgres://replica/tracker"]
    asked, handed_on = [], []
    monkeypatch.setattr(replicas.watch, "order", lambda: ["default"])
    monkeypatch.setattr(
        replicas.watch, "reading", lambda alias: asked.append(alias) or nullcontext()
    )
    django = application().django

    def handed(environ, start_response):
        handed_on.append(making.SEEN in environ)
        return django(environ, start_response)

    monkeypatch.setattr(application(), "django", handed)
    assert ask("/api/v1/events/")[2] == first[2]
    assert (asked, handed_on) == (["default"], [])
    ask("/api/v1/events/?page_size=3")  # not known: Django may ask another replica
    ask("/api/v1/events/", HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}=somebody")
    assert (asked, handed_on) == (["default"] * 2, [False, False])


def test_a_database_that_does_not_answer_is_left_to_django(monkeypatch):
    add("a")
    ask("/api/v1/events/")
    handed_on = []

    def django(environ, start_response):
        handed_on.append(making.SEEN in environ)
        start_response("503 Service Unavailable", [])
        return [b""]

    def fails(*_given: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(type(Entry.objects), "newest", fails)
    monkeypatch.setattr(application(), "django", django)
    assert ask("/api/v1/events/")[0] == "503 Service Unavailable"
    assert handed_on == [False]
