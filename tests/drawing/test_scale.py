"""Days as places."""

from datetime import date
from itertools import pairwise

import pytest
from django.utils import translation

from disputes.drawing.scale import SHORTEST, Window, asked, between, month_end, months, usual

TODAY = date(2026, 11, 25)


def test_window_of_ten_days_gives_each_day_a_tenth():
    window = Window(date(2019, 7, 1), date(2019, 7, 10), width=100)
    assert [window.x(date(2019, 7, day)) for day in (1, 2, 10)] == [0.0, 10.0, 90.0]
    assert window.x(date(2019, 7, 11)) == 100.0
    assert (window.clip(date(2019, 6, 1)), window.clip(date(2020, 1, 1))) == (0.0, 100.0)


def test_window_holds_what_has_a_day_in_common_with_it():
    window = Window(date(2019, 7, 1), date(2019, 7, 10))
    assert window.holds(date(2019, 6, 1), date(2019, 7, 1))
    assert window.holds(date(2019, 7, 10), date(2019, 8, 1))
    assert not window.holds(date(2019, 7, 11), date(2019, 8, 1))


@pytest.mark.parametrize(
    ("first", "last", "texts"),
    [
        (date(1965, 1, 1), date(2026, 12, 31), ["1965", "1970", "1975"]),
        (date(2018, 1, 1), date(2026, 12, 31), ["2018", "2019", "2020"]),
        (date(2019, 7, 1), date(2019, 12, 31), ["Jul 2019", "Aug", "Sep"]),
        (date(2019, 11, 15), date(2020, 2, 15), ["Dec 2019", "2020", "Feb"]),
        (date(2019, 8, 20), date(2019, 9, 2), ["20 Aug 2019", "21 Aug", "22 Aug"]),
        (date(2019, 8, 20), date(2019, 10, 19), ["20 Aug 2019", "25 Aug", "30 Aug"]),
    ],
)
def test_ticks_are_years_months_or_days(first, last, texts):
    assert [tick.text for tick in Window(first, last).ticks()][:3] == texts


def test_ticks_can_be_read_in_any_window():
    first = date(1000, 1, 1)
    for length in (14, 100, 400, 1000, 5000, 30_000, 300_000, 2_900_000):
        ticks = between(first.toordinal(), length).ticks()
        gaps = [b.x - a.x for a, b in pairwise(ticks)]
        assert len(ticks) <= 18
        assert all(gap >= 55 for gap in gaps)


def test_each_tick_reaches_to_the_next_and_the_last_to_the_end():
    window = Window(date(2019, 1, 1), date(2022, 6, 30))
    ticks = window.ticks()
    assert [(t.first.year, t.last) for t in ticks[:2]] == [
        (2019, date(2019, 12, 31)),
        (2020, date(2020, 12, 31)),
    ]
    assert ticks[-1].last == date(2022, 6, 30)


@pytest.mark.parametrize(("language", "text"), [("ko", "2019년 7월"), ("ja", "2019年7月")])
def test_ticks_are_in_the_readers_language(language, text):
    with translation.override(language):
        assert Window(date(2019, 7, 1), date(2019, 12, 31)).ticks()[0].text == text


def test_zooming_in_and_out_comes_back_and_keeps_the_middle():
    window = Window(date(2019, 1, 1), date(2019, 12, 31))
    nearer = window.zoomed(0.5)
    assert abs(nearer.days - window.days / 2) <= 1
    assert abs((nearer.zoomed(2).first - window.first).days) <= 1
    assert window.zoomed(0.0001).days == SHORTEST


def test_window_stays_within_the_calendar():
    assert between(-5000, 100).first.year == 2
    assert Window(date(9000, 1, 1), date(9990, 1, 1)).moved(0.5).last <= date.max
    assert Window(date(2, 1, 1), date(9990, 1, 1)).zoomed(2).days > 3_000_000


def test_nothing_asked_is_the_last_few_years_and_a_little_of_what_comes():
    window = usual(TODAY)
    assert (window.first, window.last) == (date(2022, 11, 25), date(2027, 3, 25))


def test_open_sides_reach_to_the_earliest_entry_and_a_little_after_today():
    earliest = date(1965, 6, 22)
    assert asked(None, date(2019, 12, 31), TODAY, earliest).first == earliest
    assert asked(date(2018, 1, 1), None, TODAY, earliest).last == date(2027, 3, 25)
    assert asked(None, date(1900, 1, 1), TODAY, earliest).last >= date(1900, 1, 1)
    assert asked(date(2019, 7, 1), date(2019, 7, 1), TODAY, earliest).days == SHORTEST


def test_months_and_their_ends():
    assert months(date(2019, 11, 30), date(2020, 1, 1)) == [
        date(2019, 11, 1),
        date(2019, 12, 1),
        date(2020, 1, 1),
    ]
    assert [month_end(date(2020, m, 1)).day for m in (2, 4, 12)] == [29, 30, 31]
