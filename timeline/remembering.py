"""Answers in memory: bounded by their bytes, and each made by one thread alone."""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpResponse

Key = tuple[str, ...]
Headers = list[tuple[str, str]]
REMEMBERED = "timeline.remembered"  # in a request's environment: the answer was in memory
PATIENCE = 10  # seconds that one thread waits for another's answer before it makes its own


@dataclass
class Making:
    """An answer that is not in memory yet, and how many threads want it."""

    lock: Lock = field(default_factory=Lock)
    wanted: int = 0


@dataclass
class Answers:
    """The newest answers in memory, bounded by their bytes; the least lately used goes first."""

    most: int
    size: int = 0
    kept: OrderedDict[Key, HttpResponse] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)
    making: dict[Key, Making] = field(default_factory=dict)

    @contextmanager
    def alone(self, key: Key) -> Iterator[None]:
        """Single flight: who asks for an answer that is being made waits for it, for some time.

        Nobody waits where no answer is kept.
        """
        if not self.most:
            yield
            return
        with self.lock:
            making = self.making.setdefault(key, Making())
            making.wanted += 1
        held = making.lock.acquire(timeout=PATIENCE)
        try:
            yield
        finally:
            if held:
                making.lock.release()
            with self.lock:
                making.wanted -= 1
                if not making.wanted:
                    del self.making[key]

    def get(self, key: Key) -> HttpResponse | None:
        with self.lock:
            if key in self.kept:
                self.kept.move_to_end(key)
            return self.kept.get(key)

    def put(self, key: Key, answer: HttpResponse) -> None:
        with self.lock:
            if key in self.kept or len(answer.content) > self.most:
                return
            self.kept[key] = answer
            self.size += len(answer.content)
            while self.size > self.most:
                _key, oldest = self.kept.popitem(last=False)
                self.size -= len(oldest.content)

    def clear(self) -> None:
        with self.lock:
            self.kept.clear()
            self.size = 0


answers = Answers(settings.ANSWERS_IN_MEMORY)


def recalled(environ: dict[str, Any], key: Key) -> HttpResponse | None:
    if answer := answers.get(key):
        environ[REMEMBERED] = True
    return answer
