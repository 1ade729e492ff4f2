"""What stands where in the drawing of the timeline."""

from dataclasses import replace
from datetime import date

import pytest
from django.http import QueryDict

from disputes.drawing import lanes, windows
from disputes.drawing.marks import shortened, width_of
from disputes.publishing import publish
from timeline import parameters, record_types
from timeline.slices import Slice

from ..factories import (
    make_dispute,
    make_event,
    make_leader,
    make_link,
    make_status,
    make_summit,
)

pytestmark = pytest.mark.django_db
YEAR = "date__gte=2019-01-01&date__lte=2019-12-31"


def draw(query: str = YEAR, most: int = lanes.MOST_MARKS) -> lanes.Drawing:
    asked = parameters.read(QueryDict(query), record_types.timeline_types())
    return lanes.draw(Slice(asked.as_of), asked, most)


def lane(drawing: lanes.Drawing, key: str) -> lanes.Lane:
    return next(lane for lane in drawing.lanes if lane.key == key)


def test_every_dispute_has_a_lane_and_what_has_none_its_own():
    make_dispute(key="b", position=1)
    make_dispute(key="a", position=2)
    make_event(key="e", date="2019-07-02")
    assert [lane.key for lane in draw().lanes] == ["summits", "b", "a", ""]
    assert [mark.entry.key for mark in lane(draw(), "").marks] == ["e"]
    assert [lane.key for lane in draw(YEAR + "&dispute=a").lanes] == ["a"]


def test_event_of_two_disputes_stands_in_both_lanes_joined_and_is_counted_once():
    a, b = make_dispute(key="a", position=1), make_dispute(key="b", position=2)
    make_event(key="e", date="2019-07-02", disputes=(a, b))
    drawing = draw()
    [upper], [lower] = lane(drawing, "a").marks, lane(drawing, "b").marks
    assert upper.x == lower.x == drawing.window.x(date(2019, 7, 2))
    assert drawing.joins == [{"x1": upper.x, "y1": upper.y, "x2": lower.x, "y2": lower.y}]
    assert drawing.counts == {"event": 1}


def test_summit_has_a_lane_of_its_own_and_visits_another_shape():
    make_summit(key="visit", date="2019-03-01")
    make_summit(key="talk", date="2019-06-01", setting="multilateral_sidelines")
    shapes = {mark.entry.key: mark.shape for mark in lane(draw(), "summits").marks}
    assert shapes == {"visit": "visit", "talk": "meeting"}


def test_status_holds_until_the_next_and_until_today():
    dispute = make_dispute(key="a")
    make_status(dispute, date="2018-06-01", status="raised")
    make_status(dispute, date="2019-07-02", status="escalating")
    drawing = draw()
    first, second = lane(drawing, "a").bands
    assert (first["part"].state, first["x"]) == ("raised", 0.0)
    assert first["x"] + first["width"] == second["x"] == drawing.window.x(date(2019, 7, 2))
    assert second["x"] + second["width"] == pytest.approx(drawing.window.width, abs=0.2)


def test_status_after_the_window_is_not_drawn():
    dispute = make_dispute(key="a")
    make_status(dispute, date="2018-06-01", status="raised")
    make_status(dispute, date="2020-07-02", status="escalating")
    make_status(dispute, date="2021-07-02", status="eased")
    drawing = draw()
    (band,) = lane(drawing, "a").bands
    assert (band["x"], band["width"]) == (0.0, drawing.window.width)


def test_vague_date_is_soft_and_reaches_over_all_its_days():
    make_event(key="vague", date="2019-07")
    make_event(key="long", date="2019-03-01/2019-03-31")
    marks = {mark.entry.key: mark for mark in lane(draw(), "").marks}
    window = draw().window
    vague, long = marks["vague"], marks["long"]
    assert (vague.soft, long.soft) == (True, False)
    assert vague.span[0] == window.x(date(2019, 7, 1)) < vague.x < window.x(date(2019, 7, 31))
    assert long.x == long.span[0] == window.x(date(2019, 3, 1))


def test_link_is_a_curve_from_cause_to_effect_when_both_are_in_the_picture():
    cause = make_event(key="cause", date="2019-07-01")
    make_event(key="effect", date="2019-08-22", answers=(cause,))
    [link] = draw().links
    assert (link["from"].entry.key, link["to"].entry.key) == ("cause", "effect")
    assert link["d"].startswith(f"M{link['from'].x} {link['from'].y}C")
    assert draw("date__gte=2019-08-01&date__lte=2019-12-31").links == []


