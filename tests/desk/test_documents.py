"""Documents in both directions: what a record says is what makes the same record again."""

import json

import pytest

from disputes.documents import BY_TYPE, compact, document_of
from disputes.models import Event

from ..factories import (
    MAKERS,
    make_dispute,
    make_event,
    make_leader,
    make_source,
)
from .full_records import errors, full, valid

pytestmark = pytest.mark.django_db


ENVELOPE = (
    "type key title summary date date_earliest date_latest disputes sources url translations"
).split()


@pytest.mark.parametrize("form", [document_of, compact])
@pytest.mark.parametrize("name", MAKERS)
def test_a_document_saved_again_gives_the_same_document(name, form):
    record = full(name)
    before, short = document_of(record), compact(record)
    saved = valid(name, form(record)).save_record(record)
    again = type(record).objects.get(pk=record.pk)
    assert saved.pk == record.pk
    assert document_of(again) == before
    assert compact(again) == short


@pytest.mark.parametrize("form", [document_of, compact])
@pytest.mark.parametrize("name", MAKERS)
def test_a_document_of_another_key_makes_another_record(name, form):
    record = full(name)
    data = form(record) | {"key": "another"}
    # A day has one assessment of a dispute or a commitment, and a leader is one actor.
    if name in ("status", "fulfilment"):
        data["date"] = "2021-05"
    if name == "actor":
        data["leader"] = make_leader().key
    other = valid(name, data).save_record()
    assert other.pk != record.pk
    kept = ("key", "url", "date", "date_earliest", "date_latest", "leader", "disputes")
    said, expected = document_of(type(record).objects.get(pk=other.pk)), document_of(record)
    if name == "dispute":
        assert said["disputes"] == ["another"]
    else:
        assert said["disputes"] == expected["disputes"]
    assert {k: v for k, v in said.items() if k not in kept} == {
        k: v for k, v in expected.items() if k not in kept
    }
    assert said["url"] == expected["url"].replace(record.key, "another")


@pytest.mark.parametrize("name", MAKERS)
def test_every_document_begins_with_the_whole_envelope(name):
    document = document_of(full(name))
    assert list(document)[: len(ENVELOPE)] == ENVELOPE
    assert (document["type"], document["url"].split("/")[2]) == (name, document["key"])
    assert list(document) == list(BY_TYPE[name]().fields)


@pytest.mark.parametrize("name", MAKERS)
def test_a_compact_document_holds_nothing_empty_or_derived(name):
    found = compact(full(name))
    assert {k: v for k, v in found.items() if v in (None, [], {}, "")} == {}
    assert set(found) & {"type", "url", "date_earliest", "date_latest"} == set()
    assert found == json.loads(json.dumps(found))


def test_a_list_names_nothing_twice():
    dispute, source = make_dispute(), make_source()
    data = document_of(make_event())
    twice = errors("event", data | {"disputes": [dispute.key, dispute.key]})
    assert twice == {"disputes": {1: ["It stands in this list already."]}}
    cited = [{"key": source.key, "claim": "a"}, {"key": source.key, "claim": "b"}]
    assert valid("event", data | {"sources": cited}).save_record(Event.objects.get())
    assert [s["claim"] for s in document_of(Event.objects.get())["sources"]] == ["a", "b"]
    assert list(errors("event", data | {"sources": [source.key, source.key]})) == ["sources"]


def test_a_list_is_replaced_in_the_order_given():
    first, second = make_dispute(), make_dispute()
    event = make_event(disputes=(first, second))
    valid("event", document_of(event) | {"disputes": [second.key, first.key]}).save_record(event)
    assert document_of(Event.objects.get())["disputes"] == [second.key, first.key]


def test_what_a_document_leaves_out_is_emptied():
    event = make_event(disputes=(make_dispute(),), title_ko="제목", plover="ACCUSE")
    valid("event", {"key": event.key, "date": "2020", "title": {"en": "Only this"}}).save_record(
        event
    )
    said = document_of(Event.objects.get())
    assert said["title"] == {"en": "Only this", "ko": None, "ja": None}
    assert (said["summary"], said["plover"], said["kind"]) == (None, None, None)
    assert (said["disputes"], said["sources"], said["effect"]) == ([], [], "neutral")
