"""Answers are made by few threads at a time, in the order in which they were asked for.

All threads of a process wait for one interpreter: when many work at once, each takes as many times
longer, and some far longer. What is only sent (a download) or received (a file) needs no turn.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

AT_ONCE = 2  # answers that one process makes
PATIENCE = 1  # seconds that an answer waits for its turn, so that slow ones hold up nobody for long


class Turns:
    """So many at once, first come, first served; and whoever has waited too long."""

    def __init__(self, most: int, patience: float = PATIENCE) -> None:
        self.free, self.patience = most, patience
        self.waiting: deque[Lock] = deque()
        self.lock = Lock()

    @contextmanager
    def one(self) -> Iterator[None]:
        self._wait()
        try:
            yield
        finally:
            self._end()

    def _wait(self) -> None:
        with self.lock:
            if self.free > 0:
                self.free -= 1
                return
            mine = Lock()
            mine.acquire()
            self.waiting.append(mine)
        if mine.acquire(timeout=self.patience):
            return
        with self.lock:
            if mine in self.waiting:  # else its turn came just now
                self.waiting.remove(mine)
                self.free -= 1  # below nought: more at once than there should be

    def _end(self) -> None:
        with self.lock:
            if self.waiting and self.free >= 0:
                self.waiting.popleft().release()
            else:
                self.free += 1
