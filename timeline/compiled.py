"""The question for a page of a list, made once for each of its shapes and then only filled in.

To make SQL out of a queryset takes longer than the database needs to answer it. Pages of one shape
differ in values alone: so the question is made once, by the same querysets as ever, with a mark in
each value's place, and kept.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.db import connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from . import cursors, kept_entries, questions
from .entries import could_be_key
from .models import Entry

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from .entries import EntryQuerySet
    from .queries import Query

MOST = 1000  # shapes that are kept; then they are made anew
NUMBERS = "numbers"
VERSION = "SELECT id FROM timeline_entry ORDER BY id DESC LIMIT 1"
DATES, INSTANTS = ("first", "last", "since", "until"), ("as_of", "updated_since")
Part = tuple[str, Any, Any]  # its name, its mark, its value
Value = str | int | date
_kept: dict[tuple, "Question"] = {}


@dataclass(frozen=True)
class Question:
    """SQL with marks among its parameters, for what is asked and, at last, the record's version."""

    sql: str
    parameters: tuple[Any, ...]

    def rows(self, connection: "BaseDatabaseWrapper", values: dict[Any, Any]) -> list[tuple]:
        given = [values.get(p, p) for p in self.parameters]
        return questions.rows_now(connection, self.sql, given)

    def plain_rows(self, connection: "BaseDatabaseWrapper", values: dict[Any, Any]) -> list[tuple]:
        """Without the version."""
        return [row[:-1] for row in self.rows(connection, values)]

    def ask(self, connection: "BaseDatabaseWrapper", values: dict[Any, Any]) -> list[Entry]:
        return kept_entries.entries.of(connection, self.plain_rows(connection, values))


def found(query: "Query", at: cursors.At) -> list[Entry]:
    """What `cursors.ordered` finds for a query. `fits` must hold."""
    connection = connections[Entry.objects.db]
    parts = list(_parts(query, at))
    shape = (connection.vendor, at.direction, query.page_size, *_shape(query, parts))
    question = _kept.get(shape) or _keep(shape, _made(query, at, parts, connection))
    return question.ask(connection, _values(parts, connection))


def number(query: "Query") -> int:
    """How many entries a query has, on all of its pages. `fits` must hold."""
    connection = connections[Entry.objects.db]
    parts = list(_parts(query, cursors.At()))
    shape = (connection.vendor, number, *_shape(query, parts))
    question = _kept.get(shape) or _keep(shape, _counting(query, parts, connection))
    return question.rows(connection, _values(parts, connection))[0][0]


def counted(query: "Query", counting: Callable[["EntryQuerySet"], QuerySet]) -> list[tuple]:
    """The rows of what is counted of a query's entries. `fits` must hold."""
    connection = connections[Entry.objects.db]
    parts = list(_parts(query, cursors.At()))
    shape = (connection.vendor, counting, *_shape(query, parts))
    question = _kept.get(shape)
    if question is None:
        found = counting(_marked(query, parts).entries(query.leading))
        question = _keep(shape, _plain_question(found, connection))
    return question.plain_rows(connection, _values(parts, connection))


def of_shape(shape: Callable[..., "EntryQuerySet"], *values: Value) -> list[Entry]:
    """What a queryset of these values finds. Its SQL must be the same for all: it is made once."""
    connection = connections[Entry.objects.db]
    marks = [_mark(place, value) for place, value in enumerate(values)]
    name = (connection.vendor, shape)
    question = _kept.get(name) or _keep(name, _question_of(shape(*marks), connection))
    return question.ask(connection, _filled(marks, values, connection))


def numbered(numbers: Iterable[int]) -> list[Entry]:
    """The entries of these numbers, all of which are in force."""
    connection = connections[Entry.objects.db]
    return kept_entries.entries.of(connection, [(number, None) for number in numbers])


