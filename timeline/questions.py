"""What is asked of the database while an answer is made, watched.

The question for a page brings the record's version along, and one statement sees one state of the
record. So where nothing else was asked, it need not be asked for the version before and after.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass
class Watch:
    """How many questions were asked, and what those said that bring the version along."""

    asked: int = 0
    timeless: int = 0  # whose answer no publication changes
    versions: list[int] = field(default_factory=list)

    def __call__(self, execute: Callable, *question: Any) -> Any:
        """Called around each question, as Django's `execute_wrapper` does it."""
        self.asked += 1
        return execute(*question)

    @property
    def version(self) -> int | None:
        """The record's version at which all was said that was asked; None where it is not known."""
        told, different = len(self.versions) + self.timeless, set(self.versions)
        return different.pop() if len(different) == 1 and self.asked == told else None


Ask = Callable[[str, list[Any]], list[tuple]]
_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)
_ask: ContextVar[Ask | None] = ContextVar("ask", default=None)


@contextmanager
def watched(connection: BaseDatabaseWrapper) -> Iterator[Watch]:
    """Who watches already, is told what this watch came to know."""
    watch, outer = Watch(), _watch.get()
    token = _watch.set(watch)
    here = not _ask.get()
    try:
        with connection.execute_wrapper(watch) if here else nullcontext():
            yield watch
    finally:
        _watch.reset(token)
        if outer:
            outer.asked += 0 if here else watch.asked  # else it was called for each, too
            if watch.version is not None:
                outer.timeless += watch.asked - 1
                outer.versions.append(watch.version)


def rows(connection: BaseDatabaseWrapper, sql: str, values: list[Any]) -> list[tuple]:
    """What the database says to a question whose answer no publication changes."""
    if watch := _watch.get():
        watch.timeless += 1
    return _rows(connection, sql, values)


def rows_now(connection: BaseDatabaseWrapper, sql: str, values: list[Any]) -> list[tuple]:
    """The same of a question whose last column is the record's version."""
    found = _rows(connection, sql, values)
    if found and (watch := _watch.get()):
        watch.versions.append(found[0][-1])
    return found


@contextmanager
def asked_by(ask: Ask) -> Iterator[None]:
    """Within, questions go to `ask` instead of the connection."""
    token = _ask.set(ask)
    try:
        yield
    finally:
        _ask.reset(token)


def _rows(connection: BaseDatabaseWrapper, sql: str, values: list[Any]) -> list[tuple]:
    if ask := _ask.get():
        if watch := _watch.get():
            watch.asked += 1
        return ask(sql, values)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
