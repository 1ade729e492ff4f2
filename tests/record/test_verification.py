"""Each kind of tampering is tried on a small record, with the guards lifted, and must be found."""

from datetime import timedelta

import pytest
from django.db import connection

from timeline import guards, ledger
from timeline.models import Entry, MonthCount, Term
from timeline.verification import Verification

from .appending import add
from .tampering import (
    CANONICAL,
    CHAIN,
    CLOSED,
    NOT_CLOSED,
    faults,
    problems,
    remove,
    tamper,
    unguarded,
)

pytestmark = pytest.mark.django_db


def test_a_clean_record_has_no_fault(record):
    check = Verification()
    assert list(check.faults()) == []
    assert (check.entries, check.head) == (6, Entry.objects.get(key="d"))


def test_an_empty_record_has_no_fault():
    check = Verification()
    assert list(check.faults()) == []
    assert (check.entries, check.head) == (0, None)


def test_more_than_one_chunk_is_walked(monkeypatch, record):
    monkeypatch.setattr("timeline.verification.CHUNK", 2)
    steps = []
    assert faults(progress=steps.append) == []
    assert steps == [2, 2, 2]
    tamper("d", reason="x")
    assert problems() == [("d", CHAIN)]


def test_a_flipped_byte_in_the_document_is_found(record):
    text = Entry.objects.get(key="a", version=1).document
    tamper("a", document=text.replace("ruling", "rulinh"))
    assert problems() == [
        ("a", CHAIN),
        ("a", "terms are missing: kind=rulinh (2019-07-01)"),
        ("a", "terms are not those of the document: kind=ruling (2019-07-01)"),
    ]


def test_a_flipped_byte_that_breaks_the_json_is_found(record):
    text = Entry.objects.get(key="d").document
    tamper("d", document=text.replace("{", "[", 1))
    found = problems()
    assert found[0] == ("d", CHAIN)
    assert found[1][1].startswith("the document is no JSON: ")


def test_a_flipped_byte_that_is_no_character_is_found(record):
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL stores no such byte")
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE timeline_entry SET document = CAST(x'7bff7d' AS TEXT) WHERE key = 'd'"
        )
    found = faults()
    assert [f.id for f in found] == [Entry.objects.values_list("pk", flat=True).get(key="d")]
    assert found[0].problem.startswith("cannot be read: Could not decode to UTF-8")


def test_an_unreadable_instant_is_found_and_the_walk_goes_on(record):
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL stores no such instant")
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE timeline_entry SET recorded_at = '2026-13-01 00:00:00' WHERE key = 'c'"
        )
    check = Verification()
    found = [f.problem for f in check.faults()]
    assert found[0].startswith("cannot be read: ")
    assert any(problem.startswith("The versions cannot be compared: ") for problem in found)
    assert check.entries == 5


@pytest.mark.parametrize("column", ["reason", "editor", "digest"])
def test_a_flipped_byte_in_another_column_is_found(record, column):
    entry = Entry.objects.get(key="a", version=1)
    value = getattr(entry, column)
    tamper("a", **{column: chr(ord(value[0]) ^ 1) + value[1:]})
    keys = ["a", "b"] if column == "digest" else ["a"]  # the next follows from the digest
    assert problems() == [(key, CHAIN) for key in keys]


def test_a_rewritten_end_of_the_chain_is_found_by_a_noted_head(record):
    noted = Entry.objects.head()
    tamper("d", reason="Rewritten.")
    entry = Entry.objects.get(key="d")
    before = Entry.objects.get(key="b", version=2).digest
    tamper("d", digest=ledger.documents.digest(before, entry.content()))
    assert problems() == []
    assert problems(noted=noted.digest) == [
        ("", f"The noted head {noted.digest} is not in the record.")
    ]


def test_a_noted_head_stays_in_a_record_that_grows(record):
    noted = Entry.objects.head().digest
    add("e")
    assert problems(noted=noted) == []


def test_a_document_that_is_not_canonical_is_found(record):
    text = Entry.objects.get(key="d").document
    tamper("d", document=text.replace(":", ": ", 1))
    assert problems() == [("d", CHAIN), ("d", CANONICAL)]


def test_the_document_of_another_record_is_found(record):
    tamper("d", document=Entry.objects.get(key="c").document)
    assert problems() == [("d", CHAIN), ("d", "the document is that of another record.")]


@pytest.mark.parametrize("document", ["[]", '"text"', "1", "null", "{}", ""])
def test_a_document_that_is_none_is_found(record, document):
    tamper("d", document=document)
    assert [key for key, __ in problems()] == ["d", "d"]


