"""The summit clock: how long since the last bilateral visit, and the longest times without one."""

from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from timeline import edtf, facts, few
from timeline.models import Entry
from timeline.slices import Slice

VISIT = "bilateral_visit"
LONGEST = 5  # gaps that are told


@dataclass(frozen=True)
class Gap:
    """The time between two visits; `until` is None while it lasts."""

    since: Entry
    until: Entry | None
    start: date
    end: date

    @property
    def days(self) -> int:
        """Days from the end of the one to the beginning of the other."""
        return (self.end - self.start).days

    @property
    def start_date(self) -> str:
        """The end of the first visit, no more exact than it is known (EDTF)."""
        return edtf.parse(self.since.data["date"]).end.text

    @property
    def end_date(self) -> str:
        """The beginning of the second visit (EDTF); a day while the gap lasts."""
        if self.until is None:
            return self.end.isoformat()
        return edtf.parse(self.until.data["date"]).start.text

    @property
    def exact(self) -> bool:
        """Whether both days are known; otherwise the gap is at least so long."""
        ends = (edtf.parse(text) for text in (self.start_date, self.end_date))
        return all(date.precision == "day" and not date.start.mark for date in ends)


@dataclass(frozen=True)
class Clock:
    """All gaps between bilateral visits up to a day."""

    at: date
    visits: list[Entry]
    gaps: list[Gap]  # in order of time; the last one lasts

    @property
    def running(self) -> Gap | None:
        """Since the last visit; None before the first."""
        return self.gaps[-1] if self.gaps else None

    @property
    def longest(self) -> list[Gap]:
        return sorted(self.gaps, key=lambda gap: (-gap.days, gap.start))[:LONGEST]


@facts.once
def clock(slice_: Slice, at: date | None = None) -> Clock:
    """The clock on a day (default: the slice's), from the summits in the record.

    A gap runs from the last day that a visit may have had to the first day of the next one.
    """
    at = at or slice_.day
    met = [summit for summit in few.all_of(slice_, "summit") if summit.data["setting"] == VISIT]
    visits = [visit for visit in met if visit.starts_on and visit.starts_on <= at]
    gaps = []
    for visit, after in zip_longest(visits, visits[1:]):
        start = min(visit.ends_on or visit.starts_on, at)
        end = after.starts_on if after else at
        gaps.append(Gap(visit, after, start, max(start, end)))
    return Clock(at, visits, gaps)
