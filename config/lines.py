"""Connections of an event loop's own: it asks, and goes on until the database has answered.

A line takes one question at a time and calls back once: with all rows, or with what went wrong.
"""

import asyncio
import select
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import psycopg2
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3.base import SQLiteCursorWrapper
from psycopg2.extensions import POLL_OK, POLL_WRITE

PATIENCE = 2  # seconds for PostgreSQL to answer
Rows = list[tuple]
Done = Callable[[Rows | None, BaseException | None], None]


class Line:
    """What both engines have: a connection that is renewed as Django's are."""

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


class SqliteLine(Line):
    """It answers at once."""

    def ask(self, sql: str, values: Sequence[Any], done: Done) -> None:
        try:
            if not self.usable:
                self.close()
                self.opened(sqlite3.connect(**self.usual.get_connection_params() | {"timeout": 0}))
            cursor = self.connection.cursor(factory=SQLiteCursorWrapper)
            rows = cursor.execute(sql, values or None).fetchall()
        except sqlite3.Error as error:
            self.close()
            done(None, error)
        else:
            done(rows, None)


class PostgresqlLine(Line):
    """It waits in the loop."""

    def __init__(self, usual: BaseDatabaseWrapper) -> None:
        super().__init__(usual)
        self.done: Done | None = None  # of the question that is under way
        self.opening: asyncio.Future[Any] | None = None
        self.socket = -1  # of the connection; a lost one does not tell it any more

    def ask(self, sql: str, values: Sequence[Any], done: Done) -> None:
        self.loop = asyncio.get_running_loop()
        self.done, self.question = done, (sql, values or None)
        self.timer = self.loop.call_later(PATIENCE, self.fail, TimeoutError())
        if self.usable:
            self.send()
        else:
            self.close()
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
            self.cursor.execute(*self.question)
        except psycopg2.Error as error:
            self.fail(error)

    def on_readable(self) -> None:
        """An answer has come, or a part of it; or the server has gone."""
        try:
            while (state := self.connection.poll()) == POLL_WRITE:
                pass
            if state == POLL_OK and self.done:
                self.finish(self.cursor.fetchall(), None)
        except psycopg2.Error as error:
            self.fail(error)

    def finish(self, rows: Rows | None, error: BaseException | None) -> None:
        self.timer.cancel()
        done, self.done = self.done, None
        if done:
            done(rows, error)

    def fail(self, error: BaseException) -> None:
        """The next who asks finds a new connection."""
        self.opening = None
        self.close()
        self.finish(None, error)

    def close(self) -> None:
        if self.connection is not None:
            self.loop.remove_reader(self.socket)
        super().close()


def line(usual: BaseDatabaseWrapper) -> SqliteLine | PostgresqlLine:
    return PostgresqlLine(usual) if usual.vendor == "postgresql" else SqliteLine(usual)


class Lines:
    """Some lines to one database: a question takes one that is free, or waits for it."""

    def __init__(self, usual: BaseDatabaseWrapper, most: int) -> None:
        self.free = [line(usual) for _number in range(most)]
        self.waiting: list[tuple[str, Sequence[Any], asyncio.Future[Rows]]] = []

    async def rows(self, sql: str, values: Sequence[Any]) -> Rows:
        """All rows that the database says. The driver's error, or TimeoutError, where it fails."""
        future: asyncio.Future[Rows] = asyncio.get_running_loop().create_future()
        self.waiting.append((sql, values, future))
        self._next()
        return await future

    def _next(self) -> None:
        while self.free and self.waiting:
            sql, values, future = self.waiting.pop(0)
            if future.done():  # its reader has gone
                continue
            used = self.free.pop()
            used.ask(sql, values, lambda *told, u=used, f=future: self._told(u, f, *told))

    def _told(
        self,
        used: SqliteLine | PostgresqlLine,
        future: asyncio.Future[Rows],
        rows: Rows | None,
        error: BaseException | None,
    ) -> None:
        self.free.append(used)
        if not future.done():
            future.set_exception(error) if error else future.set_result(rows or [])
        self._next()

    def close(self) -> None:
        for one in self.free:
            one.close()


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
