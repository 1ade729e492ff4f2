"""Atom, iCalendar, TimelineJS, OPML."""

from datetime import date
from xml.etree import ElementTree

import icalendar
import orjson
import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from disputes.publishing import publish
from timeline import parameters, record_types
from timeline.models import Entry

from ..factories import EDITOR, make_actor, make_dispute, make_event, make_summit
from .answers import ask, refused
from .test_forms import body

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def atom(address: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(body(address)).iter(f"{ATOM}entry"))  # noqa: S314 (ours)


def calendar(address: str) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(body(address)).walk("VEVENT")


def test_a_feed_has_what_was_published_last_first(settings):
    settings.SITE_URL = "https://tracker.example"
    old = make_event(key="old", title_en="Old & <b>", title_ko="옛", date="2019-08")
    make_summit(key="new")
    old.summary_en = "Corrected."
    old.save()
    publish(old, EDITOR, "a correction")
    first, second = atom("timeline.atom")
    assert first.find(f"{ATOM}title").text == "Old & <b>"
    assert first.find(f"{ATOM}id").text == "https://tracker.example/api/v1/events/old/"
    assert first.find(f"{ATOM}link").get("href") == "https://tracker.example/en/events/old/"
    assert first.find(f"{ATOM}summary").text == "August 2019. Corrected."
    recorded = Entry.objects.head().recorded_at
    assert first.find(f"{ATOM}updated").text == recorded.isoformat()
    assert second.find(f"{ATOM}id").text == "https://tracker.example/api/v1/summits/new/"
    assert atom("timeline.atom?lang=ko")[0].find(f"{ATOM}title").text == "옛"


def test_each_filter_has_its_feed():
    dispute = make_dispute(key="gsomia")
    make_event(key="in", disputes=(dispute,)), make_event(key="out")
    (entry,) = atom("timeline.atom?dispute=gsomia")
    assert entry.find(f"{ATOM}id").text.endswith("/events/in/")
    assert entry.find(f"{ATOM}category").get("term") == "gsomia"


def test_a_calendar_has_whole_days_and_nothing_vague():
    make_event(key="day", date="2019-08-22", title_en="A, day; one")
    make_event(key="days", date="2019-09-01/2019-09-03")
    for vague in ("2019", "2019-08", "2019-08-01/..", "2019-01-01/2019-12-31"):
        make_event(date=vague)
    found = {
        str(e["uid"]).split("@")[0].removeprefix("event."): e for e in calendar("timeline.ics")
    }
    assert {key: (e["dtstart"].dt, e["dtend"].dt) for key, e in found.items()} == {
        "day": (date(2019, 8, 22), date(2019, 8, 23)),
        "days": (date(2019, 9, 1), date(2019, 9, 4)),
    }
    assert (str(found["day"]["summary"]), found["day"]["sequence"]) == ("A, day; one", 0)


def test_a_calendar_may_be_of_summits_alone():
    make_event(), make_summit(key="met", date="2023-03-16")
    assert [str(e["summary"]) for e in calendar("summits.ics")] == ["The leaders met"]
    assert Client().get("/api/v1/summits.ics")["Content-Type"] == "text/calendar; charset=utf-8"


def test_timelinejs_has_dates_no_more_exact_than_they_are_known():
    make_event(key="year", date="2018", title_en="<script>")
    make_event(key="month", date="2019-08~")
    make_event(key="span", date="2019-09-01/2019-09-03")
    drawn = orjson.loads(body("timeline.timelinejs"))
    assert drawn["title"]["text"]["headline"] == "Korea–Japan Dispute Tracker: Timeline"
    assert [(e["start_date"], e.get("end_date")) for e in drawn["events"]] == [
        ({"year": 2018}, None),
        ({"year": 2019, "month": 8}, None),
        ({"year": 2019, "month": 9, "day": 1}, {"year": 2019, "month": 9, "day": 3}),
    ]
    assert "<script>" not in drawn["events"][0]["text"]["headline"]


def test_feeds_travel_in_time():
    make_event(key="e")
    then = ask("events/")["meta"]["recorded_at"]
    make_event(key="later")
    for form, count in (("atom", 1), ("ics", 1)):
        text = body(f"events.{form}?as_of={then}").decode()
        assert (text.count("<entry>") + text.count("BEGIN:VEVENT")) == count


def test_all_feeds_are_in_one_outline():
    make_dispute(key="gsomia", name_en="The & agreement")
    tree = ElementTree.fromstring(body("feeds.opml"))  # noqa: S314 (our own)
    outlines = [(o.get("text"), o.get("xmlUrl")) for o in tree.iter("outline")]
    assert outlines[:2] == [
        ("Timeline", "http://testserver/api/v1/timeline.atom"),
        ("The & agreement", "http://testserver/api/v1/timeline.atom?dispute=gsomia"),
    ]
    for _text, address in outlines:
        atom(address.partition("/api/v1/")[2])


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("timeline.atom?lang=de", 400),
        ("timeline.atom?fields=key", 400),
        ("events.csv?lang=ko", 400),
        ("actors.ics", 404),
    ],
)
def test_feeds_refuse_what_they_do_not_know(address, code):
    make_actor()
    refused(address, code)


def test_the_links_of_a_list_lead_to_the_same_results():
    make_event(key="a", kind="ruling"), make_event(key="b")
    request = RequestFactory().get("/en/events/", {"kind": "ruling", "page_size": "1"})
    query = parameters.read(request.GET, [record_types.get("event")], default_ordering="-date")
    context = {"list": "events", "query": query, "dated": True}
    part = render_to_string("parts/exports.html", context, request)
    addresses = [bit.partition('"')[0] for bit in part.split('href="')[1:]]
    assert len(addresses) == 7
    for address in addresses:
        path = address.replace("webcal://testserver", "")
        response = Client().get(path)
        assert response.status_code == 200
        text = response.getvalue().decode()
        assert ("Something" in text, "/b/" in text) == (True, False)
