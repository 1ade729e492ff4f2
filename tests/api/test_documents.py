"""Single documents: as stored, as of an instant, and every version."""

from datetime import timedelta
from urllib.parse import urlencode

import orjson
import pytest
from django.test import Client
from django.utils.http import http_date

from disputes.publishing import publish, withdraw
from timeline import record_types
from timeline.instants import spell
from timeline.models import Entry

from ..factories import (
    EDITOR,
    MAKERS,
    make_event,
)
from .answers import ask, keys, refused

pytestmark = pytest.mark.django_db


def correct(event, **columns):
    """Publish a correction; gives the instant just before it."""
    for name, value in columns.items():
        setattr(event, name, value)
    event.save()
    (entry,) = publish(event, EDITOR, "a correction")
    return spell(entry.recorded_at - timedelta(microseconds=1))


@pytest.mark.parametrize("name", MAKERS)
def test_a_detail_begins_with_the_stored_document_and_ends_with_meta(name):
    record = MAKERS[name]()
    entry = Entry.objects.current().get(type=name, key=record.key)
    plural = record_types.get(name).plural
    body = Client().get(f"/api/v1/{plural}/{record.key}/").content.decode()
    assert body.startswith(entry.document[:-1] + ",")
    assert list(orjson.loads(body))[-1] == "meta"


@pytest.mark.parametrize("record_type", record_types.all_types(), ids=lambda t: t.name)
def test_no_document_has_a_key_that_the_api_adds(record_type):
    added = {"meta", "status" if record_type.name == "dispute" else "fulfilment"}
    if record_type.name == "fulfilment":
        added = {"meta"}
    assert set(record_type.serializer().fields) & added == set()


def test_meta_says_which_version_it_is():
    event = make_event()
    correct(event, title_en="Corrected")
    meta = ask(f"events/{event.key}/")["meta"]
    head = Entry.objects.head()
    assert meta["record"] == {
        "version": 2,
        "recorded_at": meta["recorded_at"],
        "superseded_at": None,
        "reason": "a correction",
        "editor": EDITOR,
        "digest": head.digest,
    }
    assert (meta["version"], meta["licence"]) == (head.pk, "CC-BY-4.0")
    address = f"http://testserver/api/v1/events/{event.key}/"
    address += f"?{urlencode({'as_of': spell(head.recorded_at)})}"
    day = f"{head.recorded_at:%Y, %B} {head.recorded_at.day}"
    assert list(meta["citation"]) == ["apa", "bibtex", "ris", "csl"]
    assert meta["citation"]["apa"] == (
        f"Korea–Japan Dispute Tracker. ({day}). Corrected (Version {head.pk}) [Data set]. {address}"
    )
    assert meta["citation"]["csl"][0]["URL"] == address
    for style in ("bibtex", "ris"):
        assert address in meta["citation"][style]


def test_as_of_gives_the_former_document_byte_for_byte():
    event = make_event()
    former = Client().get(f"/api/v1/events/{event.key}/").content.split(b',"meta":')[0]
    before = correct(event, title_en="Corrected")
    for address in (f"events/{event.key}/?as_of={before}", f"events/?as_of={before}"):
        assert former in Client().get(f"/api/v1/{address}").content
        assert former not in Client().get(f"/api/v1/{address.partition('?')[0]}").content


def test_as_of_is_said_and_what_was_superseded_later_was_not_known_then():
    event = make_event()
    before = correct(event, title_en="Corrected")
    meta = ask(f"events/{event.key}/?as_of={before}")["meta"]
    assert meta["as_of"] == before
    assert (meta["record"]["version"], meta["record"]["superseded_at"]) == (1, None)


def test_recorded_at_given_as_as_of_brings_the_answer_again():
    make_event(key="a")
    first = ask("events/")
    make_event(key="b")
    again = ask(f"events/?as_of={first['meta']['recorded_at']}")
    assert again["results"] == first["results"]
    assert again["meta"]["version"] == first["meta"]["version"]


def test_as_of_holds_on_the_timeline_and_its_links():
    make_event(key="a", date="2019")
    event = make_event(key="b", date="2020")
    before = correct(event, date="2018")
    assert keys(ask("timeline/")) == ["b", "a"]
    page = ask(f"timeline/?page_size=1&as_of={before}")
    assert keys(page) == ["a"]
    assert keys(ask(page["next"].partition("/api/v1/")[2])) == ["b"]


def test_versions_are_the_newest_first_with_what_was_published_each_time():
    event = make_event(title_en="First")
    before = correct(event, title_en="Second")
    answer = ask(f"events/{event.key}/versions/")
    told = [(v["version"], v["reason"], v["document"]["title"]["en"]) for v in answer["results"]]
    assert told == [(2, "a correction", "Second"), (1, "first published", "First")]
    assert answer["results"][1]["superseded_at"] == answer["results"][0]["recorded_at"]
    (then,) = ask(f"events/{event.key}/versions/?as_of={before}")["results"]
    assert (then["version"], then["superseded_at"]) == (1, None)


