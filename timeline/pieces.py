"""Pieces of pages are written once for each entry and language: an entry never changes.

Its digest, which stands for all that it says, is what a piece is kept by, so none can be stale.
What is kept is bounded by its characters: whatever was not asked for while as many were written
is forgotten.
"""

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any

from .models import Entry
from .reading import Reader

MOST = 4_000_000  # characters, in each process

_kept: dict[tuple, Any] = {}
_older: dict[tuple, Any] = {}  # kept before these: what is asked for again is one of these again
_lock = Lock()
_size = 0


def of_entry(function: Callable[..., Any]) -> Callable[..., Any]:
    """For a function of an entry, a reader, and values that can be keys, which gives a text or a
    tuple of texts and asks for nothing else.

    Pages of the past are written each time: their addresses hold too many instants to remember.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def known(entry: Entry, reader: Reader, *values: Any) -> Any:
        if reader.instant or not entry.digest:
            return function(entry, reader, *values)
        key = (name, entry.digest, reader.begin, *values)
        found = _kept.get(key)
        if found is None:
            found = _older.get(key)
            found = _keep(key, function(entry, reader, *values) if found is None else found)
        return found

    return known


def _keep(key: tuple, piece: Any) -> Any:
    global _kept, _older, _size
    with _lock:
        if _size > MOST // 2:
            _kept, _older, _size = {}, _kept, 0
        if key not in _kept:
            _kept[key] = piece
            _size += len(piece) if isinstance(piece, str) else sum(map(len, piece))
    return piece


def forget() -> None:
    global _size
    with _lock:
        _kept.clear()
        _older.clear()
        _size = 0
