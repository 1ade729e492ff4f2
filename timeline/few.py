"""Types of which there are few are read whole, once for each version of the record."""

from collections import defaultdict

from . import compiled, facts
from .entries import EntryQuerySet
from .models import Entry
from .slices import Slice
from .terms import terms_of


def found(slice_: Slice, type_: str, name: str, value: str) -> list[Entry]:
    """The entries of such a type that are found under a term, the oldest first."""
    if slice_.version is None or slice_.as_of:
        return list(slice_.found(name, value, type_).oldest_first())
    return _under(slice_, type_, name).get(value, [])


@facts.once
def _under(slice_: Slice, type_: str, name: str) -> dict[str, list[Entry]]:
    under = defaultdict(list)
    for entry in all_of(slice_, type_):
        for _name, value in sorted(pair for pair in terms_of(entry.data) if pair[0] == name):
            under[value].append(entry)
    return dict(under)


def all_of(slice_: Slice, type_: str) -> list[Entry]:
    """All entries of such a type, the oldest first; those in memory are not read again."""
    if slice_.as_of:
        return list(slice_.entries(type_).oldest_first())
    return compiled.of_shape(_in_force, type_)


def _in_force(type_: str) -> EntryQuerySet:
    return Slice().entries(type_).oldest_first()