def test_versions_carry_the_stored_documents_byte_for_byte():
    event = make_event()
    correct(event, title_en="Corrected")
    body = Client().get(f"/api/v1/events/{event.key}/versions/").content.decode()
    stored = Entry.objects.filter(type="event", key=event.key).order_by("-version")
    assert [f'"document":{entry.document}}}' in body for entry in stored] == [True, True]


def test_versions_are_paged():
    event = make_event()
    for number in range(3):
        correct(event, title_en=f"Title {number}")
    first = ask(f"events/{event.key}/versions/?page_size=3&count=true")
    second = ask(first["next"].partition("/api/v1/")[2])
    assert first["count"] == 4
    assert [v["version"] for v in first["results"] + second["results"]] == [4, 3, 2, 1]


def test_a_withdrawn_record_is_gone_with_its_reason_and_stays_in_the_past():
    event = make_event()
    (tombstone,) = withdraw(event, EDITOR, "it did not happen")
    problem = refused(f"events/{event.key}/", 410)
    day = tombstone.recorded_at.date().isoformat()
    assert problem == {
        "type": "about:blank",
        "title": "Withdrawn",
        "status": 410,
        "detail": f"This event was withdrawn on {day}: it did not happen",
        "instance": f"/api/v1/events/{event.key}/",
        "errors": [],
        "reason": "it did not happen",
        "withdrawn_at": spell(tombstone.recorded_at),
        "version": 2,
    }
    before = spell(tombstone.recorded_at - timedelta(microseconds=1))
    assert ask(f"events/{event.key}/?as_of={before}")["key"] == event.key
    newest = ask(f"events/{event.key}/versions/")["results"][0]
    assert (newest["withdrawn"], newest["document"]) == (True, None)
    assert keys(ask("events/")) == []


def test_an_unknown_key_is_not_found_and_says_how_to_list():
    problem = refused("events/no-such/", 404)
    assert problem["detail"] == "There is no event with this key. /api/v1/events/ lists them all."


def test_before_its_publication_a_record_is_not_found_and_says_since_when():
    event = make_event()
    first = Entry.objects.get(type="event").recorded_at
    problem = refused(f"events/{event.key}/?as_of=2020-01-01", 404)
    assert problem["detail"] == f"This event was first published at {spell(first)}."


def test_a_draft_is_not_found():
    draft = make_event(published=False)
    assert refused(f"events/{draft.key}/", 404)["status"] == 404
    assert refused(f"events/{draft.key}/versions/", 404)["status"] == 404


def test_accept_datetime_is_as_of_and_the_answer_says_so():
    make_event()
    new_year = "Wed, 01 Jan 2020 00:00:00 GMT"
    past = Client(headers={"Accept-Datetime": new_year}).get("/api/v1/events/")
    assert past["Memento-Datetime"] == new_year
    assert past["Link"].startswith('<http://testserver/api/v1/events/>; rel="original", ')
    assert "Accept-Datetime" in past["Vary"]
    assert past.json()["results"] == []


def test_an_accept_datetime_before_the_first_version_of_a_record_brings_that_one():
    event = make_event(title_en="First")
    first = Entry.objects.get(key=event.key)
    correct(event, title_en="Second")
    early = {"Accept-Datetime": "Wed, 01 Jan 2020 00:00:00 GMT"}
    past = Client(headers=early).get(f"/api/v1/events/{event.key}/")
    assert past.json()["title"]["en"] == "First"
    assert past["Memento-Datetime"] == http_date(first.recorded_at.timestamp())
    asked = Client().get(f"/api/v1/events/{event.key}/", {"as_of": "2020-01-01T00:00:00Z"})
    assert asked.status_code == 404  # who names an instant is told that there was nothing


def test_an_accept_datetime_in_the_future_leaves_the_present():
    event = make_event()
    when = "Wed, 01 Jan 2200 00:00:00 GMT"
    assert keys(ask("events/", **{"Accept-Datetime": when})) == [event.key]


@pytest.mark.parametrize("when", ["soon", "\x00", "9" * 10_000, "2020-01-01"])
def test_an_accept_datetime_that_cannot_be_read_is_refused(when):
    (error,) = refused("events/", 400, **{"Accept-Datetime": when})["errors"]
    assert (error["parameter"], error["code"]) == ("Accept-Datetime", "instant")
    assert len(error["detail"]) < 200


def test_an_answer_of_the_past_names_the_address_that_brings_it_again():
    make_event(key="e")
    headers = {"Accept-Datetime": "Wed, 01 Jan 2020 00:00:00 GMT"}
    past = Client(headers=headers).get("/api/v1/events/?kind=ruling")
    assert past["Content-Location"] == (
        "http://testserver/api/v1/events/?as_of=2020-01-01T00%3A00%3A00Z&kind=ruling"
    )
    again = Client().get(past["Content-Location"].removeprefix("http://testserver"))
    assert again.json() == past.json()
    assert "Content-Location" not in Client().get("/api/v1/events/")
