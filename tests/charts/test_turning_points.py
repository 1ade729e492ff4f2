"""Which events are marked on a chart, and where."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from disputes.charts.scales import Days
from disputes.charts.turning_points import MOST, most_answered, placed
from timeline.slices import Slice

from ..factories import make_dispute, make_event, make_summit

pytestmark = pytest.mark.django_db
SPAN = (date(2018, 1, 1), date(2020, 12, 31))


def answered(times: int, **kwargs):
    cause = make_event(**{"effect": "escalation", "date": "2019-01-01"} | kwargs)
    for _time in range(times):
        make_event(answers=(cause,), date="2022-01-01")
    return cause


def keys(*disputes: str, slice_: Slice | None = None) -> list[str]:
    return [entry.key for entry in most_answered(slice_ or Slice(), *SPAN, disputes)]


def test_events_that_most_others_answer_are_marked_in_order_of_time():
    made = [
        answered(n, date=f"2019-01-{20 - n:02}", key=f"answered-{n}") for n in range(1, MOST + 3)
    ]
    assert keys() == [event.key for event in reversed(made[2:])]


def test_neutral_unanswered_and_far_events_are_not_marked():
    answered(3, effect="neutral")
    answered(3, date="2017-12-31")
    answered(3, date="2021-01-01")
    make_event(effect="escalation", date="2019-01-01")
    assert keys() == []


def test_summit_is_marked_like_an_event():
    summit = make_summit(date="2018-05-09", effect="de_escalation")
    make_event(answers=(summit,))
    assert keys() == [summit.key]


def test_survey_of_a_dispute_is_marked_with_its_events_alone():
    dispute = make_dispute(key="gsomia")
    its_own = answered(1, disputes=(dispute,))
    answered(2)
    assert keys("gsomia") == [its_own.key]


def test_mark_is_chosen_from_the_record_as_it_was():
    cause = answered(1)
    before = timezone.now()
    answered(2, key="later")
    assert keys(slice_=Slice(before)) == [cause.key]
    assert keys() == [cause.key, "later"]


def test_marks_are_chosen_with_two_queries():
    answered(2)
    answered(3)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        keys()
    assert len(captured) == 2


def test_numbers_that_would_touch_stand_in_rows():
    events = [make_event(date=d) for d in ("2019-01-01", "2019-01-08", "2019-01-15", "2019-06-30")]
    found = Slice().entries("event").filter(key__in=[e.key for e in events]).oldest_first()
    marks = placed(list(found), Days(date(2019, 1, 1), date(2019, 12, 31)))
    assert [(mark.number, mark.level) for mark in marks] == [(1, 0), (2, 1), (3, 2), (4, 0)]
    assert [mark.x for mark in marks] == [0, 1.92, 3.85, 49.45]
