"""What comes up: happenings, anniversaries, reviews."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from disputes.ahead import ahead
from timeline.models import Entry
from timeline.slices import Slice
from timeline.wording import spell

from ..factories import make_agreement, make_dispute, make_event, make_status
from .test_pages import text_of

pytestmark = pytest.mark.django_db
TODAY = datetime(2090, 3, 1, 12, tzinfo=UTC)  # later than all that tests record


def coming(dispute: str = "", today: datetime = TODAY) -> list[tuple[date, str, int]]:
    statuses = Entry.objects.current().of_type("status")
    return [(a.day, a.kind, a.years) for a in ahead(Slice(today), statuses, dispute)]


def test_all_that_comes_within_a_year_stands_in_order():
    dispute = make_dispute()
    make_status(dispute, date="2089-12-01", review_on="2090-05-24")
    make_event(date="2090-04-03", disputes=(dispute,))
    make_event(date="2091-12-01", disputes=(dispute,))  # too far
    make_event(date="2090-02-28", disputes=(dispute,))  # past
    make_agreement(date="1965-06-22")
    make_agreement(date="2015-02-28")  # returns next year
    make_agreement(date="2083-06-22")  # too young
    make_agreement(date="1998-10")  # no day
    assert coming() == [
        (date(2090, 4, 3), "happening", 0),
        (date(2090, 5, 24), "review", 0),
        (date(2090, 6, 22), "anniversary", 125),
        (date(2091, 2, 28), "anniversary", 76),
    ]


def test_dispute_is_told_of_its_own_days_alone():
    ours, other = make_dispute(), make_dispute()
    make_event(date="2090-04-03", disputes=(ours,))
    make_event(date="2090-04-04", disputes=(other,))
    make_agreement(date="1965-06-22", disputes=(other,))
    make_agreement(date="1993-08-04", disputes=(ours,))
    assert [day for day, _kind, _years in coming(ours.key)] == [date(2090, 4, 3), date(2090, 8, 4)]


def test_leap_day_returns_on_the_28th_and_one_day_is_told_once():
    make_agreement(date="2012-02-29", title_en="First")
    make_agreement(date="2012-02-29", title_en="Second")
    assert coming() == [(date(2091, 2, 28), "anniversary", 79)]
    before = datetime(2088, 1, 5, tzinfo=UTC)
    assert coming(today=before) == [(date(2088, 2, 29), "anniversary", 76)]


def test_pages_say_what_comes_and_when(client):
    today = timezone.now().date()
    day = today + timedelta(days=40)
    since = day.replace(day=1, year=day.year - 60)
    dispute = make_dispute(key="a", name_en="The matter")
    make_status(dispute, date="2019-12-01", review_on=day)
    make_agreement(date=since.isoformat(), title_en="A treaty", disputes=(dispute,))
    home, page = (text_of(client.get(path)) for path in ("/en/", "/en/disputes/a/"))
    review = "next review of this assessment"
    assert f"{spell(day.isoformat())} The matter: {review}" in home
    watch = page.split("What to watch next")[1]
    assert f"{spell(day.isoformat())} {review}" in watch
    assert "years since: A treaty" in watch
    assert "Next:" in home
