"""How disputes stand, and stood: read from the record, at any instant and for any day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import zip_longest

from django.conf import settings
from django.db.models import Exists, OuterRef, Subquery

from timeline import facts, few
from timeline.models import Entry, Term
from timeline.slices import Slice


@dataclass(frozen=True)
class Segment:
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
    for key, entry in _last_happenings(slice_, list(by_key)).items():
        by_key[key].last = entry
    return found


def _last_happenings(slice_: Slice, disputes: list[str]) -> dict[str, Entry]:
    """The newest event or summit of each dispute, in two queries however many there are.

    Each is the last of its dispute in the terms' index, which is read from its end.
    """
    happened = slice_.entries("event", "summit").begun_by(slice_.day)
    latest = (
        Term.objects.filter(name="dispute", value=OuterRef("key"))
        .filter(Exists(happened.filter(pk=OuterRef("entry_id"))), starts_on__lte=slice_.day)
        .order_by("-starts_on", "-entry__key", "-entry__type")
    )
    found = slice_.entries("dispute").filter(key__in=disputes)
    ids = dict(found.values_list("key", Subquery(latest.values("entry_id")[:1])))
    entries = Entry.objects.in_bulk([pk for pk in ids.values() if pk])
    return {key: entries[pk] for key, pk in ids.items() if pk}


def history(slice_: Slice, dispute: str) -> list[Entry]:
    """A dispute's assessments up to the slice's day, oldest first."""
    found = few.found(slice_, "status", "dispute", dispute)
    return [entry for entry in found if entry.starts_on and entry.starts_on <= slice_.day]


def strip(entries: Iterable[Entry], first: date, last: date) -> list[Segment]:
    """States that each hold until the next, as parts of the span between two days."""
    entries = list(entries)
    length = max((last - first).days, 1)
    ends = (entry.starts_on for entry in entries[1:])
    segments = []
    for entry, until in zip_longest(entries, ends, fillvalue=last):
        start, end = max(entry.starts_on, first), min(until, last)
        if end > start:
            segments.append(
                Segment(
                    entry,
                    round(100 * (start - first).days / length, 3),
                    round(100 * (end - start).days / length, 3),
                )
            )
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
