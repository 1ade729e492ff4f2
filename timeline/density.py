"""How many entries begin in each month, kept beside the ledger: a million are never counted."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import F

from .documents import values_at
from .models import Entry, MonthCount

Slot = tuple[str, str, date]  # dispute ("" for all), type, first day of the month


def slots(entry: Entry) -> Iterable[Slot]:
    """Where an entry is counted: once in all, once in each of its disputes."""
    if not (entry.on_timeline and entry.starts_on):
        return
    month = entry.starts_on.replace(day=1)
    for dispute in ("", *sorted(set(values_at(entry.data, "disputes[]")))):
        yield dispute, entry.type, month


def move(closed: Iterable[Entry], added: Iterable[Entry]) -> None:
    """Count the added entries and stop counting the closed ones, in the caller's transaction."""
    delta = Counter(slot for entry in added for slot in slots(entry))
    delta.subtract(slot for entry in closed for slot in slots(entry))
    for (dispute, type_, month), change in delta.items():
        if not change:
            continue
        where = {"dispute": dispute, "type": type_, "month": month}
        if not MonthCount.objects.filter(**where).update(count=F("count") + change):
            MonthCount.objects.create(**where, count=change)


def recount(entries: Iterable[Entry]) -> Counter:
    """The counts as they should be, from the entries themselves."""
    return Counter(slot for entry in entries for slot in slots(entry))
