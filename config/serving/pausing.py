"""What asks the database and waits for it, run where nobody may wait: it stops at each question.

A greenlet is a function that can stop in its midst. So the code that makes an answer is the same
for threads and for the poller.
"""

from collections.abc import Callable, Sequence
from contextvars import copy_context
from functools import partial
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from greenlet import greenlet

from timeline import questions

from .lines import Done, Rows

Ask = Callable[[str, Sequence[Any], Done], None]
Told = Callable[[Any, Exception | None], None]
END = object()


class Refused(Exception):
    """What runs here asks `timeline.questions`, or nothing."""


def closed_to_others(usual: BaseDatabaseWrapper) -> None:
    """From now on this thread opens no connection: whoever tries is Refused."""

    def refuse() -> None:
        raise Refused("The poller must not wait for a database.")

    usual.close()
    usual.connect = refuse


class Runner:
    """Runs functions one after the other, each to its end. To be used by one thread.

    It begins anew for none of them: the memory that a greenlet runs in is as dear as its work.
    """

    def __init__(self) -> None:
        self.greenlet = greenlet(self.work)
        self.greenlet.gr_context = copy_context()

    def work(self, make: Callable[[], Any]) -> None:
        with questions.asked_by(self.stop_and_ask):
            while True:
                try:
                    found = END, make(), None
                except Exception as error:
                    found = END, None, error
                make = self.greenlet.parent.switch(found)

    def stop_and_ask(self, sql: str, values: Sequence[Any]) -> Rows:
        return self.greenlet.parent.switch((sql, values))


class Runners:
    """As many as are needed at once."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self.free: list[Runner] = []

    def run(self, make: Callable[[], Any], told: Told) -> None:
        """What `make` returns, or raised, is told. Each of its questions goes to `ask`."""
        runner = self.free.pop() if self.free else Runner()
        self._step(runner, told, partial(runner.greenlet.switch, make))

    def _step(self, runner: Runner, told: Told, onward: Callable[[], Any]) -> None:
        found = onward()
        if found[0] is END:
            self.free.append(runner)
            told(*found[1:])
        else:
            self.ask(*found, partial(self._answered, runner, told))

    def _answered(
        self, runner: Runner, told: Told, rows: Rows | None, error: BaseException | None
    ) -> None:
        switch, throw = runner.greenlet.switch, runner.greenlet.throw
        self._step(runner, told, partial(throw, error) if error else partial(switch, rows))


def at_once(ask: Ask, make: Callable[[], Any], told: Told) -> None:
    """The same where `ask` is answered before it returns: nothing has to stop."""

    def answered(sql: str, values: Sequence[Any]) -> Rows:
        said: list[Any] = []
        ask(sql, values, lambda *both: said.extend(both))
        rows, error = said
        if error:
            raise error
        return rows

    try:
        with questions.asked_by(answered):
            found, error = make(), None
    except Exception as wrong:
        found, error = None, wrong
    told(found, error)
