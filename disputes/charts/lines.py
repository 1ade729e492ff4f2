"""Line charts of surveys and counts: readings at their dates, no more exact than these are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from timeline import edtf
from timeline.models import Entry
from timeline.slices import Slice

from ..models import Unit
from .scales import Days, Values, spread
from .turning_points import Mark, most_answered, placed

TOPS = {Unit.PERCENT: 100, Unit.POINTS_0_10: 10, Unit.DEGREES_0_100: 100}
SUFFIXES = {Unit.PERCENT: "%", Unit.DEGREES_0_100: "°"}
FAR = 4 * 365  # days between two readings
LABEL_GAP = 14  # percent of the height that two labels at the lines' ends need
SMALL_LABEL_GAP = 37


@dataclass(frozen=True)
class Point:
    """A reading: from the first to the last day on which it may have been taken."""

    reading: dict[str, Any]
    number: int  # of its row in the table
    start: date
    end: date
    vague: bool  # whether its date is less exact than days
    x1: float
    x2: float
    y: float

    @property
    def middle(self) -> float:
        return round((self.x1 + self.x2) / 2, 2)


@dataclass(frozen=True)
class Series:
    """The readings of one survey as one line."""

    entry: Entry
    points: list[Point]
    label_y: float

    @property
    def country(self) -> str:
        return self.entry.data["country"]

    @property
    def joined(self) -> list[tuple[Point, Point, bool]]:
        """Neighbouring readings, and whether they lie so far apart that a line says little."""
        return [(a, b, (b.start - a.end).days > FAR) for a, b in pairwise(self.points)]

    @property
    def lowest(self) -> Point:
        return min(self.points, key=lambda p: p.reading["value"])

    @property
    def highest(self) -> Point:
        return max(self.points, key=lambda p: p.reading["value"])


@dataclass(frozen=True)
class Chart:
    series: list[Series]
    unit: str
    ticks: list[tuple[float, float]]
    years: list[tuple[int, float]]
    marks: list[Mark]

    @property
    def suffix(self) -> str:
        return SUFFIXES.get(self.unit, "")

    @property
    def is_line(self) -> bool:
        """Whether there is anything to join: a single reading is said better in words."""
        return any(len(series.points) > 1 for series in self.series)


def pair_key(key: str) -> str | None:
    """The key of the same question in the other country (…-jp-… and …-kr-…), or None."""
    for here, there in (("-jp-", "-kr-"), ("-kr-", "-jp-")):
        if here in key:
            return key.replace(here, there, 1)
    return None


def overlaid(slice_: Slice, entry: Entry) -> list[Entry]:
    """The survey and, if there is one in the same unit, its pair: Korea's first."""
    other = slice_.entries("survey").filter(key=pair_key(entry.key) or "").first()
    alike = [e for e in (entry, other) if e and e.data["unit"] == entry.data["unit"]]
    return sorted(alike, key=lambda e: e.data["country"] != "KR")


def of_survey(slice_: Slice, entry: Entry) -> Chart | None:
    """The chart of a survey's page, with the events that bear on it; None without readings."""
    entries = [e for e in overlaid(slice_, entry) if e.data["readings"]]
    if not entries:
        return None
    days = span(entries)
    events = most_answered(slice_, days.first, days.last, entry.data["disputes"])
    values = Values.up_to(_highest(entries))
    top = Values(min(values.top, TOPS.get(entry.data["unit"], values.top)))
    return draw(entries, days, top, placed(events, days), years=10, gap=LABEL_GAP)


def small(entries: list[Entry], days: Days) -> Chart:
    """One of many charts on a common span: the whole scale, so that they can be compared."""
    unit = entries[0].data["unit"]
    values = Values(TOPS[unit]) if unit in TOPS else Values.up_to(_highest(entries))
    return draw(entries, days, values, [], years=5, gap=SMALL_LABEL_GAP, ticks=2)


def draw(
    entries: list[Entry],
    days: Days,
    values: Values,
    marks: list[Mark],
    years: int,
    gap: float,
    ticks: int = 5,
) -> Chart:
    lines = [_points(entry, days, values) for entry in entries]
    labels = spread([points[-1].y for points in lines], gap)
    series = [Series(*line) for line in zip(entries, lines, labels, strict=True)]
    unit = entries[0].data["unit"]
    return Chart(series, unit, values.ticks(ticks), days.years(years), marks)


def span(entries: Iterable[Entry]) -> Days:
    """From the beginning of the first reading's year to the last day of the last reading."""
    bounds = [_bounds(r["date"]) for entry in entries for r in entry.data["readings"]]
    first = min(start for start, _end in bounds)
    return Days(first.replace(month=1, day=1), max(end for _start, end in bounds))


def _highest(entries: list[Entry]) -> float:
    return max(r["value"] for entry in entries for r in entry.data["readings"])


def _points(entry: Entry, days: Days, values: Values) -> list[Point]:
    points = []
    for number, reading in enumerate(entry.data["readings"], 1):
        start, end = _bounds(reading["date"])
        place = days.x(start), days.x(end), values.y(reading["value"])
        points.append(Point(reading, number, start, end, _vague(reading["date"]), *place))
    return sorted(points, key=lambda p: (p.start, p.end))


def _bounds(text: str) -> tuple[date, date]:
    start, end = edtf.bounds(text)
    return start or end, end or start


def _vague(text: str) -> bool:
    stated = edtf.parse(text)
    ends = [point for point in (stated.start, stated.end) if point]
    return len(ends) < 2 or any(point.precision != "day" or point.mark for point in ends)
