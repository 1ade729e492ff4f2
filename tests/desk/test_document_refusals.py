"""What a document may not hold: refused with the field's name, before anything is saved."""

import pytest
from rest_framework.exceptions import ErrorDetail

from disputes.documents import BY_TYPE, document_of
from disputes.documents.fields import Line, Text

from ..factories import (
    MAKERS,
)
from .full_records import errors, full

pytestmark = pytest.mark.django_db


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
