"""Counts by month, from the summary table and from the entries."""

from datetime import timedelta

import pytest

from disputes.publishing import withdraw
from timeline.instants import spell

from ..factories import EDITOR, make_dispute, make_event, make_status, make_summit
from .answers import ask

pytestmark = pytest.mark.django_db


def months(query=""):
    answer = ask(f"timeline/density/{query}")
    return [(row["month"], row["count"], row["types"]) for row in answer["results"]]


def _some():
    a, b = make_dispute(key="a"), make_dispute(key="b")
    make_status(a, date="2019-07-01")
    make_event(date="2019-07-04", disputes=(a, b))
    make_event(date="2019-08-22", disputes=(b,))
    make_summit(date="2023-03-16")


def test_density_counts_what_begins_in_each_month_by_type():
    _some()
    assert months() == [
        ("2019-07", 2, {"event": 1, "status": 1}),
        ("2019-08", 1, {"event": 1}),
        ("2023-03", 1, {"summit": 1}),
    ]


def test_density_of_one_dispute_one_type_and_some_months():
    _some()
    assert months("?dispute=b") == [("2019-07", 1, {"event": 1}), ("2019-08", 1, {"event": 1})]
    assert months("?type=status") == [("2019-07", 1, {"status": 1})]
    assert months("?date__gte=2019-08-31&date__lte=2023-03-01") == [
        ("2019-08", 1, {"event": 1}),
        ("2023-03", 1, {"summit": 1}),
    ]


def test_what_bears_on_two_disputes_counts_once_for_both():
    _some()
    assert months("?dispute=a&dispute=b&date__lte=2019-07") == [
        ("2019-07", 2, {"event": 1, "status": 1})
    ]


def test_density_on_a_day_counts_what_held_then():
    make_event(date="2019-07-01/2019-09-01"), make_event(date="2019-08-22")
    assert months("?on=2019-08-22") == [("2019-07", 1, {"event": 1}), ("2019-08", 1, {"event": 1})]
    assert months("?on=2019-08-23") == [("2019-07", 1, {"event": 1})]


def test_density_as_of_the_past_counts_what_was_published_then():
    event = make_event(date="2019-08-22")
    (tombstone,) = withdraw(event, EDITOR, "a mistake")
    before = spell(tombstone.recorded_at - timedelta(microseconds=1))
    assert months() == []
    assert months(f"?as_of={before}") == [("2019-08", 1, {"event": 1})]