def test_link_between_a_summit_and_an_event_is_drawn_and_says_who_denies_it():
    summit = make_summit(date="2019-06-01")
    event = make_event(published=False, date="2019-07-01")
    make_link(event, summit, denied_by="JP")
    publish(event, "Editor", "first")
    [link] = draw().links
    assert (link["from"].entry.key, link["link"]["denied_by"]) == (summit.key, "JP")


def test_marks_of_one_day_stand_below_each_other():
    for _n in range(3):
        make_event(date="2019-07-02")
    marks = lane(draw(), "").marks
    assert len({mark.x for mark in marks}) == 1
    assert len({mark.y for mark in marks}) == 3


def test_name_of_a_leader_ends_where_somebody_acts_for_them(client):
    make_leader(key="roh", name_en="Roh Moo-hyun", terms=[("2018-02-25", "2023-02-24")])
    make_leader(key="goh", name_en="Goh Kun", terms=[("2019-02-12", "2019-05-14")])
    rooms = {b["leader"].key: (b["room"], b["width"]) for b in draw().governments}
    assert rooms["roh"][0] == draw().window.x(date(2019, 2, 12)) < rooms["roh"][1]
    assert rooms["goh"][0] == rooms["goh"][1]
    short = client.get("/en/timeline/?date__gte=2018-12-24&date__lte=2019-12-31").content.decode()
    assert ">Roh Moo-hyun</text>" in short
    page = client.get("/en/timeline/?date__gte=2019-01-28&date__lte=2019-12-31").content.decode()
    assert ">Roh</text>" in page and ">Roh Moo-hyun</text>" not in page


def test_governments_fill_the_window_and_no_more():
    make_leader(key="moon", terms=[("2017-05-10", "2022-05-09")])
    make_leader(key="abe", country="JP", terms=[("2006-09-26", "2007-09-26"), ("2019-07-02", None)])
    bands = {(b["leader"].key, b["row"]): (b["x"], b["width"]) for b in draw().governments}
    window = draw().window
    assert bands[("moon", 0)] == (0.0, pytest.approx(window.width, abs=0.1))
    assert set(bands) == {("moon", 0), ("abe", 1)}
    assert bands[("abe", 1)][0] == window.x(date(2019, 7, 2))


def test_too_many_marks_become_counts_by_month():
    dispute = make_dispute(key="a")
    for day in ("2019-07-02", "2019-07-20", "2019-09-01"):
        make_event(date=day, disputes=(dispute,))
    make_summit(date="2019-09-03")
    drawing = draw(most=3)
    assert drawing.dense
    assert drawing.counts == {"event": 3, "summit": 1}
    bars = [(bar["first"].month, bar["count"]) for bar in lane(drawing, "a").bars]
    assert bars == [(7, 2), (9, 1)]
    assert [bar["count"] for bar in lane(drawing, "summits").bars] == [1]
    filtered = draw(YEAR + "&q=something", most=3)  # only the events
    assert filtered.dense is False
    assert len(lane(filtered, "a").marks) == 3


def test_bars_grow_with_the_square_root_and_lead_to_their_month(client):
    dispute = make_dispute(key="a")
    for day in range(1, 10):
        make_event(date=f"2019-07-{day:02}", disputes=(dispute,))
    make_event(date="2019-09-01", disputes=(dispute,))
    many, one = lane(draw(most=3), "a").bars
    assert many["height"] == pytest.approx(3 * one["height"], abs=0.2)
    assert (one["first"], one["ends"]) == (date(2019, 9, 1), ("2019-09", "2019-09"))


def test_dispute_with_many_events_leads_to_the_timeline_of_each_month(client):
    dispute = make_dispute(key="a")
    make_status(dispute, date="2019-01-01")
    for day in range(130):
        make_event(date=f"2019-{day % 12 + 1:02}-02", disputes=(dispute,))
    page = client.get("/en/disputes/a/").content.decode()
    address = "/en/timeline/?date__gte=2019-03&amp;date__lte=2019-03&amp;dispute=a"
    assert f'href="{address}"' in page
    assert client.get(address.replace("&amp;", "&")).status_code == 200


def test_year_below_the_drawing_leads_to_it(client):
    make_event(date="2019-07-02")
    page = client.get("/en/timeline/?date__gte=2015-01-01&date__lte=2020-12-31&kind=ruling")
    address = "/en/timeline/?date__gte=2019-01-01&amp;date__lte=2019-12-31&amp;kind=ruling"
    assert f'<a href="{address}" tabindex="-1"><text' in page.content.decode()


