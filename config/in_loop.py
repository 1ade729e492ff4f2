"""What asks the database and waits for it, run in an event loop: it stops there, and nobody waits.

A greenlet is a function that can stop in its midst. So the code that makes an answer is the same
for threads and for a loop.
"""

from collections.abc import Awaitable, Callable, Sequence
from contextvars import copy_context
from typing import Any, TypeVar

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from greenlet import getcurrent, greenlet

from timeline import questions

T = TypeVar("T")
Ask = Callable[[str, Sequence[Any]], Awaitable[list[tuple]]]


async def run(make: Callable[[], T], usual: BaseDatabaseWrapper, ask: Ask) -> T:
    """What `make` returns. Each of its `timeline.questions` goes to `ask` and is awaited.

    Whatever else asks the `usual` connection is refused by Django (SynchronousOnlyOperation).
    """
    loop = getcurrent()

    def stop_and_ask(sql: str, values: Sequence[Any]) -> list[tuple]:
        return loop.switch((sql, values))

    def begin() -> T:
        connections[usual.alias] = usual  # of this context, which would make one of its own
        with questions.asked_by(stop_and_ask):
            return make()

    making = greenlet(begin)
    making.gr_context = copy_context()
    found = making.switch()
    while not making.dead:
        try:
            rows = await ask(*found)
        except BaseException as error:
            found = making.throw(error)
        else:
            found = making.switch(rows)
    return found
