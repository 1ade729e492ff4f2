"""How many there are: from the summary by month, the same as counted one by one."""

from collections import Counter
from datetime import date
from itertools import product

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from disputes.publishing import withdraw
from timeline import cursors, parameters, record_types, summary
from timeline.compiled import VERSION
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
        ("kind=ruling", True, 4),
        ("kind=ruling&kind=filing&dispute=one", True, 2),
        ("kind=ruling&effect=neutral", False, 4),
        ("link_kind=follows_from", False, 0),
        ("date__gte=1900&date_match=within", False, 9),
        ("ordering=recorded_at", False, 9),
    ],
)
def test_the_total_is_what_is_counted_one_by_one(record, text, summed, expected):
    query = parameters.read(QueryDict(text), record_types.timeline_types())
    with CaptureQueriesContext(connection) as asked:
        total = query.total()
    assert total == expected == cursors.listed(query.entries(), query.ordering).count()
    counted = [question["sql"].replace(VERSION, "") for question in asked]
    assert any("timeline_entry" in sql for sql in counted) is not summed


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


FILTERS = [
    "",
    "&dispute=one",
    "&type=event",
    "&type=event&dispute=two",
    "&kind=ruling",
    "&effect=escalation&dispute=one",
    "&effect=escalation&effect=neutral",
    "&quad=verbal_conflict&type=event&type=status",
]
FACETS = ("dispute", "type", "year", "kind", "effect", "status")


@pytest.fixture
def lasting():
    """Everything current of a record of short and long happenings."""
    one, two = make_dispute(key="one"), make_dispute(key="two")
    dates = "2018 2018/2020 2019-03 2019-03-01 2019-03-02 2019-03-31 2019-04-01 2019-02/2019-03-01"
    for number, text in enumerate((*dates.split(), "2017-01-01/..", "../2019-03-15", "2019-12-31")):
        disputes = [(one,), (one, two), ()][number % 3]
        kind, effect = ("ruling", "filing")[number % 2], ("neutral", "escalation")[number // 5 % 2]
        make_event(date=text, disputes=disputes, kind=kind, effect=effect, plover="ACCUSE")
        make_summit(date="2019-03-02", disputes=disputes, effect=effect)
    make_status(one)
    withdraw(make_event(date="2019-03-02", disputes=(one,)), EDITOR, "entered twice")
    return list(Entry.objects.current().dated())


@pytest.mark.parametrize("more", FILTERS)
def test_the_total_of_a_span_is_what_is_counted_one_by_one(lasting, more):
    for span in SPANS:
        query = parameters.read(QueryDict(span + more), record_types.timeline_types())
        assert query.total() == sum(_fits(entry, query) for entry in lasting), span
    if "type" not in more and "status" not in more:
        query = parameters.read(QueryDict(SPANS[1] + more), [record_types.get("event")])
        assert query.total() == sum(_fits(entry, query) for entry in lasting)


@pytest.mark.parametrize("more", FILTERS)
def test_values_are_counted_one_by_one_or_from_the_summary_alike(lasting, more):
    told = set()
    for span, facet in product(["", *SPANS], FACETS):
        query = parameters.read(QueryDict(span + more), record_types.timeline_types())
        if facet in query.filters:
            continue
        found = summary.of(query).counts(facet)
        if found is not None:
            told.add(facet)
            fitting = [entry for entry in lasting if _fits(entry, query)]
            assert found == Counter(v for e in fitting for v in _values(e, facet)), (span, facet)
    assert told >= {"type", "year"}
    if "&kind" not in more and "&effect" not in more and "&quad" not in more:
        assert told >= {"kind", "effect"}


def _fits(entry, query) -> bool:
    first, last = query.first or date.min, query.last or date.max
    held = all(set(_values(entry, name)) & set(v) for name, v in query.filters.items())
    reaches = entry.starts_on <= last and (entry.ends_on or date.max) >= first
    return held and reaches and entry.type in query.names


def _values(entry, name) -> list:
    if name == "dispute":
        return entry.data["disputes"]
    own = entry.data | {"year": entry.starts_on.year}
    return [own[name]] if own.get(name) else []
