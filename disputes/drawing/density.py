"""Counts by month, or by years, where there are too many happenings to draw each one."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from math import sqrt
from typing import Any

from django.db.models import Count, F, QuerySet, Value
from django.db.models.functions import TruncMonth

from timeline import compiled, facts
from timeline.entries import EntryQuerySet
from timeline.models import Term
from timeline.months import NOTHING, Months, by_name, first_of, number_of
from timeline.queries import Query
from timeline.slices import Slice

from .scale import Window, month_end

HAPPENINGS = ("event", "summit")
LEAST_HEIGHT, LEAST_WIDTH = 4, 2  # pixels of a bar
MOST_BARS, MOST_OF_LANE = 300, 120  # bars; then one stands for more than a month
STEPS = (1, 3, 6, 12, 24, 36, 60, 120)  # months
WINDOWS = 100  # of which the periods are kept
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """Some months that a bar stands for, as far as they are in the window."""

    begin: int  # the number of its first month
    end: int
    place: dict[str, Any]  # of its bars in all lanes


def plain(query: Query) -> bool:
    """Whether nothing but disputes and dates is asked: then the summary table knows the counts."""
    return not (query.as_of or query.q or query.chosen_types or set(query.filters) - {"dispute"})


def many(slice_: Slice, query: Query, window: Window, most: int) -> dict[str, int] | None:
    """How many events and summits begin in the window, where the summary by month knows it and they
    are more than `most`.
    """
    disputes = query.filters.get("dispute", ())
    if not plain(query) or len(disputes) > 1:
        return None
    dispute, (first, last) = "".join(disputes), _numbers(window)
    known = by_name(slice_)
    counts = Counter({t: known.get((dispute, t), NOTHING).between(first, last) for t in HAPPENINGS})
    if counts.total() > most:
        counts.subtract(_beginning(slice_, dispute, window.first.replace(day=1), window.first))
        end = month_end(window.last) + DAY
        counts.subtract(_beginning(slice_, dispute, window.last + DAY, end))
    return {t: n for t, n in counts.items() if n} if counts.total() > most else None


@facts.once
def _beginning(slice_: Slice, dispute: str, first: date, end: date) -> Counter[str]:
    """How many begin from a day on and before another, by type."""
    if first == end:
        return Counter()
    asked = (first, end - DAY, dispute) if dispute else (first, end - DAY)
    return Counter(dict(compiled.rows_of_shape(_types_begun, *asked)))


def _types_begun(first: date, last: date, dispute: str = "") -> QuerySet:
    found = Slice().found("dispute", dispute) if dispute else Slice().entries()
    found = found.on_the_timeline().of_type(*HAPPENINGS)
    return _types(found.begun_since(first).begun_by(last))


def by_type(parts: list[EntryQuerySet]) -> Counter[str]:
    return sum((Counter(dict(_types(part))) for part in parts), Counter())


def _types(found: EntryQuerySet) -> QuerySet:
    """How many there are of each type."""
    return found.order_by().values_list("type").annotate(Count("id"))


def bars(
    slice_: Slice, query: Query, window: Window, rooms: dict[str, float]
) -> dict[str, list[dict[str, Any]]]:
    """Bars for each lane (named with its room in pixels), all to one scale.

    A bar's height grows with the square root of its count: one event in a month must be seen
    beside twenty in another.
    """
    periods = _periods(window, step_of(window, len(rooms)))
    counted = _by_lane(slice_, query, window, list(rooms))
    counts = {lane: _counts(counted[lane], periods) for lane in rooms}
    highest = max((max(of_lane) for of_lane in counts.values()), default=1)
    found = {}
    for lane, room in rooms.items():
        scale = room / sqrt(highest)
        found[lane] = [
            period.place | {"height": round(max(scale * sqrt(n), LEAST_HEIGHT), 1), "count": n}
            for period, n in zip(periods, counts[lane], strict=True)
            if n
        ]
    return found


def _counts(counted: list[Months], periods: list[Period]) -> list[int]:
    """How many begin in each of the periods, which follow one another."""
    bounds = [period.begin for period in periods] + [periods[-1].end + 1]
    sums = [months.before(bounds) for months in counted]
    before = [sum(each) for each in zip(*sums, strict=True)] or [0] * len(bounds)
    return [end - begin for begin, end in pairwise(before)]


def step_of(window: Window, lanes: int) -> int:
    """How many months a bar stands for, so that there are not too many of them."""
    months = (window.last.year - window.first.year + 1) * 12
    most = min(MOST_BARS / max(lanes, 1), MOST_OF_LANE)
    return next((step for step in STEPS if months / step <= most), STEPS[-1])


def _numbers(window: Window) -> tuple[int, int]:
    return number_of(window.first), number_of(window.last)


@lru_cache(WINDOWS)
def _periods(window: Window, step: int) -> list[Period]:
    """The window in parts of so many months."""
    first, last = _numbers(window)
    spans = ((b, b + step - 1) for b in range(first // step * step, last + 1, step))
    clipped = ((max(begin, first), min(end, last)) for begin, end in spans)
    return [Period(begin, end, _place(begin, end, step, window)) for begin, end in clipped]


def _place(begin: int, end: int, step: int, window: Window) -> dict[str, Any]:
    """Where a period stands, and how it (EDTF) and its ends are written."""
    first, last = first_of(begin), month_end(first_of(end))
    x, right = round(window.clip(first)), round(window.clip(last + DAY))
    written = _spelt(first, last, step)
    ends = (written.partition("/")[0], written.rpartition("/")[2])
    width = max(right - x - 1, LEAST_WIDTH)
    return {"x": x, "width": width, "first": first, "date": written, "ends": ends}


def _spelt(first: date, last: date, step: int) -> str:
    """Whole years as years, other periods by their months."""
    length = 4 if step % 12 == 0 and (first.month, last.month) == (1, 12) else 7
    begin, end = first.isoformat()[:length], last.isoformat()[:length]
    return begin if begin == end else f"{begin}/{end}"


def _by_lane(
    slice_: Slice, query: Query, window: Window, lanes: list[str]
) -> dict[str, list[Months]]:
    """Counts of each lane: the summary table's, or counted where more is asked."""
    names = {lane: [(lane, t) for t in HAPPENINGS] for lane in lanes}
    if "summits" in names:
        names["summits"] = [("", "summit")]
    known = by_name(slice_) if plain(query) else _counted(query, window)
    return {lane: [known[name] for name in names[lane] if name in known] for lane in lanes}


def _counted(query: Query, window: Window) -> dict[tuple[str, str], Months]:
    """The same of the entries that a query finds: those of disputes, and the summits."""
    entries = query.entries().of_type(*HAPPENINGS).begun_by(window.last)
    entries = entries.filter(starts_on__gte=window.first)
    terms = Term.objects.filter(name="dispute", entry__in=entries)
    of_disputes = (
        terms.annotate(month=TruncMonth("starts_on"), type=F("entry__type"))
        .values_list("value", "type", "month")
        .annotate(Count("id"))
    )
    summits = (
        entries.of_type("summit")
        .order_by()
        .annotate(dispute=Value(""), month=TruncMonth("starts_on"))
        .values_list("dispute", "type", "month")
        .annotate(Count("id"))
    )
    found = defaultdict(list)
    for dispute, type_, month, count in (*of_disputes, *summits):
        found[dispute, type_].append((number_of(month), count))
    return {name: Months.of(sorted(counts)) for name, counts in found.items()}
