"""Which databases can answer readers now: one thread in each process looks every two seconds.

How far a replica lags is asked of the record itself: how long ago was something published that it
does not show yet? That needs no rights on the server, is two small questions, and is 0 on a record
in which nothing happens. The measure is the freshest database that answers, the primary or not.
"""

import logging
import os
import socket
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import count
from threading import Lock, Thread

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from timeline.models import Entry

from .databases import PRIMARY

EVERY = 2.0  # seconds between two looks
log = logging.getLogger("tracker.replicas")
_reading_from: ContextVar[str] = ContextVar("reading_from", default=PRIMARY)


@dataclass(frozen=True)
class Seen:
    """What a database answered: the version of its record (None: no answer), seconds of lag."""

    version: int | None = None
    lag: float | None = None


def current() -> str:
    """The database that the reader of this thread's request is answered from."""
    return _reading_from.get()


@dataclass
class Watch:
    """What was seen of each database, and who reads from it."""

    most: float  # seconds of lag
    seen: dict[str, Seen] = field(default_factory=dict)
    turns: Iterator[int] = field(default_factory=count)
    readers: Counter[BaseDatabaseWrapper] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)
    thread: Thread | None = None

    def order(self, at_desk: bool = False) -> list[str]:
        """Whom to ask, one after the other: the replicas in turn, the primary, what lags.

        `at_desk`: who edits sees first of all what the primary has.
        """
        self._begin()
        seen = dict(self.seen)
        good = [alias for alias in _replicas() if self.serves(alias)]
        turn = next(self.turns) % len(good) if good else 0
        good = good[turn:] + good[:turn]
        up = [PRIMARY] if seen[PRIMARY].version is not None else []
        late = [alias for alias in _replicas() if seen[alias].version is not None]
        late.sort(key=lambda alias: -seen[alias].version)
        return list(dict.fromkeys([*(up if at_desk else []), *good, *up, *late, PRIMARY]))

    def serves(self, alias: str) -> bool:
        """Whether readers are sent there: it answers, and does not lag too far."""
        seen = self.seen.get(alias, Seen())
        return seen.version is not None and (seen.lag or 0) <= self.most

    @contextmanager
    def reading(self, alias: str) -> Iterator[None]:
        """What this thread reads of the record comes from that database."""
        token = _reading_from.set(alias)
        connection = connections[alias]
        with self.lock:
            self.readers[connection] += 1
        try:
            yield
        finally:
            with self.lock:
                self.readers[connection] -= 1
                if not self.readers[connection]:
                    del self.readers[connection]
            _reading_from.reset(token)

    def doubt(self, alias: str) -> None:
        """A request failed there: unless it answers this, it is left out at once."""
        connections[alias].close()
        if _version(alias) is None:
            self._take({**self.seen, alias: Seen()})

    def look(self) -> None:
        """Ask all of them, and cut off those who wait for one that does not answer."""
        with ThreadPoolExecutor(len(connections.settings)) as pool:
            aliases = list(connections.settings)
            versions = dict(zip(aliases, pool.map(_version_once, aliases), strict=True))
        self._take(_lags(versions))
        for alias, version in versions.items():
            if version is None:
                self._cut(alias)

    def _begin(self) -> None:
        """The first reader of a process waits for the first look; from then on a thread looks."""
        if self.thread is not None:
            return
        with self.lock:
            if self.thread is None:
                self.look()
                self.thread = Thread(target=self._watch, name="replicas", daemon=True)
                self.thread.start()

    def _watch(self) -> None:
        while True:
            time.sleep(EVERY)
            try:
                self.look()
            except Exception:
                log.exception("The replicas could not be looked at")

    def _take(self, seen: Mapping[str, Seen]) -> None:
        before = {alias: self.serves(alias) for alias in self.seen}
        self.seen = dict(seen)
        for alias in self.seen:
            serves = self.serves(alias)
            if before.get(alias, True) != serves:
                log.warning("%s %s", alias, "serves readers again" if serves else "is left out")

    def _cut(self, alias: str) -> None:
        """Whoever waits for an answer from there gets an error now, and asks another database."""
        with self.lock:
            waiting = [reader.connection for reader in self.readers if reader.alias == alias]
        for connection in waiting:
            with suppress(Exception), socket.socket(fileno=os.dup(connection.fileno())) as end:
                end.shutdown(socket.SHUT_RDWR)


def _replicas() -> list[str]:
    return [alias for alias in connections.settings if alias != PRIMARY]


def _version(alias: str) -> int | None:
    try:
        return Entry.objects.using(alias).order_by("-pk").values_list("pk", flat=True).first() or 0
    except DatabaseError:
        return None


def _version_once(alias: str) -> int | None:
    """Over a new connection: an old one to a server that stands still would wait for ever."""
    try:
        return _version(alias)
    finally:
        connections[alias].close()


def _lags(versions: Mapping[str, int | None]) -> dict[str, Seen]:
    """Seconds since the first publication that each one lacks."""
    answering = [alias for alias, version in versions.items() if version is not None]
    if not answering:
        return dict.fromkeys(versions, Seen())
    freshest = max(answering, key=lambda alias: versions[alias])
    found = dict.fromkeys(versions, Seen())
    try:
        for alias in answering:
            found[alias] = Seen(versions[alias], _seconds_behind(freshest, versions[alias]))
    finally:
        connections[freshest].close()
    return found


def _seconds_behind(freshest: str, version: int) -> float:
    missed = Entry.objects.using(freshest).recorded_after(version).order_by("pk")
    instant = missed.values_list("recorded_at", flat=True).first()
    return max(0.0, (timezone.now() - instant).total_seconds()) if instant else 0.0


watch = Watch(settings.DATABASE_REPLICA_LAG)
