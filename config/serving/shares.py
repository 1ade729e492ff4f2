"""How many clients each worker has, seen by all workers of a server: each takes its share.

All wait for clients at the same door, and the one that wakes first could welcome them all: then
the others stand idle while its clients wait for one another. So whoever has more clients than
another worker leaves the next one to it for a moment.
"""

import mmap
import os
import time

PLACES = 64  # workers that are seen; more of them share places, and take what comes
CHANCE = 0.003  # seconds that a client is left to another worker, which may be busy
PASSED = 0.01  # seconds after which it was taken, and the next client is another one
_WORDS = 2  # of each place: the worker's process, 0 for none; and its clients

# Made where the worker's class is loaded: before the workers are forked, which all share it then.
_table = memoryview(mmap.mmap(-1, PLACES * _WORDS * 4)).cast("i")


class Share:
    """Of one worker; `number` is its number among those of this server."""

    def __init__(self, number: int, table: memoryview = _table) -> None:
        self.table, self.place = table, number % PLACES * _WORDS
        self.offered = -PASSED  # when a client was left to the others

    def tell(self, clients: int) -> None:
        self.table[self.place + 1], self.table[self.place] = clients, os.getpid()

    def leave(self) -> None:
        """Clients are welcomed no more."""
        self.table[self.place] = 0

    def leaves_next(self, clients: int) -> bool:
        """Whether another worker has fewer clients than this one's, and time to take the next."""
        if not self.others_have_fewer(clients):
            return False
        now = time.monotonic()
        if now > self.offered + PASSED:
            self.offered = now
        if now < self.offered + CHANCE:
            return True
        self.offered = -PASSED  # the one after it is theirs again
        return False

    def others_have_fewer(self, clients: int) -> bool:
        for place in range(0, len(self.table), _WORDS):
            process, theirs = self.table[place], self.table[place + 1]
            if process and place != self.place and theirs < clients and is_alive(process):
                return True
        return False


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True
