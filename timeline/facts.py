"""What many pages say of the record is worked out once for each version of it.

The version and the day are part of what it is remembered by, so nothing is stale and nothing
expires. What is remembered is shared by all pages, languages and threads: nobody changes it.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache, wraps
from typing import Any

from django.db import connections

from . import questions
from .models import Entry
from .slices import Slice

MOST = 60  # values of one function


class _Passing(Exception):
    """Something was published meanwhile: the value may mix two versions, and is not kept."""


def once(function: Callable[..., Any]) -> Callable[..., Any]:
    """For a function of a slice, and of values that can be keys, that does not ask for a language.

    The past is worked out each time: there are too many instants to remember. With a new version
    all that was known of the one before is dropped.
    """
    newest = 0

    @lru_cache(MOST)
    def kept(version: int, day: date, slice_: Slice, *values: Any) -> Any:
        with questions.watched(connections[Entry.objects.db]) as watch:
            found = function(slice_, *values)
        if not watch.asked or watch.version == version or _is_newest(version):
            return found
        raise _Passing(found)

    @wraps(function)
    def known(slice_: Slice, *values: Any) -> Any:
        nonlocal newest
        if slice_.version is None or slice_.as_of:
            return function(slice_, *values)
        if slice_.version > newest:
            newest = slice_.version
            kept.cache_clear()
        try:
            return kept(slice_.version, slice_.day, slice_, *values)
        except _Passing as passing:
            return passing.args[0]

    _all.append(kept.cache_clear)
    return known


def _is_newest(version: int) -> bool:
    return (Entry.objects.newest() or (0,))[0] == version


_all: list[Callable[[], None]] = []


def forget() -> None:
    for clear in _all:
        clear()
