"""Documents in both directions: what a record says is what makes the same record again."""

import json

import pytest
from rest_framework.exceptions import ErrorDetail

from disputes.documents import BY_TYPE, compact, document_of
from disputes.documents.fields import Line, Text
from disputes.models import Event

from ..factories import (
    MAKERS,
    make_actor,
    make_agreement,
    make_dispute,
    make_event,
    make_leader,
    make_link,
    make_source,
    make_summit,
)

pytestmark = pytest.mark.django_db

ENVELOPE = (
    "type key title summary date date_earliest date_latest disputes sources url translations"
).split()


def full(name: str):
    """A record of the type with something in its lists, where the factory leaves them empty."""
    dispute, actor = make_dispute(), make_actor()
    if name in ("event", "summit"):
        cause = make_summit(date="2019-01")
        kwargs = {"initiators": (actor,), "targets": (make_actor(), actor)}
        record = MAKERS[name](
            disputes=(dispute, make_dispute()), **(kwargs if name == "event" else {})
        )
        link = make_link(record, cause, denied_by="JP", asserted_by="KR", kind="retaliates_for")
        link.citations.create(source=make_source(), locator="p. 3")
        if name == "summit":
            record.outcomes.create(text_en="A hotline", text_ko="직통 전화")
            record.outcomes.create(text_en="A visit", position=1)
    elif name == "agreement":
        record = make_agreement(disputes=(dispute,), issued_summit=make_summit())
        record.signatures.create(actor=actor)
    elif name == "actor":
        record = make_actor(leader=make_leader(), name_ja="省")
    elif name == "survey":
        record = MAKERS[name](disputes=(dispute,), readings=[("2019", 12.2), ("2020-03~", 40)])
    else:
        record = MAKERS[name]()
    if hasattr(record, "citations"):
        record.citations.create(
            source=make_source(language="ja", title="報告書"),
            position=5,
            locator="§ 2",
            claim="that",
            note="“x”",
        )
    record.translation_ko = "reviewed"
    record.save()
    return type(record).objects.get(pk=record.pk)


def valid(name: str, data: dict):
    serializer = BY_TYPE[name](data=data)
    assert serializer.is_valid(), serializer.errors
    return serializer


def errors(name: str, data: dict) -> dict:
    serializer = BY_TYPE[name](data=data)
    assert not serializer.is_valid()
    return serializer.errors


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


@pytest.mark.parametrize("name", MAKERS)
def test_an_unknown_field_is_refused(name):
    data = document_of(MAKERS[name]()) | {"colour": "red", "Title": None}
    assert errors(name, data) == {
        "colour": ["No such field here."],
        "Title": ["No such field here."],
    }


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("event", ("links", 0)),
        ("event", ("links", 0, "sources", 0)),
        ("event", ("sources", 0)),
        ("summit", ("outcomes", 0)),
        ("leader", ("terms", 0)),
        ("survey", ("readings", 0)),
        ("recommendation", ("progress", 0)),
    ],
)
def test_an_unknown_field_of_a_part_is_refused(name, path):
    data = document_of(full(name))
    part = data
    for step in path:
        part = part[step]
    part["colour"] = "red"
    found = errors(name, data)
    for step in path:
        found = found[step]
    assert found == {"colour": ["No such field here."]}


