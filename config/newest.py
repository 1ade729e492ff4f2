"""The record's version for an event loop: nobody waits in a thread, and one question is for many.

An answer from memory may be sent if the record had its version at some moment since the request
came. So whoever comes while a question is under way shares the next one.
"""

import asyncio

from django.db import connections

from timeline import instants
from timeline.entries import NEWEST
from timeline.keys import Newest
from timeline.models import Entry

from . import lines


class Unknown(Exception):
    """The database did not say. Who asks it the usual way finds out why."""


class OfTheRecord:
    """The version is asked for by one question at a time, each for all who wait when it is sent."""

    def __init__(self, line: lines.SqliteLine | lines.PostgresqlLine) -> None:
        self.line = line
        self.waiting: list[asyncio.Future[Newest]] = []
        self.asked: list[asyncio.Future[Newest]] = []
        self.busy = False

    async def newest(self) -> Newest:
        """Unknown where the database does not answer."""
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[Newest] = loop.create_future()
        self.waiting.append(waiter)
        if not self.busy:
            self.busy = True
            loop.call_soon(self.ask)  # who comes in this turn of the loop, shares it
        return await waiter

    def ask(self) -> None:
        self.asked, self.waiting = self.waiting, []
        self.line.ask(NEWEST, (), self.answer)

    def answer(self, rows: lines.Rows | None, error: BaseException | None) -> None:
        asked, self.asked = self.asked, []
        if error:
            self.fail(asked, error)
            return
        newest = (rows[0][0], instants.stored(rows[0][1])) if rows else None
        for waiter in asked:
            if not waiter.done():  # else its reader has gone
                waiter.set_result(newest)
        if self.waiting:
            self.ask()
        else:
            self.busy = False

    def fail(self, asked: list[asyncio.Future[Newest]], error: BaseException) -> None:
        """Nobody waits any longer; the next who asks finds a new connection."""
        waiters, self.waiting, self.busy = asked + self.waiting, [], False
        for waiter in waiters:
            if not waiter.done():
                waiter.set_exception(Unknown(str(error)))


def of_the_record() -> OfTheRecord:
    return OfTheRecord(lines.line(connections[Entry.objects.db]))
