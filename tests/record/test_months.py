"""A span's number is the difference of two sums, and always what a count would say."""

import pytest
from django.http import QueryDict

from timeline import months, parameters, record_types
from timeline.models import Entry
from timeline.months import Months
from timeline.slices import Slice

from ..factories import make_dispute, make_event, make_status, make_summit


def test_months_are_added_up_from_one_to_another():
    counted = Months.of([(5, 2), (5, 1), (7, 4)])
    assert [counted.between(*span) for span in ((5, 7), (6, 7), (7, None), (None, 6))] == [
        7,
        4,
        4,
        3,
    ]
    assert months.NOTHING.between(None, None) == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked",
    [
        *("", "date__gte=2019-03-02", "date__lte=2019-03-02", "date__gte=2019&date__lte=2020"),
        *("dispute=a", "dispute=a&date__gte=2019-03-15", "type=event", "kind=ruling", "q=about"),
    ],
)
def test_total_is_what_is_counted(asked):
    dispute = make_dispute(key="a")
    make_status(dispute, date="2019-03-01")
    for day in ("2018", "2019-03-01", "2019-03-20", "2018-05/2019-04", "2020-01-01"):
        make_event(date=day, disputes=(dispute,))
    make_summit(date="2019-03-09")
    query = parameters.read(QueryDict(asked), record_types.timeline_types())
    version = Entry.objects.newest()[0]
    for slice_ in (Slice(), Slice(version=version)):
        assert months.total(slice_, query) == query.listed().count()
