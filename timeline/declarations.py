"""What parameters there are: declared once, for reading query strings and for describing them."""

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from . import instants, record_types
from .faults import Refused, shown
from .queries import MAX_PAGE_SIZE, OVERLAPS, PAGE_SIZE, WITHIN
from .record_types import RecordType
from .search import MAX_QUERY
from .terms import MAX_VALUE

MAX_LENGTH = 1000  # characters of any value
MAX_LISTED = 12  # known codes that are listed in a fault
IN = "__in"


@dataclass(frozen=True)
class Parameter:
    """One parameter: how a value is read, and what the API's description says of it."""

    name: str
    read: Callable[[str], Any]  # raises Refused
    description: str
    schema: dict[str, Any]
    many: bool = False  # may be repeated: any of the values
    required: bool = False


def declared(
    types: Sequence[RecordType],
    extra: Iterable[str | Parameter] = (),
    only: Collection[str] | None = None,
) -> dict[str, Parameter]:
    """The parameters that lists of these types know, by name; or `only` those of them.

    `extra` are an address's own: declared like these, or names whose values are any text.
    """
    found = _usual(tuple(t.name for t in types))
    own = [p if isinstance(p, Parameter) else text_parameter(p) for p in extra]
    return {p.name: p for p in found if only is None or p.name in only} | {p.name: p for p in own}


@cache
def _usual(names: tuple[str, ...]) -> list[Parameter]:
    """The parameters of these types' lists."""
    types = [record_types.get(name) for name in names]
    dates = _dates() if any(t.dated for t in types) else ()
    return [*_filters(types), *dates, *_common(types)]


def text_parameter(name: str) -> Parameter:
    return Parameter(name, _text(MAX_LENGTH), "", {"type": "string"})


def code_parameter(name: str, codes: Sequence[str], description: str) -> Parameter:
    """One of some codes; the first one is usual."""
    schema = {"type": "string", "enum": list(codes), "default": codes[0]}
    return Parameter(name, _code(list(codes)), description, schema)


def instant_parameter(name: str, description: str, required: bool = False) -> Parameter:
    """An instant that is not in the future."""
    schema = {"type": "string", "maxLength": 40, "examples": ["2026-03-01T09:00:00Z"]}
    return Parameter(name, instants.past_instant, description, schema, required=required)


def number_parameter(
    name: str, least: int, most: int, usual: int | None, description: str
) -> Parameter:
    schema = {"type": "integer", "minimum": least, "maximum": most}
    if usual is not None:
        schema["default"] = usual
    return Parameter(name, _whole(least, most), description, schema)


def list_parameter(name: str, codes: Sequence[str], description: str) -> Parameter:
    """Some of these codes, separated by commas."""
    one = _code(list(codes))
    read = _list_of(one)
    schema = {"type": "string", "maxLength": MAX_LENGTH, "examples": [codes[0]]}
    return Parameter(name, lambda text: tuple(dict.fromkeys(read(text))), description, schema)


def orderings(types: Sequence[RecordType]) -> list[str]:
    """The orders in which these types can be listed, the usual one first."""
    dated = [t.dated for t in types]
    names = ["date", "key"] if all(dated) else ["key", "date"] if any(dated) else ["key"]
    if len(types) > 1 and all(dated):
        names.remove("key")  # no index gives the merged timeline by key
    return [order for name in [*names, "recorded_at"] for order in (name, f"-{name}")]


def terms_of_types(types: Sequence[RecordType]) -> dict[str, list[RecordType]]:
    """The names of filters, each with the types that have it."""
    names = dict.fromkeys(name for t in types for name in t.terms)
    return {name: [t for t in types if name in t.terms] for name in names}


def _filters(types: Sequence[RecordType]) -> Iterator[Parameter]:
    if len(types) > 1:
        yield from _either("type", [t.name for t in types], "Entries of this type.")
    for name, having in terms_of_types(types).items():
        codes: list[str] | None = None
        if all(name in t.choices for t in having):
            codes = list(dict.fromkeys(c for t in having for c in t.choices[name].values if c))
        paths = dict.fromkeys(path for t in having for path in t.terms[name])
        where = ", ".join(f"`{path}`" for path in paths)
        yield from _either(name, codes, f"Entries with this value at {where}.")