def test_an_unknown_type_is_found(record):
    with unguarded():
        Entry.objects.filter(key="d").update(type="riddle", document='{"type":"riddle","key":"d"}')
        Term.objects.filter(entry__key="d").delete()
    assert problems() == [
        ("d", CHAIN),
        ("d", "nothing can be derived from the document: KeyError('riddle')"),
    ]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("starts_on", "2019-07-02"),
        ("starts_on", None),
        ("ends_on", "2019-07-02"),
        ("on_timeline", False),
        ("series", "sado"),
        ("series", None),
        ("search_text", "wabout"),
    ],
)
def test_a_changed_derived_column_is_found(record, column, value):
    tamper("c", **{column: value})
    found = [problem for key, problem in problems() if key == "c"]
    assert found == [f"{column} is not that of the document."]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("starts_on", "2019-07-02"),
        ("on_timeline", True),
        ("series", "x"),
        ("search_text", "wx"),
    ],
)
def test_a_tombstone_that_holds_something_is_found(record, column, value):
    tamper("b", 2, **{column: value})
    found = [problem for key, problem in problems() if key == "b"]
    assert found == [f"{column} is not that of the document."]


def test_a_removed_term_is_found(record):
    with unguarded():
        Term.objects.filter(entry__key="a", entry__version=2, name="kind").delete()
    assert problems() == [("a", "terms are missing: kind=filing (2019-07-01)")]


def test_an_added_and_a_changed_term_are_found(record):
    entry = Entry.objects.get(key="c")
    with unguarded():
        Term.objects.create(entry=entry, name="kind", value="x", starts_on=entry.starts_on)
        Term.objects.filter(entry__key="d", name="language").update(starts_on="2019-07-01")
    assert problems() == [
        ("c", "terms are not those of the document: kind=x (2019-07-01)"),
        ("d", "terms are missing: language=ko (None)"),
        ("d", "terms are not those of the document: language=ko (2019-07-01)"),
    ]


def test_a_wrong_count_is_found(record):
    MonthCount.objects.filter(dispute="gsomia", type="event").update(count=7)
    assert problems() == [("", "2019-07, event, gsomia: 7 are counted, there are 1.")]


def test_a_missing_and_a_superfluous_count_are_found(record):
    MonthCount.objects.filter(dispute="", type="event", month="2019-07-01").delete()
    MonthCount.objects.create(dispute="sado", type="event", month="2020-01-01", count=1)
    assert problems() == [
        ("", "2019-07, event, –: 0 are counted, there are 1."),
        ("", "2020-01, event, sado: 1 are counted, there are 0."),
    ]


def test_a_shifted_end_of_a_version_is_found(record):
    end = Entry.objects.get(key="a", version=1).superseded_at
    tamper("a", superseded_at=end + timedelta(microseconds=1))
    assert problems() == [("a", NOT_CLOSED)]


def test_a_version_that_was_closed_without_a_successor_is_found(record):
    last = Entry.objects.head()
    Entry.objects.filter(key="d").update(superseded_at=last.recorded_at + timedelta(days=1))
    assert problems() == [("d", CLOSED)]


def test_a_shifted_instant_is_found(record):
    start = Entry.objects.get(key="c").recorded_at
    tamper("c", recorded_at=start - timedelta(days=1))
    assert problems() == [("c", CHAIN), ("c", "was recorded before the entry before it.")]


def test_a_skipped_version_is_found(record):
    tamper("a", 2, version=3)
    assert problems() == [("a", CHAIN), ("a", "is version 3, where 2 is due.")]


def test_a_removed_first_entry_is_found(record):
    remove("a")
    assert ("b", CHAIN) in problems()
    assert ("a", "is version 2, where 1 is due.") in problems()


def test_a_removed_entry_in_the_middle_is_found(record):
    remove("c")
    assert problems()[-3:] == [
        ("a", CHAIN),
        ("", "2019-07, status, –: 1 are counted, there are 0."),
        ("", "2019-07, status, gsomia: 1 are counted, there are 0."),
    ]


def test_a_removed_last_entry_is_found(record):
    noted = Entry.objects.head().digest
    remove("d")
    check = Verification(noted=noted)
    found = [fault.problem for fault in check.faults()]
    assert f"The noted head {noted} is not in the record." in found
    assert check.unused_numbers == 1
    cut = "Entries after the last one were removed."
    assert (cut in found) is (connection.vendor == "sqlite")


def test_a_removed_last_version_is_found_without_a_noted_head(record):
    add("a", title="The third")
    remove("a", 3)
    assert ("a", CLOSED) in problems()


def test_a_search_index_of_other_text_is_found(record):
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL keeps its own index")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO timeline_search(timeline_search) VALUES ('delete-all')")
    assert [problem.split(":")[0] for __, problem in problems()] == [
        "The search index is not that of the entries"
    ]


def test_a_lifted_guard_is_found(record):
    guards.lift(connection)
    assert "The trigger “timeline_entry_no_update” is not in force." in [
        f.problem for f in faults()
    ]


def test_a_later_part_can_be_walked_alone(record):
    tamper("a", reason="x")
    third = Entry.objects.get(key="c").pk
    check = Verification(from_id=third)
    assert list(check.faults()) == []
    assert check.entries == 4
    assert problems(from_id=Entry.objects.get(key="a", version=1).pk) == [("a", CHAIN)]


def test_nothing_may_be_left_to_walk(record):
    check = Verification(from_id=Entry.objects.head().pk + 1)
    assert list(check.faults()) == []
    assert (check.entries, check.head) == (0, Entry.objects.head())
