"""One page of lines, newest first, over all sources; the next begins where it ends."""

import heapq
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from django.db.models import Q

from .sources import SOURCES, Line, Source

ROWS = 100  # lines on a page
CURSOR = re.compile(r"(\d{1,20})\.(\d)\.(\d{1,18})", re.ASCII)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LAST = 253_402_300_799_999_999  # microseconds: the end of the year 9999


@dataclass(frozen=True)
class Place:
    """Where a line stands: its instant and, among lines of one instant, its source and row."""

    at: datetime
    source: int
    row: int

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)}.{self.source}.{self.row}"

    @property
    def order(self) -> tuple:
        return EPOCH - self.at, self.source, -self.row


def place(text: str) -> Place | None:
    """Of what `str` gave; None for anything else."""
    found = CURSOR.fullmatch(text)
    if not found or int(found[1]) > LAST:
        return None
    return Place(EPOCH + timedelta(microseconds=int(found[1])), int(found[2]), int(found[3]))


def lines(
    kind: str = "", person: str = "", day: date | None = None, after: Place | None = None
) -> tuple[list[Line], Place | None]:
    """At most ROWS lines, and the place of the last where there are more. One query a source."""
    runs = [
        _run(number, source, kind, person, day, after)
        for number, source in enumerate(SOURCES)
        if not kind or kind in source.kinds
    ]
    merged = heapq.merge(*runs, key=lambda found: found[0].order)
    page = list(islice(merged, ROWS + 1))
    more = page[ROWS - 1][0] if len(page) > ROWS else None
    return [line for _place, line in page[:ROWS]], more


def _run(
    number: int, source: Source, kind: str, person: str, day: date | None, after: Place | None
) -> list[tuple[Place, Line]]:
    wanted = Q()
    for condition in [source.kinds[kind]] if kind else source.kinds.values():
        wanted |= condition
    if person:
        wanted &= source.by(person)
    if day:
        begins = datetime.combine(day, time(), UTC)
        within = {f"{source.at}__gte": begins, f"{source.at}__lt": begins + timedelta(days=1)}
        wanted &= Q(**within)
    if after:
        wanted &= _beyond(number, source, after)
    rows = source.rows().filter(wanted).order_by(f"-{source.at}", "-pk")[: ROWS + 1]
    return [(Place(getattr(row, source.at), number, row.pk), source.line(row)) for row in rows]


def _beyond(number: int, source: Source, after: Place) -> Q:
    """What stands below that place on the page."""
    same = Q(**{source.at: after.at})
    if number == after.source:
        same &= Q(pk__lt=after.row)
    earlier = Q(**{f"{source.at}__lt": after.at})
    return earlier | same if number >= after.source else earlier
