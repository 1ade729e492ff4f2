"""Dates as EDTF (ISO 8601-2:2019, the Extended Date/Time Format): how sure, how exact, when.

Accepted: level 0 dates and intervals; `?` uncertain, `~` approximate, `%` both, at the end of a
date; `X` for digits that are not known; open (`..`) and unknown (empty) ends of an interval. A
closed grammar of our own: the `edtf` library needs over ten seconds for some 15 KB strings and
raises whatever comes up.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

MAX_LENGTH = 64
REMEMBERED = 20_000  # texts; a page spells the same dates again and again
_ALLOWED = re.compile(r"[0-9X?~%/.\-]+\Z")
_DATE = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d\dXX)(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?(?P<mark>[?~%])?\Z"
)


class EDTFError(ValueError):
    """The text is no date that we accept; the message says so to the person who typed it."""


@dataclass(frozen=True)
class Point:
    """One date as written: a day, a month, a year, a decade or a century."""

    text: str
    earliest: date
    latest: date
    precision: str  # day, month, year, decade, century
    mark: str = ""  # ?, ~ or %


@dataclass(frozen=True)
class Date:
    """An EDTF statement and its bounds, both inclusive; None is an open or unknown end."""

    text: str
    earliest: date | None
    latest: date | None
    precision: str  # that of a point, or interval
    approximate: bool
    uncertain: bool
    start: Point | None  # of an interval; of a single date the date itself
    end: Point | None


def parse(text: str) -> Date:
    """The date that an EDTF string states. EDTFError for anything else, and at once."""
    if not isinstance(text, str) or len(text) > MAX_LENGTH or not _ALLOWED.match(text):
        raise _refusal(text)
    return _parsed(text)


@lru_cache(REMEMBERED)
def _parsed(text: str) -> Date:
    sides = text.split("/")
    if len(sides) == 1:
        point = _point(text, text)
        return _date(text, point.precision, point, point)
    if len(sides) != 2 or all(side in ("", "..") for side in sides):
        raise _refusal(text)
    start, end = (None if side in ("", "..") else _point(side, text) for side in sides)
    if start and end and start.earliest > end.latest:
        raise EDTFError(_("The interval “%(text)s” ends before it begins.") % {"text": text})
    return _date(text, "interval", start, end)


def bounds(text: str) -> tuple[date | None, date | None]:
    """The first and the last day that an EDTF string may mean; None where it is open or unknown."""
    parsed = parse(text)
    return parsed.earliest, parsed.latest


def is_valid(text: str) -> bool:
    try:
        parse(text)
    except EDTFError:
        return False
    return True


def precedes(effect: str, cause: str) -> bool:
    """Whether the effect lies wholly before the cause: its last day before the cause's first."""
    last, first = bounds(effect)[1], bounds(cause)[0]
    return last is not None and first is not None and last < first


def _date(text: str, precision: str, start: Point | None, end: Point | None) -> Date:
    marks = {point.mark for point in (start, end) if point}
    return Date(
        text=text,
        earliest=start.earliest if start else None,
        latest=end.latest if end else None,
        precision=precision,
        approximate=bool(marks & {"~", "%"}),
        uncertain=bool(marks & {"?", "%"}),
        start=start,
        end=end,
    )


def _point(side: str, text: str) -> Point:
    match = _DATE.match(side)
    if not match or match["year"] == "0000":
        raise _refusal(text)
    year, month, day, mark = match["year"], match["month"], match["day"], match["mark"] or ""
    if "X" in year:
        if month:
            raise _refusal(text)
        first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
        precision = "decade" if year[2] != "X" else "century"
        return Point(side, date(max(first, 1), 1, 1), date(last, 12, 31), precision, mark)
    if month in (None, "XX"):
        if day not in (None, "XX"):
            raise _refusal(text)
        return Point(side, date(int(year), 1, 1), date(int(year), 12, 31), "year", mark)
    if not 1 <= int(month) <= 12:
        raise _refusal(text)
    length = calendar.monthrange(int(year), int(month))[1]
    if day in (None, "XX"):
        first, last = (date(int(year), int(month), d) for d in (1, length))
        return Point(side, first, last, "month", mark)
    if not 1 <= int(day) <= length:
        raise _refusal(text)
    that = date(int(year), int(month), int(day))
    return Point(side, that, that, "day", mark)


def _refusal(text: object) -> EDTFError:
    shown = text if isinstance(text, str) and len(text) <= MAX_LENGTH else str(text)[:20] + "…"
    return EDTFError(
        _(
            "“%(text)s” is no date that the tracker reads. Write 2019-07-01, 2019-07 or 2019; "
            "with ~ for about and ? for perhaps (2019-07~); X for unknown digits (201X); "
            "an interval as 2019-07-01/2019-08-22, open as 2019-07-01/.. ."
        )
        % {"text": shown}
    )
