"""The record's version for all who wait for it at once: one question for them together.

An answer from memory may be sent if the record had its version at some moment since the request
came. So whoever comes while a question is under way shares the next one.
"""

from collections.abc import Callable

from timeline import instants
from timeline.entries import NEWEST
from timeline.keys import Newest

from .lines import PostgresqlLine, Rows, SqliteLine

Told = Callable[[Newest, BaseException | None], None]


class OfTheRecord:
    """Those who want the version are told it, or what went wrong, after the next `ask`."""

    def __init__(self, line: SqliteLine | PostgresqlLine) -> None:
        self.line = line
        self.waiting: list[Told] = []
        self.busy = False

    def want(self, told: Told) -> None:
        self.waiting.append(told)

    def ask(self) -> None:
        """For all who wait; where a question is under way, when that is answered."""
        if self.waiting and not self.busy:
            self.busy, asked, self.waiting = True, self.waiting, []
            self.line.ask(NEWEST, (), lambda rows, error: self.answer(asked, rows, error))

    def answer(self, asked: list[Told], rows: Rows | None, error: BaseException | None) -> None:
        self.busy = False
        newest = (rows[0][0], instants.stored(rows[0][1])) if rows else None
        for told in asked:
            told(newest, error)
        self.ask()
