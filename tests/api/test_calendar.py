"""The calendar of days that were and days to come."""

from datetime import date, timedelta

import icalendar
import pytest
from django.test import Client

from timeline.models import Entry

from ..factories import make_agreement, make_dispute, make_event, make_status, make_summit
from .answers import ask, keys, refused
from .test_forms import body

pytestmark = pytest.mark.django_db


@pytest.fixture
def days():
    gsomia = make_dispute(key="gsomia")
    make_status(gsomia, date="2016-11-23", review_on="2017-11-23")
    make_status(gsomia, date="2023-03-21", review_on="2099-03-21")
    make_status(make_dispute(key="sado"), date="2024-07-27")
    make_summit(key="met", date="2023-03-16/2023-03-17", disputes=(gsomia,))
    make_summit(key="vague", date="2023-05")
    make_event(key="vote", date="2099-06-01", kind="election", title_ko="선거")
    make_event(key="day", date="2025-08-15", kind="anniversary")
    make_event(key="other", date="2025-08-15")
    make_agreement(key="treaty", date="1965-06-22", title_en="Treaty", title_ja="条約")
    make_agreement(key="leap", date="2016-02-29")


def told(query: str = "") -> dict[str, tuple]:
    return {
        f"{d['kind']} {d['key']}": (d["first"], d["last"], d["yearly"])
        for d in ask(f"calendar/{query}")["results"]
    }


def events(address: str) -> dict[str, icalendar.Event]:
    found = icalendar.Calendar.from_ical(body(address)).walk("VEVENT")
    return {str(e["uid"]).partition("@")[0]: e for e in found}


def test_the_calendar_has_what_was_and_what_is_to_come_in_order(days):
    recorded = Entry.objects.current().get(key="sado.2024-07-27").recorded_at.date()
    due = str(recorded + timedelta(days=180))
    found = told()
    assert found == {
        "agreement treaty": ("1966-06-22", "1966-06-22", True),
        "summit met": ("2023-03-16", "2023-03-17", False),
        "anniversary day": ("2025-08-15", "2025-08-15", False),
        "review sado.2024-07-27": (due, due, False),
        "review gsomia.2023-03-21": ("2099-03-21", "2099-03-21", False),
        "election vote": ("2099-06-01", "2099-06-01", False),
    }
    assert list(found) == sorted(found, key=lambda name: found[name][0])


def test_the_calendar_of_one_dispute(days):
    assert list(told("?dispute=gsomia")) == ["summit met", "review gsomia.2023-03-21"]


def test_the_calendar_for_subscribers(days):
    found = events("calendar.ics")
    assert len(found) == 6
    treaty = found["agreement.agreement.treaty"]
    assert (treaty["dtstart"].dt, treaty["rrule"]) == (date(1966, 6, 22), {"FREQ": ["YEARLY"]})
    assert str(treaty["summary"]) == "Anniversary of 1965: Treaty"
    met = found["summit.summit.met"]
    assert (met["dtstart"].dt, met["dtend"].dt) == (date(2023, 3, 16), date(2023, 3, 18))
    assert str(found["review.status.gsomia.2023-03-21"]["summary"]).startswith("To be assessed")
    response = Client().get("/api/v1/calendar.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"


def test_the_calendar_in_another_language(days):
    assert str(events("calendar.ics?lang=ko")["election.event.vote"]["summary"]) == "선거"
    treaty = events("calendar.ics?lang=ja")["agreement.agreement.treaty"]
    assert "条約" in str(treaty["summary"]) and "Anniversary" not in str(treaty["summary"])


def test_the_calendar_travels_in_time(days):
    then = ask("calendar/")["meta"]["recorded_at"]
    make_event(key="later", date="2030-01-01", kind="election")
    assert "later" in keys(ask("calendar/"))
    assert "later" not in keys(ask(f"calendar/?as_of={then}"))
    assert "election.event.later" not in events(f"calendar.ics?as_of={then}")


def test_an_event_and_a_summit_of_one_key_are_two_in_a_calendar():
    make_event(key="same"), make_summit(key="same", date="2019-08-22")
    assert sorted(events("timeline.ics")) == ["event.same", "summit.same"]


@pytest.mark.parametrize("query", ["x=1", "lang=de", "kind=election"])
def test_the_calendar_refuses_what_it_does_not_know(query):
    refused(f"calendar/?{query}", 400)
