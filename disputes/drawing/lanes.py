"""The whole picture: bands of governments, summits, a lane for each dispute, links between them."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Count, F, Sum, Value
from django.db.models.functions import TruncMonth
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from timeline.models import Entry, MonthCount, Term
from timeline.queries import Query
from timeline.slices import Slice

from .. import statuses
from .marks import ROW_HEIGHT, Mark, place
from .scale import Window, asked, month_end

MOST_MARKS = 400  # in a window; more are drawn as counts by month
AXIS, BAND, LANE, SUMMITS = 22, 18, 62, 30  # heights in pixels
EDGE = 7  # of a lane's foot, where the status stands in full colour
FIRST_ROW = 20  # from a lane's top to its first row of marks
HAPPENINGS = ("event", "summit")


@dataclass
class Lane:
    """One dispute (or, without a key, what belongs to none), and what stands in it."""

    key: str
    title: Any  # three languages, or a word
    top: float
    height: float
    url: str = ""
    bands: list[dict[str, Any]] = field(default_factory=list)  # status: x, width, entry
    marks: list[Mark] = field(default_factory=list)
    bars: list[dict[str, Any]] = field(default_factory=list)  # counts by month

    @property
    def bottom(self) -> float:
        return self.top + self.height


@dataclass
class Drawing:
    window: Window
    today: date
    lanes: list[Lane]
    governments: list[dict[str, Any]]
    links: list[dict[str, Any]]
    joins: list[dict[str, Any]]
    counts: dict[str, int]  # of the window, by type
    dense: bool  # counts by month instead of marks

    shapes = (
        ("law", _("ruling, lawsuit, filing, law")),
        ("word", _("statement, talks, visit, agreement")),
        ("act", _("measure, discharge, inscription")),
        ("street", _("protest, incident")),
        ("calendar", _("election, anniversary")),
        ("visit", _("summit: bilateral visit")),
        ("meeting", _("summit: other meeting or call")),
    )

    @property
    def height(self) -> float:
        return self.lanes[-1].bottom + AXIS if self.lanes else AXIS * 3

    @property
    def today_x(self) -> float | None:
        return self.window.x(self.today) if self.window.holds(self.today, self.today) else None


def draw(slice_: Slice, query: Query, most: int = MOST_MARKS) -> Drawing:
    """What a query asks for, in its window of time: marks, or counts where there are too many."""
    window = asked(query.first, query.last, slice_.day, earliest(slice_))
    inside = _happenings(query, window)
    counts = _counts(query, window, inside, most)
    dense = sum(counts.values()) > most
    lanes = _lanes(slice_, query, window)
    if dense:  # what belongs to no dispute is not counted apart
        lanes = [lane for lane in lanes if lane.key]
        _fill_bars(lanes, query, window)
        marks: list[Mark] = []
    else:
        marks = _fill_marks(lanes, list(inside.oldest_first()), window)
    return Drawing(
        window=window,
        today=slice_.day,
        lanes=lanes,
        governments=_governments(slice_, window),
        links=_links(marks),
        joins=_joins(marks),
        counts=counts,
        dense=dense,
    )


def earliest(slice_: Slice) -> date:
    """The day on which the record's first happening begins."""
    first = slice_.entries(*HAPPENINGS).dated().oldest_first().first()
    return first.starts_on if first else slice_.day - timedelta(days=3650)


def _happenings(query: Query, window: Window) -> Any:
    """The events and summits asked for that lie in the window."""
    return query.entries().of_type(*HAPPENINGS).overlapping(window.first, window.last)


def plain(query: Query) -> bool:
    """Whether nothing but disputes and dates is asked: then the summary table knows the counts."""
    return not (query.as_of or query.q or query.chosen_types or set(query.filters) - {"dispute"})


def _counts(query: Query, window: Window, inside: Any, most: int) -> dict[str, int]:
    """How many events and summits lie in the window: from the summary table where it knows."""
    if plain(query) and not query.filters:
        rows = MonthCount.objects.filter(dispute="", type__in=HAPPENINGS)
        rows = rows.filter(month__gte=window.first.replace(day=1), month__lte=window.last)
        found = dict(rows.values_list("type").annotate(Sum("count")))
        if sum(found.values()) > most:
            return found
    return dict(inside.order_by().values_list("type").annotate(Count("id")))


