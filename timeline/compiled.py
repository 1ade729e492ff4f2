"""The question for a page of a list, made once for each of its shapes and then only filled in.

To make SQL out of a queryset takes longer than the database needs to answer it. Pages of one shape
differ in values alone: so the question is made once, by the same querysets as ever, with a mark in
each value's place, and kept.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.db import connections
from django.db.models import Subquery

from . import cursors, kept_entries, questions
from .entries import could_be_key
from .models import Entry

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from .entries import EntryQuerySet
    from .queries import Query

MOST = 1000  # shapes that are kept; then they are made anew
NUMBERS = "numbers"
DATES, INSTANTS = ("first", "last", "since", "until"), ("as_of", "updated_since")
Part = tuple[str, Any, Any]  # its name, its mark, its value
_kept: dict[tuple, "Question"] = {}


@dataclass(frozen=True)
class Question:
    """SQL with marks among its parameters, for a page's `kept_entries.WHICH` and the version."""

    sql: str
    parameters: tuple[Any, ...]

    def ask(self, connection: "BaseDatabaseWrapper", values: dict[Any, Any]) -> list[Entry]:
        given = [values.get(p, p) for p in self.parameters]
        found = questions.rows_now(connection, self.sql, given)
        return kept_entries.entries.of(connection, [row[:-1] for row in found])


def found(query: "Query", at: cursors.At) -> list[Entry]:
    """What `cursors.ordered` finds for a query. `fits` must hold."""
    connection = connections[Entry.objects.db]
    parts = list(_parts(query, at))
    question = _question(query, at, parts, connection)
    values = {_stored(mark, connection): _stored(v, connection) for _name, mark, v in parts}
    return question.ask(connection, values)


def of_shape(shape: Callable[..., "EntryQuerySet"], *values: str | int) -> list[Entry]:
    """What a queryset of these values finds. Its SQL must be the same for all: it is made once."""
    connection = connections[Entry.objects.db]
    marks = [_NUMBER + n if isinstance(v, int) else f"\ue000{n}" for n, v in enumerate(values)]
    name = connection.vendor, shape
    if name not in _kept:
        _kept[name] = _question_of(shape(*marks), connection)
    return _kept[name].ask(connection, dict(zip(marks, values, strict=True)))


def in_force(type_: str, key: str, as_of: datetime | None = None) -> Entry | None:
    """The version of a record in force, now or at an instant; of a withdrawn one its tombstone."""
    if as_of or not could_be_key(key):
        return Entry.objects.in_force(as_of).versions_of(type_, key).first()
    return next(iter(of_shape(_in_force, type_, key)), None)


def _in_force(type_: str, key: str) -> "EntryQuerySet":
    return Entry.objects.in_force().versions_of(type_, key)[:1]


def fits(query: "Query") -> bool:
    """Whether pages like this differ in values alone: what held on a day, and hits, do not."""
    return not query.on and not query.q


def _question(
    query: "Query", at: cursors.At, parts: list[Part], connection: "BaseDatabaseWrapper"
) -> Question:
    shape = (
        connection.vendor,
        tuple(t.name for t in query.types),
        query.chosen_types,
        query.ordering,
        query.date_match,
        query.begun,
        query.page_size,
        at.direction,
        tuple(name for name, _mark, _value in parts),
    )
    if shape not in _kept:
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[shape] = _made(query, at, parts, connection)
    return _kept[shape]


def _made(
    query: "Query", at: cursors.At, parts: list[Part], connection: "BaseDatabaseWrapper"
) -> Question:
    marks = {name: mark for name, mark, _value in parts}
    single = {name: marks[name] for name in (*DATES, *INSTANTS, NUMBERS) if name in marks}
    filters = {
        name: tuple(marks[f"{name}={place}"] for place in range(len(values)))
        for name, values in query.filters.items()
    }
    position = [mark for name, mark in marks.items() if name.startswith("@")] or None
    phrases = tuple(marks[f"~{place}"] for place in range(len(query.phrases)))
    marked = replace(query, filters=filters, phrases=phrases, cursor=None, **single)
    entries = cursors.ordered(
        marked.entries(), query.ordering, replace(at, position=position), query.page_size
    )
    return _question_of(entries, connection)


def _question_of(entries: "EntryQuerySet", connection: "BaseDatabaseWrapper") -> Question:
    newest = Entry.objects.order_by("-id").values("id")[:1]
    which = entries.using(connection.alias).only(*kept_entries.WHICH).annotate(at=Subquery(newest))
    sql, parameters = which.query.get_compiler(connection=connection).as_sql()
    return Question(sql, tuple(parameters))


def _parts(query: "Query", at: cursors.At) -> Iterator[Part]:
    """Each value of a query, with a mark of its own that no reader can have meant."""
    for number, name in enumerate(DATES, 1):
        if (value := getattr(query, name)) is not None:
            yield name, date(1, 1, number), value
    for number, name in enumerate(INSTANTS, 1):
        if (value := getattr(query, name)) is not None:
            yield name, datetime(1, 2, number, tzinfo=UTC), value
    for name, values in query.filters.items():
        for place, value in enumerate(values):
            yield f"{name}={place}", f"\ue000{name}={place}", value
    for place, phrase in enumerate(query.phrases):
        yield f"~{place}", f"\ue000~{place}", phrase
    if query.numbers:
        yield NUMBERS, "\ue000numbers", query.numbers
    columns = cursors.COLUMNS[query.ordering.lstrip("-")] if at.position else ()
    for column, value in zip(columns, at.position or (), strict=True):
        yield f"@{column}", _MARKS[column], value


_NUMBER = 2**62  # as a mark; no entry has it
_MARKS = {"starts_on": date(1, 3, 1), "key": "\ue000@key", "type": "\ue000@type", "id": _NUMBER}


def _stored(value: Any, connection: "BaseDatabaseWrapper") -> Any:
    """A value as the database's parameters have it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