def _either(name: str, codes: list[str] | None, description: str) -> Iterator[Parameter]:
    one = _code(codes) if codes else _text(MAX_VALUE)
    schema = {"type": "string", **({"enum": codes} if codes else {"maxLength": MAX_VALUE})}
    again = f"{description} Repeat it, or list several in `{name}{IN}`, for any of them."
    yield Parameter(name, one, again, schema, many=True)
    listed = f"Like `{name}`, several values separated by commas: any of them."
    yield Parameter(name + IN, _list_of(one), listed, {"type": "string"}, many=True)


def _dates() -> Iterator[Parameter]:
    schema = {"type": "string", "maxLength": 64, "examples": ["2019-07-01"]}
    about = "A day, or an EDTF date such as 2019-07 or 2019."
    yield Parameter(
        "date__gte", _both(instants.first_day), f"What happened on or after it. {about}", schema
    )
    yield Parameter(
        "date__lte", _both(instants.last_day), f"What happened on or before it. {about}", schema
    )
    yield Parameter(
        "date_match",
        _code([OVERLAPS, WITHIN]),
        "Whether a date must have a day in common with the span (the default) or lie wholly in it.",
        {"type": "string", "enum": [OVERLAPS, WITHIN], "default": OVERLAPS},
    )


def _common(types: Sequence[RecordType]) -> Iterator[Parameter]:
    moment = {"type": "string", "maxLength": 40, "examples": ["2026-03-01T09:00:00Z"]}
    yield Parameter(
        "updated_since", instants.instant, "What was published at or after this instant.", moment
    )
    yield Parameter(
        "on",
        instants.day,
        "What held on this day: the status, office or fulfilment of that day, what was happening.",
        {"type": "string", "format": "date"},
    )
    yield Parameter(
        "as_of",
        instants.past_instant,
        "What this record said at that instant (with Z or an offset); a bare day is its end, UTC.",
        moment,
    )
    yield Parameter(
        "q",
        _text(MAX_QUERY),
        "Words that must all be found, in any of the three languages.",
        {"type": "string", "maxLength": MAX_QUERY},
    )
    orders = orderings(types)
    yield Parameter(
        "ordering",
        _code(orders),
        "The order, ties broken by a unique key. By date, only what has one is listed.",
        {"type": "string", "enum": orders, "default": orders[0]},
    )
    yield Parameter(
        "page_size",
        _whole(1, MAX_PAGE_SIZE),
        "How many results a page holds at most.",
        {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": PAGE_SIZE},
    )
    yield Parameter(
        "cursor",
        _text(MAX_LENGTH),
        "The page to show; take it from `next` or `previous`.",
        {"type": "string"},
    )
    yield Parameter(
        "count",
        lambda text: _code(["true", "false"])(text) == "true",
        "Whether to count all results.",
        {"type": "boolean", "default": False},
    )


def _code(codes: list[str]) -> Callable[[str], str]:
    def read_code(text: str) -> str:
        if text in codes:
            return text
        near = difflib.get_close_matches(text[:64], codes, n=1)
        hint = _(" Did you mean “%(near)s”?") % {"near": near[0]} if near else ""
        listed = ", ".join(codes[:MAX_LISTED]) + (" …" if len(codes) > MAX_LISTED else "")
        detail = _("“%(text)s” is not one of the values.%(hint)s Known: %(known)s.")
        raise Refused("choice", detail % {"text": shown(text), "hint": hint, "known": listed})

    return read_code


def _text(most: int) -> Callable[[str], str]:
    def read_text(text: str) -> str:
        if len(text) > most:
            detail = _("The value has %(length)d characters; at most %(most)d are read.")
            raise Refused("too_long", detail % {"length": len(text), "most": most})
        return text

    return read_text


def _list_of(one: Callable[[str], str]) -> Callable[[str], list[str]]:
    return lambda text: [one(part.strip()) for part in text.split(",") if part.strip()]


def _both(bound: Callable[[str], Any]) -> Callable[[str], tuple[str, Any]]:
    return lambda text: (text, bound(text))


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read_whole(text: str) -> int:
        if text.isascii() and text.isdecimal() and len(text) < 17 and least <= int(text) <= most:
            return int(text)
        detail = _("Give a whole number from %(least)d to %(most)d.")
        raise Refused("number", detail % {"least": least, "most": most})

    return read_whole