def _lanes(slice_: Slice, query: Query, window: Window) -> list[Lane]:
    chosen = query.filters.get("dispute", ())
    standings = [s for s in statuses.standings(slice_) if not chosen or s.dispute.key in chosen]
    top = AXIS + 2 * BAND + 6.0
    lanes = [Lane("summits", _("Summits"), top, SUMMITS, "/summits/")]
    for standing in standings:
        top = lanes[-1].bottom + 4
        data = standing.dispute.data
        lane = Lane(standing.dispute.key, data["title"], top, LANE, data["url"])
        lane.bands = _status_bands(standing.history, window, slice_.day)
        lanes.append(lane)
    if not chosen:
        lanes.append(Lane("", _("Relations at large"), lanes[-1].bottom + 4, LANE))
    return lanes


def _status_bands(history: list[Entry], window: Window, today: date) -> list[dict[str, Any]]:
    last = min(today, window.last) + timedelta(days=1)
    if last <= window.first:
        return []
    segments = statuses.strip(history, window.first, last)
    scale = window.clip(last) / 100
    return [
        {"x": round(s.x * scale, 1), "width": round(s.width * scale, 1), "part": s}
        for s in segments
    ]


def _governments(slice_: Slice, window: Window) -> list[dict[str, Any]]:
    """The terms of both countries' leaders in the window, a band for each country."""
    bands = []
    for leader in slice_.entries("leader").by_key():
        for term in leader.data["terms"]:
            start = date.fromisoformat(term["start"])
            end = date.fromisoformat(term["end"]) if term["end"] else window.last
            if window.holds(start, end):
                x = window.clip(start)
                row = 0 if leader.data["country"] == "KR" else 1
                width = round(window.clip(end) - x, 1)
                bands.append({"x": x, "width": width, "row": row, "leader": leader, "term": term})
    return sorted(bands, key=lambda band: (band["row"], band["x"]))


def _lanes_of(entry: Entry, lanes: dict[str, Lane]) -> list[Lane]:
    if entry.type == "summit":
        return [lanes["summits"]]
    keys = entry.data["disputes"] or [""]
    return [lanes[key] for key in keys if key in lanes]


def _fill_marks(lanes: list[Lane], entries: list[Entry], window: Window) -> list[Mark]:
    by_key = {lane.key: lane for lane in lanes}
    members: dict[str, list[Entry]] = {lane.key: [] for lane in lanes}
    for entry in entries:
        for lane in _lanes_of(entry, by_key):
            members[lane.key].append(entry)
    language = get_language() or "en"
    for lane in lanes:
        first_row = lane.top + (FIRST_ROW if lane.key != "summits" else ROW_HEIGHT + 2)
        lane.marks = place(members[lane.key], window, first_row, language)
    return [mark for lane in lanes for mark in lane.marks]


def _fill_bars(lanes: list[Lane], query: Query, window: Window) -> None:
    """Bars of the counts by month, all to one scale."""
    counted = _by_month(query, window, [lane.key for lane in lanes])
    highest = max((n for rows in counted.values() for n in rows.values()), default=1)
    for lane in lanes:
        room = lane.height - FIRST_ROW + 4 - EDGE
        for month, count in sorted(counted[lane.key].items()):
            x, end = window.clip(month), window.clip(month_end(month) + timedelta(days=1))
            height = round(max(room * count / highest, 2), 1)
            lane.bars.append(
                {
                    "x": x,
                    "width": max(round(end - x - 0.5, 1), 0.8),
                    "y": round(lane.bottom - EDGE - height, 1),
                    "height": height,
                    "month": month,
                    "count": count,
                }
            )


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


def _links(marks: list[Mark]) -> list[dict[str, Any]]:
    """A curve from each cause to its effect, where both are in the picture."""
    first: dict[str, Mark] = {}
    for mark in marks:
        mark.number = first.setdefault(mark.entry.key, mark).number or len(first)
    curves = []
    for mark in first.values():
        for link in mark.entry.data["links"]:
            cause = first.get((link["event"] or link["summit"])["key"])
            if cause:
                curves.append({"d": _curve(cause, mark), "link": link, "from": cause, "to": mark})
    return curves


def _curve(cause: Mark, effect: Mark) -> str:
    """An SVG path that leaves the cause to the right and comes to the effect from the left."""
    reach = max(abs(effect.x - cause.x) / 2, 14)
    bow = -12 if cause.y == effect.y else 0
    return (
        f"M{cause.x} {cause.y}C{cause.x + reach:.1f} {cause.y + bow} "
        f"{effect.x - reach:.1f} {effect.y + bow} {effect.x} {effect.y}"
    )


def _joins(marks: list[Mark]) -> list[dict[str, Any]]:
    """A line between the marks of an event that stands in several lanes."""
    seen: dict[str, list[Mark]] = {}
    for mark in marks:
        seen.setdefault(mark.entry.key, []).append(mark)
    return [
        {"x1": a.x, "y1": a.y, "x2": b.x, "y2": b.y}
        for same in seen.values()
        for a, b in pairwise(same)
    ]
