"""Input that is meant to harm: bounded in time, answered in words, shown as mere text."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import yaml
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disputes.content import files
from disputes.content.loading import ContentError, load
from disputes.publishing import Unpublishable
from timeline import (
    compression,
    edtf,
    instants,
    pictures,
    record_types,
    search,
    word_differences,
)

from ..admin.pages import address, editor, errors_of, opened, press
from ..factories import MAKERS, make_event, make_source
from ..torture.stages import SECONDS

pytestmark = pytest.mark.django_db
FUZZ = settings(
    max_examples=25 if SECONDS < 10 else 300,
    deadline=2000,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "//evil.example/",
    "https://",
]
MARKUP = "<script>alert('zq')</script><img src=x onerror=alert(1)>\"'{{ 7*7 }}{% debug %}"


@contextmanager
def within(seconds: float) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    assert time.perf_counter() - begun < seconds


@given(st.text(alphabet="0123456789X?~%/.-", max_size=80))
@FUZZ
def test_edtf_says_yes_or_no_to_everything(text):
    try:
        first, last = edtf.bounds(text)
    except edtf.EDTFError:
        return
    assert first is None or last is None or first <= last


@pytest.mark.parametrize("piece", ["1", "X", "~", "/", ".", "-", "2019-", "20X?", "\u0661"])
def test_a_long_date_is_refused_at_once(piece):
    with within(0.1):
        assert not edtf.is_valid(piece * 15_000)


PATTERNS = {
    "search": lambda text: list(search.index_text([text])),
    "gzip": lambda text: bool(compression._ACCEPTED.search(text)),
    "instant": lambda text: instants._INSTANT.match(text),
    "words": lambda text: word_differences._TOKEN.findall(text),
    "lines": lambda text: pictures.PIECE.findall(text),
}  # those that read our own style sheet are left out


@pytest.mark.parametrize("name", PATTERNS)
@pytest.mark.parametrize(
    "piece",
    ["a", " ", "gzip ", "gzip;q=0.0", "한", "、", "한、", "<b>", "--a: ", "1", "\n"],
)
def test_no_pattern_of_ours_needs_more_than_linear_time(name, piece):
    with within(1):
        PATTERNS[name](piece * 20_000 + "\x00")


@given(st.text(max_size=300))
@FUZZ
def test_no_query_string_is_a_failure(text):
    for path in ("/en/timeline/", "/ko/search/", "/api/v1/timeline/", "/en/"):
        response = Client(raise_request_exception=False).get(path, {"q": text, "cursor": text})
        assert response.status_code in (200, 400)


@given(st.text(max_size=60))
@FUZZ
def test_no_forged_instant_or_cursor_is_a_failure(text):
    for path in ("/en/", "/api/v1/events/"):
        response = Client(raise_request_exception=False).get(path, {"as_of": text})
        assert response.status_code in (200, 400)
    response = Client(raise_request_exception=False).get("/api/v1/events/", {"cursor": text})
    assert response.status_code in (200, 400)


@pytest.mark.parametrize("path", ["/en/timeline/", "/api/v1/timeline/", "/en/search/"])
def test_a_megabyte_of_query_is_refused_at_once(path):
    for query in ("q=" + "x" * 1_000_000, "&".join(["dispute=a"] * 100_000), "%00" * 300_000):
        with within(3):
            assert Client().get(f"{path}?{query}").status_code == 400


@pytest.mark.parametrize("given", [a for a in ADDRESSES if a[0] != "/"])
def test_an_address_that_runs_something_is_refused_in_the_form(given):
    source, client = make_source(), editor()
    form = opened(client, source) | {"url": given}
    response = press(client, address(source), form, reason="x")
    assert list(errors_of(response)) == ["url"]


def test_an_address_without_a_scheme_becomes_https_in_the_form():
    source, client = make_source(), editor()
    form = opened(client, source) | {"url": "//example.org/a"}
    assert press(client, address(source), form, reason="x").status_code == 302
    source.refresh_from_db()
    assert source.url == "https://example.org/a"


@pytest.mark.parametrize("given", ADDRESSES)
def test_an_address_that_runs_something_is_refused_from_a_file(given, tmp_path):
    row = {"key": "s", "title": "A", "publisher": "B", "language": "en", "kind": "official"}
    (tmp_path / "sources").mkdir()
    file = tmp_path / "sources" / "all.yaml"
    file.write_text(yaml.safe_dump([row | {"address": given}]))
    with pytest.raises(ContentError):
        load(tmp_path, "Files", "Loaded.")
    file.write_text(yaml.safe_dump([row | {"address": "https://example.org/"}]))
    assert load(tmp_path, "Files", "Loaded.").created == [("source", "s")]


@pytest.mark.parametrize("given", ADDRESSES)
def test_an_address_that_runs_something_is_never_published(given):
    with pytest.raises((Unpublishable, ValidationError)):
        make_source(url=given)


BOMBS = {
    "aliases": "a: &a [x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b]\n",
    "depth": "[" * 5_000 + "]" * 5_000,
    "mappings": "a: {" * 3_000 + "}" * 3_000,
    "python": "- !!python/object/apply:os.system ['true']\n",
    "size": "- a\n" * 1_100_000,
    "bytes": "\x00\x01\x02",
    "numbers": "- key: " + "9" * 5_000 + "\n",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_in_a_file_is_refused_at_once(name, tmp_path):
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "bomb.yaml").write_text(BOMBS[name])
    with within(5), pytest.raises((ContentError, files.Refused)):
        load(tmp_path, "Files", "Loaded.")


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
@pytest.mark.parametrize("name", ["event", "source", "dispute", "summit", "actor", "commitment"])
def test_markup_in_a_text_is_shown_as_text(name, language):
    field = {"source": "title", "dispute": f"question_{language}", "actor": f"name_{language}"}
    field |= {"commitment": f"text_{language}"}
    record = MAKERS[name](**{field.get(name, f"title_{language}"): MARKUP})
    plural = record_types.get(name).plural
    for page in ("", f"{plural}/{record.key}/", "timeline/", "changes/", f"{plural}/"):
        body = Client().get(f"/{language}/{page}").content.decode()
        assert not re.search(r"<script>alert|<img src=x|onerror=alert\(1\)>(?!&)", body)
    assert (
        "alert(&#x27;zq&#x27;)"
        in Client().get(f"/{language}/{plural}/{record.key}/").content.decode()
    )


@pytest.mark.parametrize(
    "path",
    [
        "/static/../config/settings.py",
        "/static/%2e%2e/config/settings.py",
        "/static/..%2f..%2fconfig/settings.py",
        "/data/2026.11/../../config/settings.py",
        "/data/2026.11/%2e%2e/%2e%2e/config/settings.py",
        "/data/..%2f..%2fetc/passwd",
        "/data/latest/..%5c..%5cconfig",
        "/data/latest//etc/passwd",
        "/en/events/..%2f..%2f/",
    ],
)
def test_no_path_leads_out(path):
    response = Client(raise_request_exception=False).get(path)
    body = b"".join(response) if response.streaming else response.content
    assert (response.status_code in (301, 302, 400, 404), b"SECRET_KEY" in body) == (True, False)


@pytest.mark.parametrize("given", ["a%0d%0aSet-Cookie:%20x=1", "a%0aX-Injected:%201"])
def test_nothing_typed_becomes_a_header(given):
    make_event()
    for path in ("/en/timeline/?q=", "/api/v1/events/?q=", "/en/events/", "/api/v1/events/"):
        response = Client(raise_request_exception=False).get(path + given)
        assert response.status_code < 500
        assert ("X-Injected" in response.headers, response.cookies.output()) == (False, "")
    led = Client().get("/i18n/setlang/", {"next": "https://evil.example/"})
    assert "evil" not in led.headers.get("Location", "")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1@evil.example", "127.0.0.1:x", "a b"])
def test_a_forged_host_is_refused(host):
    assert (
        Client(raise_request_exception=False).get("/en/", headers={"host": host}).status_code == 400
    )
