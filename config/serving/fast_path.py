"""Plain requests are answered where clients are waited for, without a thread: from memory, by a
304, or by an answer that one question to the database makes.

All that arrived in one turn of the poller share one question for the record's version. What cannot
be answered here goes to a thread, and there to gunicorn's own parser.
"""

import logging
import time
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from django.db import connections
from django.http import HttpResponse

from timeline import again, freshness, keys, making
from timeline.models import Entry
from timeline.remembering import answers

from .. import headers
from ..entrance import Entrance
from . import lines, newest, pausing, plain, wire
from .loop import Loop
from .plain import Asked

LINES = 4  # connections by which answers are made here
QUICK = 0.02  # seconds that the poller may stand still for an answer
LONG = 1  # seconds that an answer may take for which it does not stand still
TURN = 0.1  # seconds of standing still, after which the others of a turn go to threads
Otherwise = Callable[[Asked], None]
log = logging.getLogger("tracker.serving")


@lru_cache(plain.HEADS)
def asked_for(head: bytes) -> keys.Key:
    """What the key of a plain request says besides the version and the day."""
    environ = plain.environ_of(head)
    return keys.asked_for(environ, environ["HTTP_HOST"])


class FastPath:
    """`send` gets each answer with its request, `hand_on` each request that is not answered."""

    def __init__(
        self,
        entrance: Entrance,
        loop: Loop,
        send: Callable[[Asked, HttpResponse], None],
        hand_on: Otherwise,
    ) -> None:
        self.entrance, self.send, self.hand_on = entrance, send, hand_on
        usual = connections[Entry.objects.db]
        pausing.closed_to_others(usual)
        self.record = newest.OfTheRecord(lines.line(usual, loop))
        self.lines = lines.Lines(usual, loop, LINES)
        self.waits = usual.vendor != "sqlite"  # else the poller stands still for each question
        ask = self.lines.ask
        self.run = pausing.Runners(ask).run if self.waits else partial(pausing.at_once, ask)
        self.making: dict[keys.Key, list[Asked]] = {}  # and who waits for the same
        self.until, self.day = 0.0, ""  # this turn's end, and its day

    def answer(self, arrived: list[Asked]) -> None:
        """All that arrived in one turn of the poller."""
        self.until, self.day = time.perf_counter() + TURN, keys.today()
        for asked in arrived:
            self.attempt(self.begin, asked)
        self.record.ask()

    def attempt(self, step: Callable[..., None], asked: Asked, *given: Any) -> None:
        """Whatever goes wrong, goes wrong in a thread, and for that request alone."""
        try:
            step(asked, *given)
        except Exception:
            log.exception("A request was not answered without a thread.")
            self.hand_on(asked)

    def begin(self, asked: Asked) -> None:
        guess = making.last.newest
        asked.key = (keys.version(guess), self.day, *asked_for(asked.head))
        self.make(asked, guess, self.want_version)

    def want_version(self, asked: Asked) -> None:
        self.record.want(partial(self.attempt, self.at_version, asked))

    def at_version(self, asked: Asked, version: keys.Newest, error: BaseException | None) -> None:
        if error:
            self.hand_on(asked)
            return
        asked.environ[making.SEEN] = making.last.newest = version
        if keys.version(version) != asked.key[0]:
            asked.key = keys.at(asked.key, version)
        if answer := freshness.found(asked.environ, asked.key):
            self.tell(asked, answer)
        else:
            self.make(asked, version, self.hand_on)

    def make(self, asked: Asked, version: keys.Newest, otherwise: Otherwise) -> None:
        """Answer by one question, which says the version too; `otherwise` where that cannot be."""
        key, kept = asked.key, making.to_make_at_once(asked.environ, asked.key)
        if kept is None or self.takes_long(kept):
            otherwise(asked)
        elif key in self.making:
            self.making[key].append(asked)
        else:
            if answers.most:  # else each makes its own
                self.making[key] = []
            make = partial(making.made_now, asked.environ, key, kept, version, guessed=True)
            try:
                self.run(make, partial(self.made, asked, otherwise))
            except Exception:
                for other in self.making.pop(key, []):
                    self.hand_on(other)
                raise

    def takes_long(self, kept: again.Kept) -> bool:
        """Whether a thread should make it: it took long the last times, whoever made it; or those
        who came at the same time have taken long enough.
        """
        often = len(kept.took) == again.LAST
        slow = often and min(kept.took) > (LONG if self.waits else QUICK)
        return slow or (not self.waits and time.perf_counter() > self.until)

    def made(
        self,
        asked: Asked,
        otherwise: Otherwise,
        answer: HttpResponse | None,
        _error: Exception | None,
    ) -> None:
        for other in self.making.pop(asked.key, []):
            self.want_version(other)  # it is in memory now, if the version is still that one
        if answer:
            self.attempt(self.tell, asked, answer)
        else:
            otherwise(asked)
        self.record.ask()

    def tell(self, asked: Asked, answer: HttpResponse) -> None:
        if wire.WIRE not in answer.__dict__:
            headers.opened(answer, asked.environ["PATH_INFO"])
        self.send(asked, answer)

    def tick(self) -> None:
        """Called from time to time: nobody waits for a database for ever."""
        self.record.line.tick()
        self.lines.tick()
