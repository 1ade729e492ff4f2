"""How many there are: from the summary by month, the same as counted one by one."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from disputes.publishing import withdraw
from timeline import cursors, parameters, record_types

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
        ("date__gte=1900", False, 9),
        ("ordering=recorded_at", False, 9),
    ],
)
def test_the_total_is_what_is_counted_one_by_one(record, text, summed, expected):
    query = parameters.read(QueryDict(text), record_types.timeline_types())
    with CaptureQueriesContext(connection) as asked:
        total = query.total()
    assert total == expected == cursors.listed(query.entries(), query.ordering).count()
    assert any("timeline_entry" in question["sql"] for question in asked) is not summed
