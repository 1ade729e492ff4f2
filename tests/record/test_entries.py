from datetime import date, timedelta

import pytest

from timeline import ledger
from timeline.models import Entry

from .appending import BY, REASON, add, add_status, keys

pytestmark = pytest.mark.django_db

MICROSECOND = timedelta(microseconds=1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_current_is_the_last_version_of_what_is_not_withdrawn():
    add("a", title="One")
    add("a", title="Two")
    add("b")
    ledger.withdraw("event", "b", BY, REASON)
    assert [(e.key, e.version) for e in Entry.objects.current()] == [("a", 2)]
    assert keys(Entry.objects.in_force()) == ["a", "b"]


def test_as_of_gives_what_the_record_said():
    first = add("a", title="One")
    second = add("a", title="Two")
    stone = ledger.withdraw("event", "a", BY, REASON)

    def said(instant):
        return [e.data["title"]["en"] for e in Entry.objects.as_of(instant)]

    assert said(first.recorded_at - MICROSECOND) == []
    assert said(first.recorded_at) == ["One"]
    assert said(second.recorded_at - MICROSECOND) == ["One"]
    assert said(second.recorded_at) == ["Two"]
    assert said(stone.recorded_at - MICROSECOND) == ["Two"]
    assert said(stone.recorded_at) == []


def test_as_of_gives_the_former_document_byte_for_byte():
    first = add("a", title="한글 “x” 1.0")
    later = add("a", title="Corrected")
    then = Entry.objects.as_of(later.recorded_at - MICROSECOND).get()
    assert then.document == first.document


def test_in_force_keeps_the_tombstones():
    first = add("a")
    stone = ledger.withdraw("event", "a", BY, REASON)
    assert Entry.objects.in_force(first.recorded_at).get() == first
    assert Entry.objects.in_force(stone.recorded_at).get() == stone
    assert Entry.objects.in_force().get() == stone


def test_standing_is_the_current_record_or_that_of_an_instant_or_of_a_day():
    first = add("a", date="2019-07-01")
    add("a", date="2020-07-01")
    on = day("2019-07-01")
    assert [e.version for e in Entry.objects.standing()] == [2]
    assert [e.version for e in Entry.objects.standing(first.recorded_at)] == [1]
    assert [e.version for e in Entry.objects.standing(on=on)] == []
    assert [e.version for e in Entry.objects.standing(first.recorded_at, on)] == [1]


def test_versions_come_newest_first():
    add("a", title="One")
    add("other")
    add("a", title="Two")
    ledger.withdraw("event", "a", BY, REASON)
    assert [e.version for e in Entry.objects.versions_of("event", "a")] == [3, 2, 1]


def test_the_head_is_the_newest_entry():
    assert Entry.objects.head() is None
    add("b")
    last = add("a")
    assert Entry.objects.head() == last


def test_with_term_finds_any_of_the_values():
    add("a", disputes=["gsomia"], kind="ruling")
    add("b", disputes=["gsomia", "sado"], kind="filing")
    add("c", disputes=["sado"])
    current = Entry.objects.current()
    assert keys(current.with_term("dispute", "gsomia")) == ["a", "b"]
    assert keys(current.with_term("dispute", "gsomia", "sado")) == ["a", "b", "c"]
    assert keys(current.with_term("dispute", "gsomia").with_term("dispute", "sado")) == ["b"]
    assert keys(current.with_term("dispute", "sado").with_term("kind", "filing")) == ["b"]
    assert keys(current.with_term("kind", "gsomia")) == []


def test_with_term_asks_the_version_that_stands():
    first = add("a", disputes=["gsomia"])
    add("a", disputes=["sado"])
    assert keys(Entry.objects.current().with_term("dispute", "gsomia")) == []
    assert keys(Entry.objects.as_of(first.recorded_at).with_term("dispute", "gsomia")) == ["a"]


def test_types_and_the_timeline():
    add("a")
    add("b", "source")
    add_status("s", "gsomia", "2019-07-01")
    current = Entry.objects.current()
    assert keys(current.of_type("event")) == ["a"]
    assert keys(current.of_type("event", "source")) == ["a", "b"]
    assert keys(current.on_the_timeline()) == ["a", "s"]


def test_recorded_since_and_by_include_the_instant():
    first, second = add("a"), add("b")
    assert keys(Entry.objects.recorded_since(second.recorded_at)) == ["b"]
    assert keys(Entry.objects.recorded_since(first.recorded_at)) == ["a", "b"]
    assert keys(Entry.objects.recorded_by(first.recorded_at)) == ["a"]


@pytest.fixture
def dated():
    add("day", date="2019-07-01")
    add("month", date="2019-07")
    add("year", date="2019")
    add("span", date="2019-06-15/2019-07-15")
    add("since", date="2019-07-10/..")
    add("until", date="../2019-06-30")  # stands at its end
    add("undated", date=None)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2019-07-01", "2019-07-01", ["day", "month", "span", "year"]),
        ("2019-07-31", "2019-08-31", ["month", "since", "year"]),
        ("2019-08-01", None, ["since", "year"]),
        ("2020-01-01", None, ["since"]),
        (None, "2019-06-14", ["year"]),
        (None, "2019-06-30", ["span", "until", "year"]),
        (None, "2018-12-31", []),
        (None, None, ["day", "month", "since", "span", "undated", "until", "year"]),
    ],
)
def test_overlapping_has_a_day_in_common(dated, first, last, expected):
    span = (first and day(first), last and day(last))
    assert keys(Entry.objects.current().overlapping(*span)) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2019-07-01", "2019-07-01", ["day"]),
        ("2019-07-01", "2019-07-31", ["day", "month"]),
        ("2019-06-15", "2019-07-15", ["day", "span", "until"]),
        ("2019-07-01", None, ["day", "month", "since"]),
        (None, "2019-07-01", ["day", "until"]),
        (None, None, ["day", "month", "since", "span", "undated", "until", "year"]),
    ],
)
def test_within_lies_wholly_inside(dated, first, last, expected):
    span = (first and day(first), last and day(last))
    assert keys(Entry.objects.current().within(*span)) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2019-01-01", ["undated", "year"]),
        ("2019-06-30", ["span", "undated", "until", "year"]),
        ("2019-07-01", ["day", "month", "span", "undated", "year"]),
        ("2019-07-10", ["month", "since", "span", "undated", "year"]),
        ("2030-01-01", ["since", "undated"]),
    ],
)
def test_on_a_day_gives_the_happenings_under_way(dated, on, expected):
    assert keys(Entry.objects.current().on(day(on))) == expected


