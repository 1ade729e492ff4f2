"""Filters that name a record: a key that no record ever had is a slip, and is refused as one."""

import difflib
from collections.abc import Iterator, Mapping, Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from . import record_types
from .declarations import terms_of_types
from .faults import Fault, shown
from .models import Entry
from .record_types import RecordType

MAX_KEYS = 5000  # among which the nearest is sought, for the fault's words


def faults(filters: Mapping[str, Sequence[str]], types: Sequence[RecordType]) -> Iterator[Fault]:
    """A fault for each value that is the key of no record, withdrawn ones included.

    Whenever it was recorded: a filter may name what had not been published at `as_of`.
    """
    named = {name: kinds for name in filters if (kinds := referred(name, types))}
    asked = {
        (kind, key) for name, kinds in named.items() for kind in kinds for key in filters[name]
    }
    if not asked:
        return
    found = _recorded(asked)
    for name, kinds in named.items():
        for key in filters[name]:
            if not any((kind, key) in found for kind in kinds):
                yield Fault(name, "no_record", _detail(key, kinds))


def referred(name: str, types: Sequence[RecordType]) -> list[str]:
    """The types whose keys are the values of a filter; none where its values are no keys."""
    having = terms_of_types(types).get(name, ())
    embedded = {kind for t in having for kind, path in t.embeds if path in t.terms[name]}
    own = {t.name for t in record_types.all_types()} & {name}
    return sorted(embedded | own)


def _recorded(asked: set[tuple[str, str]]) -> set[tuple[str, str]]:
    which = Q()
    for kind in {kind for kind, _key in asked}:
        which |= Q(type=kind, key__in=[key for other, key in asked if other == kind])
    return set(Entry.objects.filter(which, version=1).values_list("type", "key"))


def _detail(key: str, kinds: list[str]) -> str:
    keys = Entry.objects.filter(type__in=kinds, version=1).values_list("key", flat=True)
    near = difflib.get_close_matches(key[:64], keys[:MAX_KEYS], n=1)
    hint = _(" Did you mean “%(near)s”?") % {"near": near[0]} if near else ""
    return _("No record has the key “%(key)s”.%(hint)s") % {"key": shown(key), "hint": hint}
