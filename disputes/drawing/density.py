"""Counts by month, where there are too many happenings to draw each one."""

from datetime import date, timedelta
from math import sqrt
from typing import Any

from django.db.models import Count, F, Sum, Value
from django.db.models.functions import TruncMonth

from timeline.models import MonthCount, Term
from timeline.queries import Query

from .scale import Window, month_end

HAPPENINGS = ("event", "summit")
LEAST_HEIGHT, LEAST_WIDTH = 4, 2  # pixels of a bar


def plain(query: Query) -> bool:
    """Whether nothing but disputes and dates is asked: then the summary table knows the counts."""
    return not (query.as_of or query.q or query.chosen_types or set(query.filters) - {"dispute"})


def totals(query: Query, window: Window, inside: Any, most: int) -> dict[str, int]:
    """How many events and summits lie in the window: from the summary table where it knows."""
    if plain(query) and not query.filters:
        rows = MonthCount.objects.filter(dispute="", type__in=HAPPENINGS)
        rows = rows.filter(month__gte=window.first.replace(day=1), month__lte=window.last)
        found = dict(rows.values_list("type").annotate(Sum("count")))
        if sum(found.values()) > most:
            return found
    return dict(inside.order_by().values_list("type").annotate(Count("id")))


def bars(
    query: Query, window: Window, rooms: dict[str, tuple[float, float]]
) -> dict[str, list[dict[str, Any]]]:
    """Bars for each lane (named with its foot and its room in pixels), all to one scale.

    A bar's height grows with the square root of its count: one event in a month must be seen
    beside twenty in another.
    """
    counted = _by_month(query, window, list(rooms))
    highest = max((n for rows in counted.values() for n in rows.values()), default=1)
    return {
        lane: [
            _bar(month, count, window, foot, max(room * sqrt(count / highest), LEAST_HEIGHT))
            for month, count in sorted(counted[lane].items())
        ]
        for lane, (foot, room) in rooms.items()
    }


def _bar(month: date, count: int, window: Window, foot: float, height: float) -> dict[str, Any]:
    x, end = window.clip(month), window.clip(month_end(month) + timedelta(days=1))
    return {
        "x": x,
        "width": max(round(end - x - 0.5, 1), LEAST_WIDTH),
        "y": round(foot - height, 1),
        "height": round(height, 1),
        "month": month,
        "last": month_end(month),
        "count": count,
    }


def _by_month(query: Query, window: Window, lanes: list[str]) -> dict[str, dict[date, int]]:
    """Counts by lane and month: the summary table's, or counted where more is asked."""
    rows = _summed(window) if plain(query) else _counted(query, window)
    found: dict[str, dict[date, int]] = {key: {} for key in lanes}
    for dispute, type_, month, count in rows:
        lane = "summits" if type_ == "summit" and dispute == "" else dispute
        if lane in found:
            found[lane][month] = found[lane].get(month, 0) + count
    return found


def _summed(window: Window) -> Any:
    rows = MonthCount.objects.filter(type__in=HAPPENINGS, count__gt=0)
    rows = rows.filter(month__gte=window.first.replace(day=1), month__lte=window.last)
    return rows.values_list("dispute", "type", "month", "count")


def _counted(query: Query, window: Window) -> Any:
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
