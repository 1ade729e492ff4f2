"""Paging by keyset: a page begins after the last entry of the one before, never at an offset.

The position is what the entries are sorted by, down to what is unique among the entries in force at
one instant: (starts_on, key, type), (key, type), or id, which is the order of recording. The first
two end in type, since a record that is published again between two pages gets a new id.
"""

import base64
import binascii
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import orjson
from django.db.models import Q
from django.utils.translation import gettext as _

from . import instants
from .faults import Fault, ParameterErrors, Refused

if TYPE_CHECKING:
    from .entries import EntryQuerySet
    from .models import Entry

VERSION = 1
MAX_LENGTH = 1000
CHUNK = 500  # entries that are read at a time
NEXT, PREVIOUS = "next", "previous"


@dataclass(frozen=True)
class Page:
    """Some entries in order, and the cursors of the pages beside them (None at the ends)."""

    entries: list["Entry"]
    next: str | None
    previous: str | None


@dataclass(frozen=True)
class At:
    """Where a page begins: right after a position, right before it, or (None) at the start."""

    direction: str = NEXT
    position: list[Any] | None = None


def page(entries: "EntryQuerySet", ordering: str, cursor: str | None, size: int) -> Page:
    """The page of at most `size` entries at a cursor; the first one when there is no cursor.

    ParameterErrors when the cursor is none that this ordering gave.
    """
    at = position_of(cursor, ordering)
    return paged(list(ordered(entries, ordering, at, size)), ordering, at, size)


def position_of(cursor: str | None, ordering: str) -> At:
    return At(*decode(cursor, ordering)) if cursor else At()


def descends(ordering: str, at: At) -> bool:
    """Whether a page is read from its list's end."""
    return ordering.startswith("-") != (at.direction == PREVIOUS)


def ordered(entries: "EntryQuerySet", ordering: str, at: At, size: int) -> "EntryQuerySet":
    """A page's entries and one more, which tells whether another page follows."""
    descending = descends(ordering, at)
    entries = listed(entries, ordering)
    columns = COLUMNS[ordering.lstrip("-")]
    columns = tuple(entries.starts if c == "starts_on" else c for c in columns)
    if at.position:
        entries = entries.filter(_beyond(columns, at.position, descending))
    entries = entries.defer("search_text")  # as long as the document, and of no use to a reader
    return entries.order_by(*(f"{'-' * descending}{c}" for c in columns))[: size + 1]


def paged(found: list["Entry"], ordering: str, at: At, size: int) -> Page:
    """The page of what `ordered` found."""
    backwards = at.direction == PREVIOUS
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Page([], None, None)
    after = backwards or more
    before = more if backwards else at.position is not None
    return Page(
        found,
        encode(found[-1], ordering, NEXT) if after else None,
        encode(found[0], ordering, PREVIOUS) if before else None,
    )


def stream(entries: "EntryQuerySet", ordering: str) -> Iterator["Entry"]:
    """All entries in order, read from the database a few at a time."""
    sign = "-" if ordering.startswith("-") else ""
    columns = COLUMNS[ordering.lstrip("-")]
    found = listed(entries, ordering).defer("search_text")
    return found.order_by(*(f"{sign}{column}" for column in columns)).iterator(CHUNK)


def listed(entries: "EntryQuerySet", ordering: str) -> "EntryQuerySet":
    """Those of the entries that have a place in the order: by date, only what is dated."""
    return entries.dated() if ordering.lstrip("-") == "date" else entries


def encode(entry: "Entry", ordering: str, direction: str) -> str:
    """The cursor of the page that begins right after the entry (or, backwards, right before it)."""
    position = [getattr(entry, column) for column in COLUMNS[ordering.lstrip("-")]]
    text = orjson.dumps([VERSION, ordering, direction, position])
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


def decode(cursor: str, ordering: str) -> tuple[str, list[Any]]:
    """The direction and the position that a cursor stands for; ParameterErrors for any other."""
    try:
        return _decoded(cursor, ordering)
    except (ValueError, TypeError, binascii.Error) as error:
        raise ParameterErrors(
            [
                Fault(
                    "cursor",
                    "cursor",
                    _(
                        "This cursor belongs to no page of this list. Begin without a cursor and "
                        "follow “next”."
                    ),
                )
            ]
        ) from error


def _decoded(cursor: str, ordering: str) -> tuple[str, list[Any]]:
    if len(cursor) > MAX_LENGTH:
        raise ValueError(cursor)
    padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
    version, mark, direction, position = orjson.loads(
        base64.b64decode(padded, altchars=b"-_", validate=True)
    )
    columns = COLUMNS[ordering.lstrip("-")]
    if (version, mark) != (VERSION, ordering) or direction not in (NEXT, PREVIOUS):
        raise ValueError(cursor)
    if not isinstance(position, list):
        raise ValueError(cursor)
    return direction, [
        _READERS[column](value) for column, value in zip(columns, position, strict=True)
    ]


def _beyond(columns: tuple[str, ...], position: list[Any], descending: bool) -> Q:
    """What sorts after the position. The databases use their index for the first condition."""
    than = "lt" if descending else "gt"
    *first, (last, value) = zip(columns, position, strict=True)
    condition = Q(**{f"{last}__{than}": value})
    for column, value in reversed(first):
        condition = Q(**{f"{column}__{than}": value}) | Q(condition, **{column: value})
    return Q(**{f"{columns[0]}__{than}e": position[0]}) & condition


def _day(value: Any) -> date:
    return instants.day(_text(value))


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 200 or "\x00" in value:
        raise Refused("cursor", "no text")
    return value


def _id(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**63:
        raise Refused("cursor", "no id")
    return value


COLUMNS: dict[str, tuple[str, ...]] = {
    "date": ("starts_on", "key", "type"),
    "key": ("key", "type"),
    "recorded_at": ("id",),
}
_READERS: dict[str, Callable[[Any], Any]] = {
    "starts_on": _day,
    "key": _text,
    "type": _text,
    "id": _id,
}
