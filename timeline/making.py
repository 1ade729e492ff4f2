"""The answer of an address that was answered before, made without Django (`timeline.again`).

Where the question for a page says the record's version too, that one question is all: the answer is
made as if the version were the one that was seen last, and thrown away where it is not.
"""

import time
from dataclasses import dataclass

from django.db import connections
from django.http import HttpResponse

from . import again, compression, questions
from .keys import Environ, Newest, etag_of, marked
from .models import Entry
from .remembering import Key, answers, recalled

SEEN = "timeline.newest"  # in the environment: the version that the entrance asked for just now


@dataclass
class Last:
    newest: Newest = None  # the version that was seen last; there may be another one since


last = Last()


def made_at_once(environ: Environ, key: Key, newest: Newest) -> HttpResponse | None:
    """The same as `made_again` without asking for the version first: as if it were this one.
    None where it is not, and for what is in memory at that version.
    """
    kept = to_make_at_once(environ, key)
    return made(environ, key, kept, newest, guessed=True) if kept else None


def to_make_at_once(environ: Environ, key: Key) -> again.Kept | None:
    """What one question makes, which says the version too, and is not in memory at this one.

    None for who has an answer already, before the version is known: it may be the right one.
    """
    guessed = SEEN not in environ
    if environ["REQUEST_METHOD"] != "GET" or (guessed and "HTTP_IF_NONE_MATCH" in environ):
        return None
    if answers.get(key):
        return None
    kept = again.addresses.get(key)
    return kept if kept and kept.at_once else None


def made_again(environ: Environ, key: Key) -> HttpResponse | None:
    """The answer of an address that was answered before, at another version of the record."""
    kept = again.addresses.get(key) if environ["REQUEST_METHOD"] == "GET" else None
    return made(environ, key, kept, environ[SEEN]) if kept else None


def made(
    environ: Environ, key: Key, kept: again.Kept, newest: Newest, guessed: bool = False
) -> HttpResponse | None:
    """An answer at that version of the record; None where there is another version meanwhile."""
    with answers.alone(key):
        if answer := recalled(environ, key):
            return None if guessed else answer  # it may have been made before this was asked
        return made_now(environ, key, kept, newest, guessed)


def made_now(
    environ: Environ, key: Key, kept: again.Kept, newest: Newest, guessed: bool
) -> HttpResponse | None:
    """The same, whoever else makes it. None too for what more must be asked for, if `guessed`."""
    begun = time.perf_counter()
    with questions.watched(connections[Entry.objects.db]) as watch:
        answer = kept.answer(newest)
    kept.took.append(time.perf_counter() - begun)
    kept.at_once = watch.version is not None
    if kept.at_once:
        agrees = bool(newest) and watch.version == newest[0]
    else:
        agrees = not guessed and see() == newest
    if answer is None or not agrees:
        return None
    compression.pack(marked(answer, etag_of(key)), environ.get("HTTP_ACCEPT_ENCODING", ""))
    answers.put(key, answer)
    return answer


def see() -> Newest:
    """The record's version."""
    last.newest = Entry.objects.newest()
    return last.newest
