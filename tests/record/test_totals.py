"""How many there are: from the summary by month, the same as counted one by one."""

from datetime import date
from itertools import product

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from disputes.publishing import withdraw
from timeline import cursors, parameters, record_types
from timeline.models import Entry

from ..factories import EDITOR, make_dispute, make_event, make_status, make_summit

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    one, two = make_dispute(key="one"), make_dispute(key="two")
    for disputes in ((one,), (one, two), (two,), ()):
        make_event(disputes=disputes, kind="ruling")
        make_summit(disputes=disputes)
    make_status(one)
    withdraw(make_event(disputes=(one,)), EDITOR, "entered twice")
    make_event(published=False, disputes=(one,))


@pytest.mark.parametrize(
    ("text", "summed", "expected"),
    [
        ("", True, 9),
        ("dispute=one", True, 5),
        ("dispute=two&ordering=-date", True, 4),
        ("type=summit&dispute=one", True, 2),
        ("dispute=one&dispute=two", False, 7),
        ("kind=ruling", False, 4),
        ("date__gte=1900&date_match=within", False, 9),
        ("ordering=recorded_at", False, 9),
    ],
)
def test_the_total_is_what_is_counted_one_by_one(record, text, summed, expected):
    query = parameters.read(QueryDict(text), record_types.timeline_types())
    with CaptureQueriesContext(connection) as asked:
        total = query.total()
    assert total == expected == cursors.listed(query.entries(), query.ordering).count()
    assert any("timeline_entry" in question["sql"] for question in asked) is not summed


SPANS = [
    "date__gte=2019-03",
    "date__gte=2019-03-02",
    "date__lte=2019-03",
    "date__lte=2019-03-02",
    "date__gte=2019-03-02&date__lte=2019-03-02",
    "date__gte=2019-03-31&date__lte=2019-04-01",
    "date__gte=2019&date__lte=2019-12-30",
    "date__gte=0001&date__lte=9999",
]


def test_the_total_of_a_span_is_what_is_counted_one_by_one():
    one, two = make_dispute(key="one"), make_dispute(key="two")
    dates = "2018 2018/2020 2019-03 2019-03-01 2019-03-02 2019-03-31 2019-04-01 2019-02/2019-03-01"
    for number, text in enumerate((*dates.split(), "2017-01-01/..", "../2019-03-15", "2019-12-31")):
        disputes = [(one,), (one, two), ()][number % 3]
        make_event(date=text, disputes=disputes)
        make_summit(date="2019-03-02", disputes=disputes)
    withdraw(make_event(date="2019-03-02", disputes=(one,)), EDITOR, "entered twice")
    everything = list(Entry.objects.current().dated())
    for span, more in product(
        SPANS, ("", "&dispute=one", "&type=event", "&type=event&dispute=two")
    ):
        query = parameters.read(QueryDict(span + more), record_types.timeline_types())
        assert query.total() == sum(_fits(entry, query) for entry in everything), span + more
    for span, more in product(SPANS, ("", "&dispute=one")):
        query = parameters.read(QueryDict(span + more), [record_types.get("event")])
        assert query.total() == sum(_fits(entry, query) for entry in everything), span + more


def _fits(entry, query) -> bool:
    first, last = query.first or date.min, query.last or date.max
    held = set(query.filters.get("dispute", ())) <= set(entry.data["disputes"])
    reaches = entry.starts_on <= last and (entry.ends_on or date.max) >= first
    return held and reaches and entry.type in query.names
