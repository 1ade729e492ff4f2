"""Counts by month, or by years, where there are too many happenings to draw each one."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from math import sqrt
from typing import Any

from django.db.models import Count, F, Value
from django.db.models.functions import TruncMonth

from timeline import facts
from timeline.entries import EntryQuerySet
from timeline.models import MonthCount, Term
from timeline.queries import Query
from timeline.slices import Slice

from .scale import Window, month_end

HAPPENINGS = ("event", "summit")
Row = tuple[str, str, date, int]  # dispute, type, first day of a month, number
LEAST_HEIGHT, LEAST_WIDTH = 4, 2  # pixels of a bar
MOST_BARS, MOST_OF_LANE = 480, 130  # bars; then one stands for more than a month
STEPS = (1, 3, 12, 60, 120)  # months
DAY = timedelta(days=1)


def plain(query: Query) -> bool:
    """Whether nothing but disputes and dates is asked: then the summary table knows the counts."""
    return not (query.as_of or query.q or query.chosen_types or set(query.filters) - {"dispute"})


def totals(
    slice_: Slice, query: Query, window: Window, inside: list[EntryQuerySet], most: int
) -> dict[str, int]:
    """How many events and summits lie in the window: where they are many, how many begin in it,
    from the summary table.
    """
    disputes = query.filters.get("dispute", ())
    if plain(query) and len(disputes) < 2:
        found: Counter[str] = Counter()
        for _dispute, type_, _month, count in _summed(slice_, window, ["".join(disputes)]):
            found[type_] += count
        if found.total() > most:
            found.subtract(_by_type(_outside(query, window)))
        if found.total() > most:
            return dict(found)
    return dict(_by_type(inside))


def _outside(query: Query, window: Window) -> list[EntryQuerySet]:
    """What begins in the window's first and last month, but not in the window."""
    found = replace(query, first=None, last=None).entries().of_type(*HAPPENINGS)
    before = found.begun_since(window.first.replace(day=1)).begun_by(window.first - DAY)
    after = found.begun_since(window.last + DAY).begun_by(month_end(window.last))
    return [before, after]


def _by_type(parts: list[EntryQuerySet]) -> Counter[str]:
    counted = (part.order_by().values_list("type").annotate(Count("id")) for part in parts)
    return sum((Counter(dict(rows)) for rows in counted), Counter())


def bars(
    slice_: Slice, query: Query, window: Window, rooms: dict[str, tuple[float, float]]
) -> dict[str, list[dict[str, Any]]]:
    """Bars for each lane (named with its foot and its room in pixels), all to one scale.

    A bar's height grows with the square root of its count: one event in a month must be seen
    beside twenty in another.
    """
    step = step_of(window, len(rooms))
    counted = _by_period(_by_month(slice_, query, window, list(rooms)), step)
    highest = max((n for rows in counted.values() for n in rows.values()), default=1)
    places = {m: _place(m, step, window) for m in sorted(set().union(*counted.values()))}
    found: dict[str, list[dict[str, Any]]] = {}
    for lane, (foot, room) in rooms.items():
        counts = sorted(counted[lane].items())
        heights = (max(room * sqrt(n / highest), LEAST_HEIGHT) for _month, n in counts)
        found[lane] = [
            {**places[m], "y": round(foot - h, 1), "height": round(h, 1), "count": n}
            for (m, n), h in zip(counts, heights, strict=True)
        ]
    return found


def step_of(window: Window, lanes: int) -> int:
    """How many months a bar stands for, so that there are not too many of them."""
    months = (window.last.year - window.first.year + 1) * 12
    most = min(MOST_BARS / max(lanes, 1), MOST_OF_LANE)
    return next((step for step in STEPS if months / step <= most), STEPS[-1])


def _place(month: date, step: int, window: Window) -> dict[str, Any]:
    """Where a period that begins in a month stands in all lanes."""
    first, last, written = _period(month, step, window)
    x, end = window.clip(first), window.clip(last + timedelta(days=1))
    width = max(round(end - x - 0.5, 1), LEAST_WIDTH)
    return {"x": x, "width": width, "first": first, "last": last, "date": written}


def _by_period(counted: dict[str, dict[date, int]], step: int) -> dict[str, dict[date, int]]:
    """The same for periods of so many months, each under its first one."""
    if step == 1:
        return counted
    found: dict[str, dict[date, int]] = {}
    for lane, months in counted.items():
        sums = found[lane] = Counter()
        for month, count in months.items():
            sums[_begin(month, step)] += count
    return found


@lru_cache(10_000)
def _begin(month: date, step: int) -> date:
    number = (month.year * 12 + month.month - 1) // step * step
    return date(max(number // 12, 1), number % 12 + 1, 1)


def _period(first: date, step: int, window: Window) -> tuple[date, date, str]:
    """First and last day of a period, as far as it is counted, and as it is written (EDTF)."""
    number = first.year * 12 + first.month - 1 + step - 1
    end = month_end(date(number // 12, number % 12 + 1, 1))
    first, last = max(first, window.first.replace(day=1)), min(end, month_end(window.last))
    if step == 12 and (first.month, last.month) == (1, 12):
        return first, last, first.isoformat()[:4]
    months = first.isoformat()[:7], last.isoformat()[:7]
    return first, last, months[0] if months[0] == months[1] else "/".join(months)


def _by_month(
    slice_: Slice, query: Query, window: Window, lanes: list[str]
) -> dict[str, dict[date, int]]:
    """Counts by lane and month: the summary table's, or counted where more is asked."""
    rows = _summed(slice_, window, lanes) if plain(query) else _counted(query, window)
    found: dict[str, dict[date, int]] = {key: {} for key in lanes}
    for dispute, type_, month, count in rows:
        lane = "summits" if type_ == "summit" and dispute == "" else dispute
        if lane in found:
            found[lane][month] = found[lane].get(month, 0) + count
    return found


def _summed(slice_: Slice, window: Window, disputes: list[str]) -> Iterator[Row]:
    """The summary table's, of some disputes, and ("summits") of all summits."""
    summed = _months(slice_)
    for dispute in disputes:
        asked = [("", "summit")] if dispute == "summits" else [(dispute, t) for t in HAPPENINGS]
        for name in asked:
            rows = summed.get(name, [])
            start = bisect_left(rows, window.first.replace(day=1), key=_month_of)
            yield from rows[start : bisect_right(rows, window.last, key=_month_of)]


@facts.once
def _months(slice_: Slice) -> dict[tuple[str, str], list[Row]]:
    """All happenings by dispute and type: some thousand rows, however large the record is."""
    found = defaultdict(list)
    rows = MonthCount.objects.filter(type__in=HAPPENINGS, count__gt=0).order_by("month")
    for row in rows.values_list("dispute", "type", "month", "count"):
        found[row[:2]].append(row)
    return dict(found)


def _month_of(row: Row) -> date:
    return row[2]


def _counted(query: Query, window: Window) -> list[Row]:
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
    return [*of_disputes, *summits]
