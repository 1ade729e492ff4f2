"""Connections of the poller's own: it asks, and goes on until the database has answered.

A line takes one question at a time and calls back once: with all rows, or with what went wrong.
"""

import select
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from typing import Any

import psycopg2
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3.base import SQLiteCursorWrapper
from psycopg2.extensions import POLL_OK, POLL_WRITE

from .loop import Loop

PATIENCE = 2  # seconds for PostgreSQL to answer
_AS_DJANGO = f"SET TIME ZONE 'UTC'; SET statement_timeout = {1000 * PATIENCE}"
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

    def tick(self) -> None:
        """It never lets anybody wait."""


class PostgresqlLine(Line):
    """It waits in the poller."""

    def __init__(self, usual: BaseDatabaseWrapper, loop: Loop) -> None:
        super().__init__(usual)
        self.loop = loop
        self.done: Done | None = None  # of the question that is under way
        self.until = 0.0  # when it is given up
        self.opening: object = None  # what stands for the connection that is awaited
        self.socket = -1  # of the connection; a lost one does not tell it any more

    def ask(self, sql: str, values: Sequence[Any], done: Done) -> None:
        self.done, self.question = done, (sql, values or None)
        self.until = time.monotonic() + PATIENCE
        if self.usable:
            self.send()
            return
        self.close()
        self.opening = object()
        told = partial(self.on_connected, self.opening)
        self.loop.in_thread(partial(_connected, self.usual), told)

    def on_connected(self, opening: object, told: Future) -> None:
        error = told.exception()
        if opening is not self.opening:  # too late: nobody waits for it, another may be under way
            if not error:
                told.result().close()
            return
        self.opening = None
        if error:
            self.fail(error)
            return
        self.opened(told.result())
        self.cursor, self.socket = self.connection.cursor(), self.connection.fileno()
        self.loop.when_readable(self.socket, self.on_readable)
        self.send()

    def send(self) -> None:
        try:
            self.cursor.execute(*self.question)
        except Exception as error:
            self.fail(error)

    def on_readable(self) -> None:
        """An answer has come, or a part of it; or the server has gone."""
        if self.connection is None:  # closed since the poller woke
            return
        try:
            while (state := self.connection.poll()) == POLL_WRITE:
                pass
            rows = self.cursor.fetchall() if state == POLL_OK and self.done else None
        except Exception as error:
            self.fail(error)
        else:
            if rows is not None:
                self.finish(rows, None)

    def finish(self, rows: Rows | None, error: BaseException | None) -> None:
        done, self.done = self.done, None
        if done:
            done(rows, error)

    def fail(self, error: BaseException) -> None:
        """The next who asks finds a new connection."""
        self.opening = None
        self.close()
        self.finish(None, error)

    def tick(self) -> None:
        """Called from time to time: a question that takes too long is given up."""
        if self.done and time.monotonic() > self.until:
            self.fail(TimeoutError())

    def close(self) -> None:
        if self.connection is not None:
            self.loop.forget(self.socket)
        super().close()


def line(usual: BaseDatabaseWrapper, loop: Loop) -> SqliteLine | PostgresqlLine:
    return PostgresqlLine(usual, loop) if usual.vendor == "postgresql" else SqliteLine(usual)


class Lines:
    """Some lines to one database: a question takes one that is free, or waits for it."""

    def __init__(self, usual: BaseDatabaseWrapper, loop: Loop, most: int) -> None:
        self.all = [line(usual, loop) for _number in range(most)]
        self.free = [*self.all]
        self.waiting: deque[tuple[float, str, Sequence[Any], Done]] = deque()  # until when

    def ask(self, sql: str, values: Sequence[Any], done: Done) -> None:
        self.waiting.append((time.monotonic() + PATIENCE, sql, values, done))
        self._next()

    def _next(self) -> None:
        while self.free and self.waiting:
            _until, sql, values, done = self.waiting.popleft()
            used = self.free.pop()
            used.ask(sql, values, partial(self._told, used, done))

    def _told(
        self,
        used: SqliteLine | PostgresqlLine,
        done: Done,
        rows: Rows | None,
        error: BaseException | None,
    ) -> None:
        self.free.append(used)
        done(rows, error)
        self._next()

    def tick(self) -> None:
        """What takes too long, or waits too long, is given up."""
        for one in self.all:
            one.tick()
        while self.waiting and self.waiting[0][0] < time.monotonic():
            *_question, done = self.waiting.popleft()
            done(None, TimeoutError())

    def close(self) -> None:
        for one in self.all:
            one.close()


def _connected(usual: BaseDatabaseWrapper) -> Any:
    """A connection that nothing waits for; opened in a thread, which waits."""
    connection = psycopg2.connect(**usual.get_connection_params(), async_=True)
    try:
        _wait(connection)
        cursor = connection.cursor()  # to be kept until the answer has come
        cursor.execute(_AS_DJANGO)
        _wait(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _wait(connection: Any) -> None:
    """Until the server has done what it was asked."""
    end, poll = time.monotonic() + PATIENCE, select.poll()
    while (state := connection.poll()) != POLL_OK:
        poll.register(connection, select.POLLOUT if state == POLL_WRITE else select.POLLIN)
        if not poll.poll(1000 * max(0, end - time.monotonic())):
            raise psycopg2.OperationalError("The server did not let us in, in time.")