@pytest.mark.parametrize("name", MAKERS)
def test_no_field_is_wider_than_its_column(name):
    serializer = BY_TYPE[name]()
    for field in serializer.fields.values():
        if field.read_only or not isinstance(field, Line | Text):
            continue
        column = f"{field.source}_en" if isinstance(field, Text) else field.source
        width = serializer.model._meta.get_field(column).max_length
        if type(field).__name__ != "Edtf":
            assert (field.field_name, field.max_length) == (field.field_name, width)


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("event", "title", {"en": "x" * 301, "ko": None, "ja": None}),
        ("event", "title", {"en": "x", "ko": "가" * 301, "ja": None}),
        ("summit", "city", {"en": "x" * 101}),
        ("event", "key", "x" * 201),
        ("event", "date", "2019" + "~" * 61),
        ("actor", "title", {"en": "x" * 201}),
        ("actor", "country", "KOR"),
        ("source", "title", "x" * 501),
        ("source", "publisher", "x" * 301),
        ("source", "address", "https://example.org/" + "x" * 1000),
        ("dispute", "names", [{"used_by": "KR", "term": {"en": "x" * 301}}]),
        ("commitment", "position", 40_000),
        ("commitment", "position", -1),
        ("commitment", "position", 10**30),
        ("event", "disputes", ["x"] * 501),
    ],
)
def test_what_is_too_long_or_too_large_is_refused(name, field, value):
    assert list(errors(name, document_of(full(name)) | {field: value})) == [field]


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("event", "title", {"en": "a\x00b"}),
        ("event", "summary", {"ko": "\x00"}),
        ("event", "key", "a\x00b"),
        ("event", "date", "2019\x00"),
        ("event", "disputes", ["a\x00b"]),
        ("event", "kind", "ruling\x00"),
        ("event", "sources", [{"key": "a\x00b"}]),
        ("source", "title", "a\x00b"),
        ("source", "publisher", "a\x00b"),
        ("actor", "country", "K\x00"),
        ("dispute", "names", [{"used_by": "KR", "term": {"en": "\x00"}}]),
    ],
)
def test_null_characters_are_refused(name, field, value):
    assert list(errors(name, document_of(full(name)) | {field: value})) == [field]


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("event", "title", "a text"),
        ("event", "title", {"de": "ein Text"}),
        ("event", "title", {"en": 5}),
        ("event", "key", "Not A Key"),
        ("event", "key", None),
        ("event", "date", "soon"),
        ("event", "date", {"from": "2019"}),
        ("event", "kind", "riddle"),
        ("event", "kind", ["ruling"]),
        ("event", "effect", None),
        ("event", "disputes", None),
        ("event", "disputes", "gsomia"),
        ("event", "sources", [5]),
        ("event", "links", [{"kind": "responds_to"}]),
        ("event", "translations", {"de": "original"}),
        ("event", "translations", {"en": "fine"}),
        ("event", "translations", {"en": ["original"]}),
        ("leader", "terms", [{"start": "2020-01-01", "end": "2019-01-01"}]),
        ("leader", "terms", [{"start": "2020-01-01"}, {"start": "2020-01-01"}]),
        ("leader", "terms", [{"start": "2020"}]),
        ("dispute", "names", [{"used_by": "KR", "term": None}, {"used_by": "KR", "term": None}]),
        ("dispute", "names", [{"used_by": "US", "term": None}]),
        ("dispute", "names", [{"used_by": ["KR"], "term": None}]),
        ("dispute", "names", [{"used_by": "KR", "term": None, "colour": "red"}]),
        ("dispute", "names", {"KR": "x"}),
        ("dispute", "position", None),
        ("survey", "readings", [{"date": "2019", "value": float("nan")}]),
        ("survey", "readings", [{"date": "2019", "value": float("inf")}]),
        ("survey", "readings", [{"date": "2019", "value": "many"}]),
        ("survey", "kind", None),
        ("agreement", "issued_at", {}),
        ("agreement", "issued_at", {"place": "x"}),
        ("source", "address", "javascript:alert(1)"),
        ("source", "archive_url", "ftp://example.org/"),
    ],
)
def test_what_is_of_another_shape_is_refused(name, field, value):
    assert list(errors(name, document_of(full(name)) | {field: value})) == [field]


@pytest.mark.parametrize("document", [None, [], "text", 5])
def test_what_is_no_object_is_refused(document):
    assert errors("event", document) != {}


@pytest.mark.parametrize(
    ("name", "field", "value", "expected"),
    [
        ("event", "disputes", ["nowhere"], {0: ["There is no dispute with the key “nowhere”."]}),
        ("event", "initiators", ["nowhere"], {0: ["There is no actor with the key “nowhere”."]}),
        (
            "event",
            "sources",
            ["nowhere"],
            {0: {"key": ["There is no source with the key “nowhere”."]}},
        ),
        (
            "event",
            "links",
            [{"kind": "responds_to", "summit": "nowhere"}],
            {0: {"summit": ["There is no summit with the key “nowhere”."]}},
        ),
        ("summit", "rok_leader", "nowhere", ["There is no leader with the key “nowhere”."]),
        ("claim", "paper", {"key": "nowhere"}, ["There is no source with the key “nowhere”."]),
        ("claim", "paper", {}, ["Give the key of a record."]),
        ("actor", "leader", 5, ["Give the key of a record."]),
        (
            "agreement",
            "issued_at",
            {"event": "nowhere"},
            ["There is no event with the key “nowhere”."],
        ),
    ],
)
def test_a_bad_reference_names_its_field(name, field, value, expected):
    found = errors(name, document_of(full(name)) | {field: value})
    assert plain(found) == {field: expected}


def plain(found):
    """Errors without DRF's own types."""
    if isinstance(found, dict):
        return {key: plain(value) for key, value in found.items()}
    return [str(e) if isinstance(e, ErrorDetail) else plain(e) for e in found]


def test_a_list_names_nothing_twice():
    dispute, source = make_dispute(), make_source()
    data = document_of(make_event())
    twice = errors("event", data | {"disputes": [dispute.key, dispute.key]})
    assert plain(twice) == {"disputes": {1: ["It stands in this list already."]}}
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
