"""How disputes stand, and stood: read from the record, at any instant and for any day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from timeline import compiled, facts, few
from timeline.models import Entry, Term
from timeline.slices import Slice


class Segment(NamedTuple):
    """One status in a strip: where it begins and how wide it is, in percent of the strip."""

    entry: Entry
    x: float
    width: float

    @property
    def state(self) -> str:
        """The code that it shows: the entry's field that is named like its type."""
        return self.entry.data[self.entry.type]


@dataclass
class Standing:
    """A dispute with its assessments up to a day, the newest of which holds."""

    dispute: Entry
    history: list[Entry] = field(default_factory=list)
    last: Entry | None = None  # its newest event or summit

    @property
    def status(self) -> Entry | None:
        return self.history[-1] if self.history else None


@facts.once
def standings(slice_: Slice) -> list[Standing]:
    """All disputes in their order, as they stand on the slice's day."""
    found = [Standing(dispute) for dispute in few.all_of(slice_, "dispute")]
    found.sort(key=lambda s: (s.dispute.data["position"], s.dispute.key))
    by_key = {s.dispute.key: s for s in found}
    for entry in few.all_of(slice_, "status"):
        if entry.series in by_key and entry.starts_on and entry.starts_on <= slice_.day:
            by_key[entry.series].history.append(entry)
    for key, entry in _last_happenings(slice_).items():
        if key in by_key:
            by_key[key].last = entry
    return found


def _last_happenings(slice_: Slice) -> dict[str, Entry]:
    """The newest event or summit of each dispute, in two queries however many there are."""
    if slice_.as_of:
        numbers = {key: number for key, number in _latest(slice_.day, slice_) if number}
        entries = Entry.objects.in_bulk([*numbers.values()])
    else:
        found = compiled.rows_of_shape(_latest, slice_.day)
        numbers = {key: number for key, number in found if number}
        entries = {entry.id: entry for entry in compiled.numbered([*numbers.values()])}
    return {key: entries[number] for key, number in numbers.items()}


def _latest(day: date, slice_: Slice | None = None) -> QuerySet[Entry]:
    """Each dispute's key, and the number of its newest event or summit.

    That is the last of the dispute in the terms' index, which is read from its end.
    """
    slice_ = slice_ or Slice()
    happened = slice_.entries("event", "summit").begun_by(day)
    latest = (
        Term.objects.filter(name="dispute", value=OuterRef("key"))
        .filter(Exists(happened.filter(pk=OuterRef("entry_id"))), starts_on__lte=day)
        .order_by("-starts_on", "-entry__key", "-entry__type")
    )
    found = slice_.entries("dispute").annotate(last=Subquery(latest.values("entry_id")[:1]))
    return found.values_list("key", "last")


def history(slice_: Slice, dispute: str) -> list[Entry]:
    """A dispute's assessments up to the slice's day, oldest first."""
    found = few.found(slice_, "status", "dispute", dispute)
    return [entry for entry in found if entry.starts_on and entry.starts_on <= slice_.day]


def strip(entries: Iterable[Entry], first: date, last: date) -> list[Segment]:
    """States that each hold until the next, as parts of the span between two days."""
    entries = list(entries)
    first_day, last_day = first.toordinal(), last.toordinal()
    percent = 100 / max(last_day - first_day, 1)
    starts = [entry.starts_on.toordinal() for entry in entries]
    segments = []
    for entry, start, end in zip(entries, starts, [*starts[1:], last_day], strict=False):
        if end > first_day and start < last_day and end > start:
            start, end = max(start, first_day) - first_day, min(end, last_day) - first_day
            x, width = round(percent * start, 3), round(percent * (end - start), 3)
            segments.append(Segment(entry, x, width))
    return segments


def years(first: date, last: date, step: int = 5) -> list[tuple[int, float]]:
    """The years to mark under a strip, with their place in percent."""
    length = max((last - first).days, 1)
    marked = range(-(-first.year // step) * step, last.year + 1, step)
    return [
        (year, round(100 * (date(year, 1, 1) - first).days / length, 3))
        for year in marked
        if date(year, 1, 1) >= first
    ]


def review_due(entry: Entry) -> date:
    """The day on which an assessment is to be looked at again."""
    if entry.data["review_on"]:
        return date.fromisoformat(entry.data["review_on"])
    return entry.recorded_at.date() + timedelta(days=settings.REVIEW_INTERVAL_DAYS)


def by_series(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """States by what they are states of, in the order in which they come."""
    found = defaultdict(list)
    for entry in entries:
        found[entry.series].append(entry)
    return dict(found)
