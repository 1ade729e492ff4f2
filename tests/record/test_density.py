from collections import Counter
from datetime import date

import pytest

from timeline import density, ledger
from timeline.models import Entry, MonthCount

from .appending import BY, REASON, add, add_status, change

pytestmark = pytest.mark.django_db

JULY, AUGUST = date(2019, 7, 1), date(2019, 8, 1)


def counted() -> dict:
    rows = MonthCount.objects.exclude(count=0)
    return {(m.dispute, m.type, m.month): m.count for m in rows}


def test_an_entry_counts_once_in_all_and_once_in_each_of_its_disputes():
    add("a", date="2019-07-15", disputes=["gsomia", "export-controls", "gsomia"])
    add("b", date="2019-07", disputes=["gsomia"])
    add_status("s", "gsomia", "2019-07-02")
    assert counted() == {
        ("", "event", JULY): 2,
        ("gsomia", "event", JULY): 2,
        ("export-controls", "event", JULY): 1,
        ("", "status", JULY): 1,
        ("gsomia", "status", JULY): 1,
    }


def test_what_is_not_on_the_timeline_is_not_counted():
    add("a", "source", date="2019-07-15")
    add("b", date=None)
    assert counted() == {}


def test_a_moved_entry_moves_its_counts():
    add("a", date="2019-07-15", disputes=["gsomia"])
    add("a", date="2019-08", disputes=["export-controls"])
    assert counted() == {("", "event", AUGUST): 1, ("export-controls", "event", AUGUST): 1}


def test_a_corrected_word_moves_nothing():
    add("a", disputes=["gsomia"])
    before = counted()
    add("a", disputes=["gsomia"], title="Corrected")
    assert counted() == before


def test_a_withdrawn_entry_is_not_counted():
    add("a", disputes=["gsomia"])
    ledger.withdraw("event", "a", BY, REASON)
    assert counted() == {}
    add("a", disputes=["gsomia"])
    assert counted() == {("", "event", JULY): 1, ("gsomia", "event", JULY): 1}


def test_an_interval_counts_where_it_begins_and_an_open_start_where_it_ends():
    add("a", date="2019-07-15/2019-08-20")
    add("b", date="../2019-08-20")
    add("c", date="2019-07-15/..")
    assert counted() == {("", "event", JULY): 2, ("", "event", AUGUST): 1}


def test_the_counts_are_those_of_a_recount():
    ledger.append_all(
        [
            change(f"k{n}", date=f"2019-{n % 12 + 1:02}", disputes=["a", "b"][: n % 3])
            for n in range(40)
        ],
        BY,
        REASON,
    )
    add("k1", date="2020")
    ledger.withdraw("event", "k2", BY, REASON)
    assert Counter(counted()) == density.recount(Entry.objects.current())
