"""How many entries begin in each month, kept beside the ledger: a million are never counted."""

from calendar import monthrange
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date

from django.db import connection

from . import record_types
from .documents import values_at
from .models import Entry

Slot = tuple[str, str, date]  # dispute ("" for all), type, tally or code, first day of the month
COLUMNS = ("dispute", "type", "month", "count")


def slots(entry: Entry) -> Iterable[Slot]:
    """Where an entry counts: once in all, once in each of its disputes; by type, tally and code."""
    if not (entry.on_timeline and entry.starts_on):
        return
    month = entry.starts_on.replace(day=1)
    counted = [entry.type, *_tallies(entry), *_codes(entry)]
    for dispute in ("", *sorted(set(values_at(entry.data, "disputes[]")))):
        for name in counted:
            yield dispute, name, month


def tally(name: str, value: str, by_year: bool = False) -> str:
    """As what those of a term are counted; `by_year`: those known by their year alone."""
    return f"{name}{'~' if by_year else '='}{value}"


def _tallies(entry: Entry) -> list[str]:
    """Each value once. What is known by its year alone is in no month, and counted apart."""
    record_type = record_types.get(entry.type)
    found = {
        (name, str(value))
        for name in record_type.tallied
        for path in record_type.terms[name]
        for value in values_at(entry.data, path)
    }
    by_year = is_year(entry.starts_on, entry.ends_on)
    return [tally(name, value, by_year) for name, value in sorted(found)]


def code(type_: str, name: str, value: str) -> str:
    """As what those of a type are counted that have this code."""
    return f"{type_}:{name}={value}"


def codes_of(
    types: Collection[str], name: str, values: Collection[str] | None = None
) -> tuple[str, ...] | None:
    """As what those of these types are counted that have one of the codes, or any.

    None where one of the types has the filter and is not counted by it.
    """
    having = [t for t in map(record_types.get, types) if name in t.terms]
    if not having or any(name not in t.counted for t in having):
        return None
    return tuple(
        code(t.name, name, value)
        for t in having
        for value in (t.choices[name].values if values is None else values)
        if value
    )


def _codes(entry: Entry) -> Iterable[str]:
    record_type = record_types.get(entry.type)
    for name in record_type.counted:
        found = {str(v) for path in record_type.terms[name] for v in values_at(entry.data, path)}
        yield from (code(entry.type, name, value) for value in sorted(found))


def is_year(first: date, last: date | None) -> bool:
    """Whether a span begins and ends with a year."""
    return (first.month, first.day) == (1, 1) and last == first.replace(month=12, day=31)


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def move(closed: Iterable[Entry], added: Iterable[Entry]) -> None:
    """Count the added entries and stop counting the closed ones, in the caller's transaction."""
    delta = Counter(slot for entry in added for slot in slots(entry))
    delta.subtract(slot for entry in closed for slot in slots(entry))
    delta = Counter({slot: change for slot, change in delta.items() if change})
    rows = [(d, t, month.isoformat(), change) for (d, t, month), change in delta.items()]
    _write(_ADD, [row for row in rows if row[-1] > 0])
    _write(_TAKE, [row for row in rows if row[-1] < 0])


_ADD = {
    "sqlite": "INSERT INTO timeline_monthcount (dispute, type, month, count) "
    "VALUES (%s, %s, %s, %s) ON CONFLICT (dispute, type, month) "
    "DO UPDATE SET count = timeline_monthcount.count + excluded.count",
    "postgresql": "INSERT INTO timeline_monthcount (dispute, type, month, count) "
    "SELECT * FROM unnest(%s::text[], %s::text[], %s::date[], %s::int[]) "
    "ON CONFLICT (dispute, type, month) "
    "DO UPDATE SET count = timeline_monthcount.count + excluded.count",
}
_TAKE = {
    "sqlite": "UPDATE timeline_monthcount SET count = count + change FROM "
    "(SELECT %s AS held_by, %s AS named, %s AS since, %s AS change) "
    "WHERE dispute = held_by AND type = named AND month = since",
    "postgresql": "UPDATE timeline_monthcount SET count = count + change "
    "FROM unnest(%s::text[], %s::text[], %s::date[], %s::int[]) "
    "AS found (held_by, named, since, change) "
    "WHERE dispute = held_by AND type = named AND month = since",
}


def _write(statement: dict[str, str], rows: Collection[tuple[str, str, str, int]]) -> None:
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                statement["postgresql"], [list(column) for column in zip(*rows, strict=True)]
            )
        else:
            cursor.executemany(statement["sqlite"], rows)


def recount(entries: Iterable[Entry]) -> Counter:
    """The counts as they should be, from the entries themselves."""
    return Counter(slot for entry in entries for slot in slots(entry))
