"""Days and instants where they are hard: leap days, zones, a clock that was set back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from timeline import edtf, instants
from timeline.models import Entry

from ..factories import make_dispute, make_event, make_status

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("2024-02-29", (date(2024, 2, 29), date(2024, 2, 29))),
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2023-02", (date(2023, 2, 1), date(2023, 2, 28))),
        ("2000-02-29", (date(2000, 2, 29), date(2000, 2, 29))),
        ("2019-12-31/2020-01-01", (date(2019, 12, 31), date(2020, 1, 1))),
    ],
)
def test_leap_days_and_the_end_of_a_year(text, bounds):
    assert edtf.bounds(text) == bounds


@pytest.mark.parametrize("text", ["2023-02-29", "1900-02-29", "2024-02-30", "2019-12-32"])
def test_days_that_never_were_are_refused(text):
    assert not edtf.is_valid(text)
    assert Client().get(f"/api/v1/events/?date__gte={text}").status_code == 400


def test_a_status_of_a_leap_day_holds_from_that_day():
    dispute = make_dispute(key="leap")
    make_status(dispute, date="2024-02-28", status="raised")
    make_status(dispute, date="2024-02-29", status="escalating")
    said = {
        day: Client().get(f"/api/v1/disputes/leap/?on={day}").json()["status"]["status"]
        for day in ("2024-02-28", "2024-02-29", "2024-03-01")
    }
    assert list(said.values()) == ["raised", "escalating", "escalating"]


def test_the_same_instant_in_seoul_and_in_utc_is_the_same_answer():
    seoul, utc = "2026-03-01T00:30:00+09:00", "2026-02-28T15:30:00Z"
    assert instants.past_instant(seoul) == instants.past_instant(utc)
    assert instants.instant(seoul) == datetime(2026, 2, 28, 15, 30, tzinfo=UTC)


def test_the_servers_own_zone_changes_nothing(monkeypatch):
    event = make_event(date="2019-12-31")
    with timezone.override("Asia/Seoul"):
        seoul = Client().get(f"/api/v1/events/{event.key}/").content
    with timezone.override("America/Los_Angeles"):
        west = Client().get(f"/api/v1/events/{event.key}/").content
    assert seoul == west


def test_a_clock_set_back_does_not_turn_the_record_back(monkeypatch):
    make_event()
    former = Entry.objects.head()
    monkeypatch.setattr(timezone, "now", lambda: former.recorded_at - timedelta(days=400))
    make_event()
    recorded = list(Entry.objects.order_by("pk").values_list("recorded_at", flat=True))
    assert recorded == sorted(recorded)
    assert recorded[-1] - former.recorded_at < timedelta(seconds=1)