def rows_of_shape(shape: Callable[..., QuerySet], *values: Value) -> list[tuple]:
    """The same of other models: rows as the database has them, in which a day may be a text.

    Values that may be left out make other SQL.
    """
    connection = connections[Entry.objects.db]
    marks = [_mark(place, value) for place, value in enumerate(values)]
    name = (connection.vendor, shape, len(values))
    question = _kept.get(name)
    if question is None:
        question = _keep(name, _plain_question(shape(*marks), connection))
    return question.plain_rows(connection, _filled(marks, values, connection))


def _plain_question(found: QuerySet, connection: "BaseDatabaseWrapper") -> Question:
    """For rows that are no entries. Those of groups are not grouped by the version too."""
    grouped = found.query.group_by is not None
    query = found.query if grouped else _dated(found).query
    sql, parameters = query.get_compiler(connection=connection).as_sql()
    if grouped:
        sql = _beside_version("found.*", sql)
    return Question(sql, tuple(parameters))


def _dated(found: QuerySet) -> QuerySet:
    """With the record's version as the last column."""
    return found.annotate(at=RawSQL(VERSION, ()))  # noqa: S611 (nobody gives a part of it)


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


def _shape(query: "Query", parts: list[Part]) -> tuple[Any, ...]:
    """All that its questions depend on, but for values."""
    return (
        tuple(t.name for t in query.types),
        query.chosen_types,
        query.ordering,
        query.date_match,
        query.begun,
        query.leading,
        tuple(name for name, _mark, _value in parts),
    )


def _keep(shape: tuple[Any, ...], question: Question) -> Question:
    if len(_kept) >= MOST:
        _kept.clear()
    _kept[shape] = question
    return question


def _made(
    query: "Query", at: cursors.At, parts: list[Part], connection: "BaseDatabaseWrapper"
) -> Question:
    position = [mark for name, mark, _value in parts if name.startswith("@")] or None
    at = replace(at, position=position)
    entries = _marked(query, parts).entries(query.leading)
    entries = cursors.ordered(entries, query.ordering, at, query.page_size)
    return _question_of(entries, connection)


def _counting(query: "Query", parts: list[Part], connection: "BaseDatabaseWrapper") -> Question:
    entries = _marked(query, parts).entries(query.leading).values("pk").query
    sql, parameters = entries.get_compiler(connection=connection).as_sql()
    return Question(_beside_version("count(*)", sql), tuple(parameters))


def _beside_version(what: str, sql: str) -> str:
    """What is asked of the rows that the SQL finds, and the record's version as the last column."""
    return f"SELECT {what}, ({VERSION}) FROM ({sql}) AS found"  # noqa: S608 (Django's SQL)


def _marked(query: "Query", parts: list[Part]) -> "Query":
    """The query with marks in the places of its values."""
    marks = {name: mark for name, mark, _value in parts}
    single = {name: marks[name] for name in (*DATES, *INSTANTS, NUMBERS) if name in marks}
    filters = {
        name: tuple(marks[f"{name}={place}"] for place in range(len(values)))
        for name, values in query.filters.items()
    }
    phrases = tuple(marks[f"~{place}"] for place in range(len(query.phrases)))
    return replace(query, filters=filters, phrases=phrases, cursor=None, **single)


def _values(parts: list[Part], connection: "BaseDatabaseWrapper") -> dict[Any, Any]:
    return _filled([part[1] for part in parts], [part[2] for part in parts], connection)


def _filled(
    marks: Iterable[Any], values: Iterable[Any], connection: "BaseDatabaseWrapper"
) -> dict[Any, Any]:
    """What stands for each mark, as the database's parameters have both."""
    both = zip(marks, values, strict=True)
    return {_stored(mark, connection): _stored(value, connection) for mark, value in both}


def _mark(place: int, value: Value) -> Value:
    if isinstance(value, date):
        return date(1, 4, place + 1)
    return _NUMBER + place if isinstance(value, int) else f"\ue000{place}"


def _question_of(entries: "EntryQuerySet", connection: "BaseDatabaseWrapper") -> Question:
    which = _dated(entries.using(connection.alias).only(*kept_entries.WHICH))
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
