"""Answers from memory: quick, and never stale."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from disputes.publishing import publish
from timeline.remembering import Answers, answers

from ..answers import headers_but_request_id
from ..factories import EDITOR, make_event
from .test_pages import text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/en/timeline/", "/api/v1/events/"])
def test_second_answer_is_the_same_and_asks_the_database_once(client, path):
    make_event()
    first = client.get(path)
    with CaptureQueriesContext(connection) as captured:
        second = client.get(path)
    assert len(captured) == 1  # the version
    assert second.content == first.content
    assert headers_but_request_id(second) == headers_but_request_id(first)


@pytest.mark.parametrize("path", ["/en/timeline/", "/api/v1/events/"])
def test_known_answer_is_a_304_without_a_body_until_something_is_published(client, path):
    event = make_event()
    etag = client.get(path)["ETag"]
    known = client.get(path, headers={"if-none-match": etag})
    assert (known.status_code, known.content, known["ETag"]) == (304, b"", etag)
    assert client.get(path, headers={"if-none-match": f'"x", W/{etag}'}).status_code == 304
    event.title_en = "Corrected"
    event.save()
    publish(event, EDITOR, "corrected")
    fresh = client.get(path, headers={"if-none-match": etag})
    assert fresh.status_code == 200 and fresh["ETag"] != etag
    assert "Corrected" in fresh.content.decode()


def test_answer_depends_on_the_day(client, monkeypatch):
    make_event()
    etag = client.get("/en/timeline/")["ETag"]
    new_year = datetime(2030, 1, 1, tzinfo=UTC)
    monkeypatch.setattr("timeline.keys.timezone.now", lambda: new_year)
    assert client.get("/en/timeline/", headers={"if-none-match": etag}).status_code == 200


def test_languages_and_queries_are_kept_apart(client):
    make_event()
    tags = {client.get(path)["ETag"] for path in ("/en/", "/ko/", "/en/timeline/?q=x", "/ja/")}
    assert len(tags) == 4


def test_refusals_and_the_desk_are_not_remembered(client, admin_client):
    for path in ("/en/timeline/?x=1", "/en/events/nothing/", "/api/v1/events/nothing/"):
        assert "ETag" not in client.get(path)
    assert "ETag" not in admin_client.get("/admin/")
    assert len(answers.kept) == 0


def test_reader_who_is_signed_in_sees_the_public_page(client, admin_client):
    make_event(title_en="Public")
    assert text_of(admin_client.get("/en/timeline/")) == text_of(client.get("/en/timeline/"))


def test_memory_is_bounded_and_forgets_the_least_lately_used():
    kept = Answers(most=25)
    for name in "abc":
        kept.put((name,), HttpResponse(b"x" * 10))
        kept.get(("a",))
    assert [key for (key,) in kept.kept] == ["c", "a"]  # "a" was asked for last
    assert kept.size == 20
    kept.put(("huge",), HttpResponse(b"x" * 26))
    assert ("huge",) not in kept.kept
