"""A poller that a test turns, as the worker turns its own."""

import selectors
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gunicorn.workers.gthread import PollableMethodQueue

from config.serving.loop import Loop

PATIENCE = 5  # seconds


class Turning(Loop):
    def until(self, what: Callable[[], bool], *ticked: object) -> None:
        """Turn until that is so; TimeoutError where it does not become so."""
        end = time.monotonic() + PATIENCE
        while not what():
            if time.monotonic() > end:
                raise TimeoutError
            for key, _events in self.poller.select(0.02):
                key.data(key.fileobj)
            for one in ticked:
                one.tick()


@contextmanager
def turning() -> Iterator[Turning]:
    poller, queue = selectors.DefaultSelector(), PollableMethodQueue()
    queue.init()
    poller.register(queue.fileno(), selectors.EVENT_READ, queue.run_callbacks)
    loop = Turning(poller, queue.defer)
    yield loop
    loop.threads.shutdown()
    poller.close()
    queue.close()
