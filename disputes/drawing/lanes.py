"""The whole picture: bands of governments, summits, a lane for each dispute, links between them."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import zip_longest
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from timeline import compiled, facts, few
from timeline.entries import EntryQuerySet
from timeline.models import Entry
from timeline.queries import Query
from timeline.slices import Slice

from .. import statuses
from . import curves, density
from .density import HAPPENINGS
from .marks import FIGURES, ROW_HEIGHT, Mark, place
from .scale import Window, asked
from .windows import asking_form

MOST_MARKS = 400  # in a window; more are drawn as counts
AXIS, BAND, LANE, SUMMITS = 22, 18, 62, 48  # heights in pixels
ALONE = 104  # of the lane of a dispute that is drawn alone
FOOT = 6  # of a lane, where the status stands in full colour
EDGE = FOOT + 1  # above which the bars stand
FIRST_LANE = AXIS + 2 * BAND + 6.0  # its top
FIRST_ROW = 20  # from a lane's top to its first row of marks


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
    bars: list[dict[str, Any]] = field(default_factory=list)  # counts

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def foot(self) -> float:
        """Where its bars stand."""
        return self.bottom - EDGE

    @property
    def rows(self) -> int:
        """How many rows of marks it has room for."""
        return int((self.height - FIRST_ROW) // ROW_HEIGHT)


@dataclass
class Drawing:
    query: Query
    window: Window
    today: date
    lanes: list[Lane]
    governments: list[dict[str, Any]]
    links: list[dict[str, Any]]
    joins: list[dict[str, Any]]
    counts: dict[str, int]  # of the window, by type
    dense: bool  # counts instead of marks

    shapes = FIGURES

    @cached_property
    def form(self) -> str:
        """The query string that asks the same of another window."""
        return asking_form(self.query)

    @property
    def height(self) -> float:
        return self.lanes[-1].bottom + AXIS if self.lanes else AXIS * 3

    @property
    def foot(self) -> float:
        """Where a lane's foot begins, as a part of its height."""
        return round(1 - FOOT / max((lane.height for lane in self.lanes), default=LANE), 4)

    @property
    def today_x(self) -> float | None:
        return self.window.x(self.today) if self.window.holds(self.today, self.today) else None


def draw(slice_: Slice, query: Query, most: int = MOST_MARKS) -> Drawing:
    """What a query asks for, in its window of time: marks, or counts where there are too many."""
    window = asked(query.first, query.last, slice_.day, earliest(slice_))
    counts = density.many(slice_, query, window, most)
    inside = happenings(query, window) if counts is None else []
    counts = counts or dict(density.by_type(inside))
    dense = sum(counts.values()) > most
    lanes = _lanes(slice_, query, window, bool(counts.get("summit")))
    if dense:  # what belongs to no dispute is not counted apart
        lanes = [lane for lane in lanes if lane.key]
        _fill_bars(slice_, lanes, query, window)
        marks: list[Mark] = []
    else:
        marks = _fill_marks(lanes, [e for part in inside for e in part.oldest_first()], window)
    return Drawing(
        query=query,
        window=window,
        today=slice_.day,
        lanes=lanes,
        governments=_governments(slice_, window),
        links=curves.links(marks),
        joins=curves.joins(marks),
        counts=counts,
        dense=dense,
    )


@facts.once
def earliest(slice_: Slice) -> date:
    """The day on which the record's first happening begins."""
    found = list(_first(slice_)) if slice_.as_of else compiled.of_shape(_first)
    return found[0].starts_on if found else slice_.day - timedelta(days=3650)


def _first(slice_: Slice | None = None) -> EntryQuerySet:
    found = (slice_ or Slice()).entries(*HAPPENINGS).on_the_timeline().dated()
    return found.oldest_first()[:1]


def happenings(query: Query, window: Window) -> list[EntryQuerySet]:
    """The events and summits asked for that lie in the window, in two parts that follow each other:
    what began before it is found by an index of its own.
    """
    found = query.entries().of_type(*HAPPENINGS).overlapping(window.first, window.last)
    return [found.begun_before(window.first), found.begun_since(window.first)]


def _lanes(slice_: Slice, query: Query, window: Window, meetings: bool) -> list[Lane]:
    """Summits, a lane for each dispute (or for each chosen one), what belongs to none."""
    chosen = query.filters.get("dispute", ())
    standings = [s for s in statuses.standings(slice_) if not chosen or s.dispute.key in chosen]
    lanes = []
    if meetings or not chosen:
        lanes.append(Lane("summits", _("Summits"), FIRST_LANE, SUMMITS, "/summits/"))
    for standing in standings:
        data = standing.dispute.data
        height = ALONE if len(standings) == 1 else LANE
        lane = Lane(standing.dispute.key, data["title"], _below(lanes), height, data["url"])
        lane.bands = _status_bands(standing.history, window, slice_.day)
        lanes.append(lane)
    if not chosen:
        lanes.append(Lane("", _("Relations at large"), _below(lanes), LANE))
    return lanes


def _below(lanes: list[Lane]) -> float:
    return lanes[-1].bottom + 4 if lanes else FIRST_LANE


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
    for leader in _leaders(slice_):
        for term in leader.data["terms"]:
            start = date.fromisoformat(term["start"])
            end = date.fromisoformat(term["end"]) if term["end"] else window.last
            if window.holds(start, end):
                x = window.clip(start)
                row = 0 if leader.data["country"] == "KR" else 1
                width = round(window.clip(end) - x, 1)
                bands.append({"x": x, "width": width, "row": row, "leader": leader, "term": term})
    bands.sort(key=lambda band: (band["row"], band["x"]))
    for band, after in zip_longest(bands, bands[1:]):
        beside = after and after["row"] == band["row"]
        # Who acts for another for some time stands over the term of the other.
        band["room"] = min(band["width"], after["x"] - band["x"]) if beside else band["width"]
    return bands


@facts.once
def _leaders(slice_: Slice) -> list[Entry]:
    return sorted(few.all_of(slice_, "leader"), key=lambda entry: entry.key)


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
        first_row = lane.top + FIRST_ROW
        lane.marks = place(members[lane.key], window, first_row, language, lane.rows)
    return [mark for lane in lanes for mark in lane.marks]


def _fill_bars(slice_: Slice, lanes: list[Lane], query: Query, window: Window) -> None:
    rooms = {lane.key: lane.height - FIRST_ROW + 4 - EDGE for lane in lanes}
    bars = density.bars(slice_, query, window, rooms)
    for lane in lanes:
        lane.bars = bars[lane.key]
