"""Entries in memory: the database says which ones a page holds, and sends only those not here yet.

Triggers refuse every change of an entry but one, that it is closed (`timeline.guards`). So its
number and the instant at which it was closed say all that it holds: nothing kept is ever stale.
What is kept are the values of its columns; each question makes entries of its own from them.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.base import ModelState

from . import questions
from .models import Entry

WHICH = ("id", "superseded_at")  # what a question for a page asks for
VALUES = 5000  # of a column, whose meaning is kept
AT_ONCE = 500  # entries that one question brings
Values = dict[str, Any]
Which = tuple[int, Any]


@dataclass
class KeptEntries:
    """The entries that were read last, bounded by the characters of their documents."""

    most: int
    size: int = 0
    kept: OrderedDict[tuple[str, Which], Values] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def of(self, connection: BaseDatabaseWrapper, which: list[Which]) -> list[Entry]:
        """The entries of these numbers and closings, in their order."""
        alias, kept = connection.alias, self.kept
        with self.lock:
            found = {one: kept.get((alias, one)) for one in which}
            if self.size > self.most // 2:  # before that nothing will be forgotten soon
                for one, values in found.items():
                    if values:
                        kept.move_to_end((alias, one))
        missing = [number for (number, _closed), values in found.items() if values is None]
        read = dict(_read(connection, missing)) if missing else {}
        if read:
            new = [one for one, values in found.items() if values is None]
            found |= {one: _as_seen(read[one[0]], one) for one in new}
            if not connection.in_atomic_block:  # what is seen within may be undone
                self._keep_all(alias, found)
        return [_entry(found[one]) for one in which]

    def _keep_all(self, alias: str, found: dict[Which, Values | None]) -> None:
        with self.lock:
            for one, values in found.items():
                if values:
                    self._keep(alias, one, values)

    def _keep(self, alias: str, one: Which, values: Values) -> None:
        key, length = (alias, one), len(values["document"] or "")
        if key in self.kept or length > self.most:
            return
        self.kept[key] = values
        self.size += length
        while self.size > self.most:
            _key, oldest = self.kept.popitem(last=False)
            self.size -= len(oldest["document"] or "")

    def clear(self) -> None:
        with self.lock:
            self.kept.clear()
            self.size = 0


entries = KeptEntries(settings.ENTRIES_IN_MEMORY)


def _as_seen(values: Values, one: Which) -> Values:
    """As the question for the page saw it: it may have been closed since."""
    _number, closed = one
    return values | {"superseded_at": None} if closed is None else values


def _entry(values: Values) -> Entry:
    """As `Entry.from_db` has it, without its signals, which nobody here listens to."""
    entry = Entry.__new__(Entry)
    entry.__dict__ = values.copy()
    return entry


def _read(connection: BaseDatabaseWrapper, numbers: list[int]) -> Iterator[tuple[int, Values]]:
    select, names, converters = _question(connection.alias)
    state = ModelState()
    state.adding, state.db = False, connection.alias
    for begin in range(0, len(numbers), AT_ONCE):
        some = numbers[begin : begin + AT_ONCE]
        marks = ", ".join(["%s"] * len(some))
        for row in questions.rows(connection, f"{select} WHERE id IN ({marks})", some):
            values = dict(zip(names, _converted(row, converters), strict=True))
            values["_state"] = state
            yield values["id"], values


def _converted(row: tuple, converters: list[tuple[int, Callable[[Any], Any]]]) -> Iterable[Any]:
    if not converters:
        return row
    values = list(row)
    for place, convert in converters:
        values[place] = convert(values[place])
    return values


@lru_cache
def _question(alias: str) -> tuple[str, list[str], list[tuple[int, Callable[[Any], Any]]]]:
    """SQL for entries with all columns but the words to search by, which no reader sees; the
    columns' names; and what makes Python's values of the database's, by place.
    """
    connection = connections[alias]
    compiler = Entry.objects.defer("search_text").query.get_compiler(connection=connection)
    sql, _parameters = compiler.as_sql()
    columns = [column for column, _sql, _alias in compiler.select]
    converters = compiler.get_converters(columns)
    return (
        sql,
        [column.target.attname for column in columns],
        [(place, _converter(*found, connection)) for place, found in converters.items()],
    )


def _converter(
    converters: list[Callable], column: Any, connection: BaseDatabaseWrapper
) -> Callable[[Any], Any]:
    """Of a column's values, which are days and instants: the same ones stand in very many rows."""

    @lru_cache(VALUES)
    def convert(value: Any) -> Any:
        for one in converters:
            value = one(value, column, connection)
        return value

    return convert
