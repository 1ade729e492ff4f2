"""Places in a drawing, as percent."""

from datetime import date

import pytest

from disputes.charts.scales import Days, Values, spread


def test_day_stands_at_its_part_of_the_span_and_outside_at_the_edge():
    days = Days(date(2019, 1, 1), date(2019, 1, 11))
    assert [days.x(date(2019, 1, day)) for day in (1, 2, 6, 11)] == [0, 10, 50, 100]
    assert (days.x(date(2018, 1, 1)), days.x(date(2020, 1, 1))) == (0, 100)


def test_span_of_one_day_has_a_place():
    day = date(2019, 1, 1)
    assert Days(day, day).x(day) == 0


@pytest.mark.parametrize(
    ("first", "last", "most", "marked"),
    [
        (date(2013, 1, 1), date(2016, 6, 1), 10, [2013, 2014, 2015, 2016]),
        (date(2013, 1, 1), date(2025, 8, 31), 10, [2014, 2016, 2018, 2020, 2022, 2024]),
        (date(1995, 1, 1), date(2025, 8, 31), 5, [2000, 2010, 2020]),
        (date(2013, 3, 1), date(2014, 6, 1), 10, [2014]),
    ],
)
def test_years_are_marked_at_round_steps(first, last, most, marked):
    days = Days(first, last)
    assert days.years(most) == [(year, days.x(date(year, 1, 1))) for year in marked]


@pytest.mark.parametrize(
    ("highest", "top"), [(52.4, 60), (89.6, 100), (2.54, 3), (135, 150), (13, 15), (0, 1), (20, 20)]
)
def test_scale_ends_at_a_round_value_that_is_not_lower_than_the_highest(highest, top):
    assert Values.up_to(highest).top == top


def test_values_stand_from_the_bottom():
    assert [Values(60).y(value) for value in (0, 15, 60)] == [100, 75, 0]


@pytest.mark.parametrize(
    ("top", "ticks"),
    [
        (60, [0, 20, 40, 60]),
        (100, [0, 20, 40, 60, 80, 100]),
        (150, [0, 50, 100, 150]),
        (3, [0, 1, 2, 3]),
        (1.5, [0, 0.5, 1, 1.5]),
    ],
)
def test_ticks_are_round(top, ticks):
    values = Values(top)
    assert values.ticks() == [(value, values.y(value)) for value in ticks]


def test_labels_that_would_touch_move_apart_alike_and_keep_their_order():
    assert spread([50, 52], gap=10) == [46, 56]
    assert spread([52, 50], gap=10) == [56, 46]
    assert spread([10, 90], gap=10) == [10, 90]
