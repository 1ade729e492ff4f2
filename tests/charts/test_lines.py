"""Line charts of surveys: readings at their dates, pairs in one chart."""

from datetime import date

import pytest
from django.utils import timezone

from disputes.charts import lines, multiples
from disputes.publishing import publish
from timeline.models import Entry
from timeline.slices import Slice

from ..factories import EDITOR, make_survey

pytestmark = pytest.mark.django_db


def entry_of(survey) -> Entry:
    return Slice().entry("survey", survey.key)


def chart_of(survey) -> lines.Chart:
    return lines.of_survey(Slice(), entry_of(survey))


def test_reading_covers_the_days_on_which_it_may_have_been_taken():
    survey = make_survey(readings=[("2019", 10), ("2020-09-11/2020-09-25", 20), ("2020-12-31", 5)])
    [series] = chart_of(survey).series
    assert [(p.start, p.end, p.vague) for p in series.points] == [
        (date(2019, 1, 1), date(2019, 12, 31), True),
        (date(2020, 9, 11), date(2020, 9, 25), False),
        (date(2020, 12, 31), date(2020, 12, 31), False),
    ]
    assert [(p.x1, p.x2, p.y) for p in series.points] == [
        (0, 49.86, 50),
        (84.79, 86.71, 0),
        (100, 100, 75),
    ]


@pytest.mark.parametrize(
    "written", ["2019-08", "2019~", "2019-08-01?", "2019-05/2019-06", "2019/.."]
)
def test_date_less_exact_than_days_is_drawn_as_vague(written):
    survey = make_survey(readings=[(written, 10)])
    assert [p.vague for p in chart_of(survey).series[0].points] == [True]


def test_readings_stand_in_order_of_time_with_the_numbers_of_their_rows():
    survey = make_survey(readings=[("2021", 3), ("2019", 1), ("2020", 2)])
    rows = [r["date"] for r in entry_of(survey).data["readings"]]
    points = chart_of(survey).series[0].points
    assert [p.reading["date"] for p in points] == ["2019", "2020", "2021"]
    assert [rows[p.number - 1] for p in points] == ["2019", "2020", "2021"]


def test_line_over_more_than_four_years_is_told_from_the_others():
    survey = make_survey(readings=[("2010-01-01", 1), ("2015-01-01", 2), ("2018-12-31", 3)])
    joined = chart_of(survey).series[0].joined
    assert [(a.reading["value"], b.reading["value"], far) for a, b, far in joined] == [
        (1, 2, True),
        (2, 3, False),
    ]


def test_same_question_in_the_other_country_is_drawn_with_it_korea_first():
    jp = make_survey(key="poll-jp-trust", country="JP", readings=[("2019", 50), ("2020", 40)])
    kr = make_survey(key="poll-kr-trust", country="KR", readings=[("2019", 30), ("2021", 20)])
    make_survey(key="poll-kr-fear", country="KR")
    for survey in (jp, kr):
        chart = chart_of(survey)
        assert [s.entry.key for s in chart.series] == ["poll-kr-trust", "poll-jp-trust"]
        assert chart.years[0][0] == 2019


def test_pair_in_another_unit_is_drawn_alone():
    jp = make_survey(key="poll-jp-trust", country="JP")
    make_survey(key="poll-kr-trust", country="KR", unit="points_0_10")
    assert [s.entry.key for s in chart_of(jp).series] == ["poll-jp-trust"]


def test_scale_ends_where_the_unit_ends():
    ten = make_survey(unit="points_0_10", readings=[("2019", 9.5)])
    assert chart_of(ten).ticks[-1] == (10, 0)
    persons = make_survey(unit="persons", readings=[("2019", 239)])
    assert chart_of(persons).ticks[-1] == (300, 0)


def test_survey_without_readings_has_no_chart():
    assert chart_of(make_survey(readings=[])) is None


def test_chart_at_an_earlier_instant_knows_no_later_reading():
    survey = make_survey(readings=[("2019", 10), ("2020", 20)])
    before = timezone.now()
    survey.readings.filter(date="2020").delete()
    publish(survey, EDITOR, "The second was a misreading.")
    former = Slice(before)
    chart = lines.of_survey(former, former.entry("survey", survey.key))
    assert [p.reading["value"] for p in chart.series[0].points] == [10, 20]
    assert [p.reading["value"] for p in chart_of(survey).series[0].points] == [10]


def test_multiples_share_their_span_and_leave_single_readings_to_the_table():
    make_survey(key="a", readings=[("2018", 1), ("2020-06-30", 2)])
    make_survey(key="b", readings=[("2019", 1)])
    make_survey(key="c-jp-x", country="JP", readings=[("2010", 1), ("2012", 2)])
    make_survey(key="c-kr-x", country="KR", readings=[("2011", 1)])
    make_survey(key="d", readings=[])
    found = multiples.of_page(list(Slice().entries("survey").by_key()))
    drawn = [[s.entry.key for s in panel.chart.series] for panel in found["panels"]]
    assert drawn == [["c-kr-x", "c-jp-x"], ["a"]]  # the longest first
    assert found["panel_years"] == lines.Days(date(2010, 1, 1), date(2020, 6, 30))
    assert {panel.chart.ticks[-1] for panel in found["panels"]} == {(100, 0)}