def test_list_can_begin_at_a_year_or_decade(client):
    make_event(date="1994-07-02")
    page = client.get("/en/timeline/?effect=neutral").content.decode()
    jump = page.split('class="jump"')[1].split("</nav>")[0]
    decade = "?date__gte=1990-01-01&amp;date__lte=1999-12-31&amp;effect=neutral"
    assert f'<a href="{decade}">the 1990s</a>' in jump
    assert "the 1980s" not in jump


def test_counts_of_a_filtered_list_are_those_of_the_filter():
    dispute = make_dispute(key="a")
    make_event(date="2019-07-02", disputes=(dispute,), kind="ruling")
    make_event(date="2019-07-03", disputes=(dispute,), kind="protest")
    [bar] = lane(draw(YEAR + "&kind=ruling", most=0), "a").bars
    assert bar["count"] == 1


def test_drawing_says_what_it_shows_and_leads_on(client):
    make_event(date="2019-07-02")
    page = client.get("/en/timeline/?" + YEAR).content.decode()
    assert "1 January 2019 to 31 December 2019: 1 event, 0 summits and calls." in " ".join(
        page.split()
    )
    assert 'data-way="nearer"' in page and 'aria-current="true">The 2019 crisis' not in page
    crisis = client.get("/en/timeline/?date__gte=2019-07-01&date__lte=2019-12-31").content.decode()
    assert 'aria-current="true">The 2019 crisis' in crisis


def test_drawing_of_an_empty_record_is_no_error(client):
    assert client.get("/en/timeline/").status_code == 200
    assert draw("").counts == {}


def test_label_is_cut_at_a_word_and_says_nothing_when_there_is_no_room():
    assert shortened("South Korea decides", 500) == "South Korea decides"
    assert shortened("South Korea decides to end", 100) == "South Korea…"
    assert shortened("한국 정부 종료 결정 발표", 90) == "한국 정부 종료…"
    assert shortened("South", 10) == ""
    assert width_of("가") > width_of("a")


@pytest.mark.parametrize(
    ("query", "bars"),
    [
        ("date__gte=2018-01-01&date__lte=2019-12-31", [("2019-01", 1), ("2019-03", 2)]),
        ("date__gte=2009-01-01&date__lte=2020-12-31", [("2019-01/2019-03", 3)]),
        ("date__gte=1980-01-01&date__lte=2020-12-31", [("2019-01/2019-06", 3)]),
        ("date__gte=1960-01-01&date__lte=2020-12-31", [("2019", 3)]),
        ("date__gte=1990-01-01&date__lte=2019-03-05", [("2019-01/2019-03", 3)]),
        ("date__gte=1500-01-01&date__lte=2020-12-31", [("2015/2019", 3)]),
    ],
)
def test_bar_of_a_long_window_stands_for_more_than_a_month(query, bars):
    dispute = make_dispute(key="a")
    for day in ("2019-01-02", "2019-03-02", "2019-03-05"):
        make_event(date=day, disputes=(dispute,))
    found = lane(draw(f"{query}&dispute=a", most=2), "a").bars
    assert [(bar["date"], bar["count"]) for bar in found] == bars


def test_form_of_an_address_gives_what_the_address_is(client):
    query = parameters.read(QueryDict(YEAR + "&on=0001-01-01&q=a"), record_types.timeline_types())
    first, last = date(2019, 3, 1), date(2019, 4, 30)
    found = windows.asking_form(query, "a").format(first=first, last=last)
    there = replace(query, date_gte="2019-03-01", date_lte="2019-04-30")
    assert found == replace(there, filters={"dispute": ("a",)}).canonical()


def test_happenings_of_a_window_are_those_that_reach_into_it():
    dispute = make_dispute(key="a")
    for n, day in enumerate(("2018", "2018-05/2019-02", "2019-03-02", "2019-12/2020-02", "2020")):
        make_event(key=f"e{n}", date=day, disputes=(dispute,))
    make_event(key="open", date="2017-01-01/..", disputes=(dispute,))
    for query in (YEAR, YEAR + "&dispute=a"):
        marks = lane(draw(query), "a").marks
        assert [mark.entry.key for mark in marks] == ["open", "e1", "e2", "e3"]
        assert draw(query).counts == {"event": 4}


@pytest.mark.parametrize("more", ["", "&dispute=a"])
def test_many_happenings_are_those_that_begin_in_the_window_to_the_day(more):
    dispute = make_dispute(key="a")
    for day in (1, 2, 14, 15, 16, 30):
        for month in (3, 6):
            make_event(date=f"2019-{month:02}-{day:02}", disputes=(dispute,))
    drawing = draw("date__gte=2019-03-15&date__lte=2019-06-15" + more, most=3)
    assert drawing.dense
    assert drawing.counts == {"event": 7}
