"""What comes up: dated happenings ahead, anniversaries of agreements, reviews of assessments."""

from calendar import isleap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from timeline import compiled, edtf, facts, few
from timeline.entries import EntryQuerySet
from timeline.models import Entry
from timeline.slices import Slice

from .statuses import review_due

TOMORROW = timedelta(days=1)
HORIZON = 366  # days ahead
NEXT, KNOWN = 20, 100  # happenings ahead: that are told of one dispute; that are kept
AGED = 10  # years from which on an anniversary of an agreement is told
REVIEW, ANNIVERSARY, HAPPENING = "review", "anniversary", "happening"


@dataclass(frozen=True)
class Ahead:
    """A day to come, and what of. `years`: of an anniversary."""

    day: date
    kind: str
    entry: Entry
    years: int = 0

    @property
    def date(self) -> str:
        """As exact as it is known (EDTF)."""
        return self.entry.data["date"] if self.kind == HAPPENING else self.day.isoformat()


def ahead(slice_: Slice, statuses: Iterable[Entry], dispute: str = "") -> list[Ahead]:
    """What comes up within a year, the nearest first; of one dispute, when its key is given."""
    today = slice_.day
    if dispute:
        agreements = few.found(slice_, "agreement", "dispute", dispute)
    else:
        agreements = few.all_of(slice_, "agreement")
    found = [Ahead(e.starts_on, HAPPENING, e) for e in _happenings(slice_, dispute)]
    found += anniversaries(agreements, today)
    found += [Ahead(review_due(entry), REVIEW, entry) for entry in statuses]
    soon = [a for a in found if today < a.day <= today + timedelta(days=HORIZON)]
    return sorted(soon, key=lambda a: (a.day, a.kind, a.entry.key))


def _happenings(slice_: Slice, dispute: str) -> list[Entry]:
    """The next events and summits; of one dispute, when its key is given."""
    if (known := coming(slice_)) is None:
        happenings = _dated_since(slice_, slice_.day + TOMORROW)
        return list((happenings.with_term("dispute", dispute) if dispute else happenings)[:NEXT])
    return [e for e in known if not dispute or dispute in e.data["disputes"]][:NEXT]


@facts.once
def coming(slice_: Slice) -> list[Entry] | None:
    """All events and summits ahead, of all disputes; None where there are very many."""
    first = slice_.day + TOMORROW
    found = list(_known(first, slice_)) if slice_.as_of else compiled.of_shape(_known, first)
    return found if len(found) <= KNOWN else None


def _known(first: date, slice_: Slice | None = None) -> EntryQuerySet:
    return _dated_since(slice_ or Slice(), first)[: KNOWN + 1]


def _dated_since(slice_: Slice, first: date) -> EntryQuerySet:
    return slice_.entries("event", "summit").within(first, None).oldest_first()


def anniversaries(agreements: Iterable[Entry], today: date) -> list[Ahead]:
    """The next anniversary of each old enough agreement whose day is known; one for each day."""
    found: dict[date, Ahead] = {}
    for entry in agreements:
        if edtf.parse(entry.data["date"]).precision != "day":
            continue
        day = _next(entry.starts_on, today)
        years = day.year - entry.starts_on.year
        if years >= AGED:
            found.setdefault(entry.starts_on, Ahead(day, ANNIVERSARY, entry, years))
    return list(found.values())


def _next(day: date, today: date) -> date:
    """The first return of a day after today; of 29 February on the 28th where there is none."""
    again = _returned(day, today.year)
    return again if again > today else _returned(day, today.year + 1)


def _returned(day: date, year: int) -> date:
    missing = (day.month, day.day) == (2, 29) and not isleap(year)
    return date(year, 2, 28) if missing else day.replace(year=year)
