"""The worker's poller for what waits in it beside clients: the answers of a database."""

import selectors
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

THREADS = 5  # as many as there are connections to open


class Loop:
    """Calls back in the poller's own thread. `defer` calls there, from any other."""

    def __init__(self, poller: selectors.BaseSelector, defer: Callable[..., None]) -> None:
        self.poller, self.defer = poller, defer
        self.threads = ThreadPoolExecutor(THREADS)  # of its own: those of requests may be busy

    def when_readable(self, number: int, callback: Callable[[], None]) -> None:
        self.poller.register(number, selectors.EVENT_READ, lambda _number: callback())

    def forget(self, number: int) -> None:
        self.poller.unregister(number)

    def in_thread(self, work: Callable[[], Any], done: Callable[[Future], None]) -> None:
        future = self.threads.submit(work)
        future.add_done_callback(lambda told: self.defer(done, told))
