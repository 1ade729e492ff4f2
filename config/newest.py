"""The record's version for an event loop: nobody waits in a thread, and one question is for many.

An answer from memory may be sent if the record had its version at some moment since the request
came. So whoever comes while a question is under way shares the next one.
"""

import asyncio
import select
import sqlite3
import time
from contextlib import suppress
from datetime import datetime
from typing import Any

import psycopg2
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg2.extensions import POLL_OK, POLL_WRITE

from timeline import instants
from timeline.entries import NEWEST
from timeline.models import Entry

PATIENCE = 2  # seconds for PostgreSQL to answer
Newest = tuple[int, datetime] | None


class Unknown(Exception):
    """The database did not say. Who asks it the usual way finds out why."""


class Question:
    """What both engines have: a connection of the event loop's own, renewed as Django's are."""

    def __init__(self, usual: BaseDatabaseWrapper) -> None:
        self.usual, self.connection = usual, None
        self.worn_out_at = 0.0

    @property
    def usable(self) -> bool:
        return self.connection is not None and time.monotonic() < self.worn_out_at

    def opened(self, connection: Any) -> None:
        self.connection = connection
        age = self.usual.settings_dict["CONN_MAX_AGE"]
        self.worn_out_at = time.monotonic() + (float("inf") if age is None else age)

    def close(self) -> None:
        with suppress(sqlite3.Error, psycopg2.Error, AttributeError):
            self.connection.close()
        self.connection = None


class OfSqlite(Question):
    """It answers at once."""

    async def newest(self) -> Newest:
        """Unknown where the file cannot be read."""
        try:
            if not self.usable:
                self.close()
                self.opened(sqlite3.connect(**self.usual.get_connection_params() | {"timeout": 0}))
            row = self.connection.execute(NEWEST).fetchone()
        except sqlite3.Error as error:
            self.close()
            raise Unknown from error
        return row and (row[0], instants.stored(row[1]))


class OfPostgresql(Question):
    """It is asked one question at a time, each for all who wait when it is sent."""

    def __init__(self, usual: BaseDatabaseWrapper) -> None:
        super().__init__(usual)
        self.waiting: list[asyncio.Future[Newest]] = []
        self.asked: list[asyncio.Future[Newest]] = []
        self.busy = False
        self.opening: asyncio.Future[Any] | None = None
        self.socket = -1  # of the connection; a lost one does not tell it any more

    async def newest(self) -> Newest:
        """Unknown where the server does not answer."""
        self.loop = asyncio.get_running_loop()
        waiter: asyncio.Future[Newest] = self.loop.create_future()
        self.waiting.append(waiter)
        if not self.busy:
            self.busy = True
            self.loop.call_soon(self.ask)  # who comes in this turn of the loop, shares it
        return await waiter

    def ask(self) -> None:
        self.asked, self.waiting = self.waiting, []
        self.timer = self.loop.call_later(PATIENCE, self.fail, TimeoutError())
        if self.usable:
            self.send()
        else:
            self.hang_up()
            self.opening = self.loop.run_in_executor(None, _connected, self.usual)
            self.opening.add_done_callback(self.on_connected)

    def on_connected(self, opening: asyncio.Future) -> None:
        error, awaited = opening.exception(), opening is self.opening
        if not awaited:  # it came too late: nobody waits for it, another one may be under way
            if not error:
                opening.result().close()
            return
        self.opening = None
        if error:
            self.fail(error)
            return
        self.opened(opening.result())
        self.cursor, self.socket = self.connection.cursor(), self.connection.fileno()
        self.loop.add_reader(self.socket, self.on_readable)
        self.send()

    def send(self) -> None:
        try:
            self.cursor.execute(NEWEST)
        except psycopg2.Error as error:
            self.fail(error)

    def on_readable(self) -> None:
        """An answer has come, or a part of it; or the server has gone."""
        try:
            while (state := self.connection.poll()) == POLL_WRITE:
                pass
            if state == POLL_OK and self.asked:
                self.answer(self.cursor.fetchone())
        except psycopg2.Error as error:
            self.fail(error)

    def answer(self, newest: Newest) -> None:
        self.timer.cancel()
        asked, self.asked = self.asked, []
        for waiter in asked:
            if not waiter.done():  # else its reader has gone
                waiter.set_result(newest)
        if self.waiting:
            self.ask()
        else:
            self.busy = False

    def fail(self, error: BaseException) -> None:
        """Nobody waits any longer; the next who asks finds a new connection."""
        self.timer.cancel()
        self.opening = None
        self.hang_up()
        waiters, self.asked, self.waiting, self.busy = self.asked + self.waiting, [], [], False
        for waiter in waiters:
            if not waiter.done():
                waiter.set_exception(Unknown(str(error)))

    def hang_up(self) -> None:
        if self.connection is not None:
            self.loop.remove_reader(self.socket)
        self.close()


def of_the_record() -> OfSqlite | OfPostgresql:
    usual = connections[Entry.objects.db]
    return OfPostgresql(usual) if usual.vendor == "postgresql" else OfSqlite(usual)


def _connected(usual: BaseDatabaseWrapper) -> Any:
    """A connection that nothing waits for; opened in a thread, which waits."""
    connection = psycopg2.connect(**usual.get_connection_params(), async_=True)
    end = time.monotonic() + PATIENCE
    while (state := connection.poll()) != POLL_OK:
        sockets = [[connection], []]
        if state == POLL_WRITE:
            sockets.reverse()
        if not any(select.select(*sockets, [], max(0, end - time.monotonic()))):
            connection.close()
            raise psycopg2.OperationalError("The server did not let us in, in time.")
    return connection
