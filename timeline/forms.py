"""The filter form above a list: a GET form, so that the address is the state."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from . import record_types
from .queries import Query
from .record_types import RecordType
from .slices import Slice

MOST_OPTIONS = 300  # more than that is no choice, but a search


@dataclass(frozen=True)
class Field:
    """One filter: a few options become boxes to tick, more a drop-down list."""

    name: str
    label: Any
    options: list[tuple[str, Any, bool]]  # value, label (or a three-language title), chosen

    @property
    def boxes(self) -> bool:
        return len(self.options) <= 6

    @property
    def chosen(self) -> bool:
        return any(is_chosen for _value, _label, is_chosen in self.options)


def fields(query: Query, slice_: Slice) -> list[Field]:
    """The filters that these types offer, with what is chosen."""
    offered: dict[str, Any] = {}
    for record_type in query.types:
        offered |= record_type.filters
    made = (_field(name, label, query, slice_) for name, label in offered.items())
    types = [_types(query)] if len(query.types) > 1 else []
    return types + [field for field in made if field.options]


def _types(query: Query) -> Field:
    options = [(t.name, t.label_plural, t.name in query.chosen_types) for t in query.types]
    return Field("type", _("Show"), options)


def _field(name: str, label: Any, query: Query, slice_: Slice) -> Field:
    chosen = query.filters.get(name, ())
    having = [t for t in query.types if name in t.terms]
    options = {value: text for t in having for value, text in _options(name, t, slice_)}
    return Field(name, label, [(v, text, v in chosen) for v, text in options.items()])


def _options(name: str, having: RecordType, slice_: Slice) -> Iterator[tuple[str, Any]]:
    """The codes of an enumeration, or the records that the filter names."""
    if name in having.choices:
        yield from having.choices[name].choices
    elif name in {t.name for t in record_types.all_types()}:
        for entry in slice_.entries(name).by_key()[:MOST_OPTIONS]:
            yield entry.key, entry.data["title"]