@pytest.fixture
def states():
    add_status("g1", "gsomia", "2019-07-01")
    add_status("g2", "gsomia", "2019-08-22")
    add_status("g3", "gsomia", "2023-03")
    add_status("s1", "sado", "2019-08-01")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2019-06-30", []),
        ("2019-07-01", ["g1"]),
        ("2019-08-21", ["g1", "s1"]),
        ("2019-08-22", ["g2", "s1"]),
        ("2023-02-28", ["g2", "s1"]),
        ("2023-03-01", ["g3", "s1"]),
        ("2030-01-01", ["g3", "s1"]),
    ],
)
def test_on_a_day_each_series_has_its_latest_state(states, on, expected):
    assert keys(Entry.objects.current().on(day(on))) == expected


def test_of_two_states_of_one_day_one_holds(states):
    add_status("g2b", "gsomia", "2019-08-22")
    assert keys(Entry.objects.current().on(day("2019-08-22"))) == ["g2b", "s1"]


def test_on_a_day_as_of_an_instant(states):
    before = Entry.objects.head().recorded_at
    add_status("g2", "gsomia", "2019-07-15")
    stone = ledger.withdraw("status", "g1", BY, REASON)
    on = day("2019-08-01")
    assert keys(Entry.objects.as_of(before).on(on)) == ["g1", "s1"]
    assert keys(Entry.objects.current().on(on)) == ["g2", "s1"]
    assert keys(Entry.objects.current().on(day("2019-07-10"))) == []
    assert keys(Entry.objects.as_of(stone.recorded_at - MICROSECOND).on(day("2019-07-10"))) == [
        "g1"
    ]


def test_on_a_day_leaders_are_those_in_office():
    terms = [
        {"start": "2006-09-26", "end": "2007-09-26"},
        {"start": "2012-12-26", "end": "2020-09-16"},
    ]
    add("abe", "leader", terms=terms)
    add("moon", "leader", terms=[{"start": "2017-05-10", "end": None}])

    def in_office(text):
        return keys(Entry.objects.current().of_type("leader").on(day(text)))

    assert in_office("2006-09-25") == []
    assert in_office("2006-09-26") == in_office("2007-09-26") == ["abe"]
    assert in_office("2007-09-27") == []
    assert in_office("2017-05-10") == ["abe", "moon"]
    assert in_office("2020-09-17") == ["moon"]


def test_orders_end_in_a_unique_key():
    add("b", date="2019-07-01")
    add("a", date="2019-07-01")
    add("c", date="2019-06-30")
    current = Entry.objects.current()
    assert [e.key for e in current.oldest_first()] == ["c", "a", "b"]
    assert [e.key for e in current.newest_first()] == ["b", "a", "c"]
    assert [e.key for e in current.by_key()] == ["a", "b", "c"]
