"""The filter form above a list: a GET form, so that the address is the state."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from . import facts, record_types
from .queries import Query
from .record_types import RecordType
from .slices import Slice

MOST_OPTIONS = 300  # more than that is no choice, but a search
FEW = 6  # records that are offered as boxes


@dataclass(frozen=True)
class Field:
    """One filter: a few options become boxes to tick, more a drop-down list, very many a field
    for their keys, of which the options are those that are chosen.
    """

    name: str
    label: Any
    options: list[tuple[str, Any, bool]]  # value, label (or a three-language title), chosen
    boxed: bool = False  # several may be wanted at once
    more: bool = False  # seldom wanted: folded away until it is used
    typed: RecordType | None = None  # whose keys are typed: there are too many to choose from

    @property
    def chosen(self) -> int:
        return sum(is_chosen for _value, _label, is_chosen in self.options)

    @property
    def keys(self) -> str:
        """What is chosen, as it is typed."""
        return ",".join(value for value, _label, is_chosen in self.options if is_chosen)

    @property
    def boxes(self) -> bool:
        return self.boxed or self.chosen > 1


def fields(query: Query, slice_: Slice) -> list[Field]:
    """The filters that these types offer, with what is chosen.

    On a merged list those of the type with most filters stand first; the others are folded away.
    """
    main = max(query.types, key=lambda t: len(t.filters))
    offered = dict(main.filters)
    for record_type in query.types:
        offered |= {n: text for n, text in record_type.filters.items() if n not in offered}
    found = [_types(query)] if len(query.types) > 1 else []
    for name, label in offered.items():
        field = _field(name, label, query, slice_, more=name not in main.filters)
        if field.options or field.typed:
            found.append(field)
    return found


def _types(query: Query) -> Field:
    options = [(t.name, t.label_plural, t.name in query.chosen_types) for t in query.types]
    return Field("type", _("Show"), options, boxed=True)


def _field(name: str, label: Any, query: Query, slice_: Slice, more: bool) -> Field:
    chosen = query.filters.get(name, ())
    having = [t for t in query.types if name in t.terms]
    if any(_named(name, t) for t in having) and _titles(slice_, name) is None:
        options = [(value, value, True) for value in chosen]
        return Field(name, label, options, more=more, typed=record_types.get(name))
    options = {value: text for t in having for value, text in _options(name, t, slice_)}
    boxed = len(options) <= FEW and not any(name in t.choices for t in having)
    return Field(name, label, [(v, text, v in chosen) for v, text in options.items()], boxed, more)


def _options(name: str, having: RecordType, slice_: Slice) -> Iterator[tuple[str, Any]]:
    """The codes of an enumeration, or the records that the filter names."""
    if name in having.choices:
        yield from having.choices[name].choices
    elif _named(name, having):
        yield from _titles(slice_, name) or ()


def _named(name: str, having: RecordType) -> bool:
    """Whether a filter's values are records of the type that it is named after."""
    return name not in having.choices and name in {t.name for t in record_types.all_types()}


@facts.once
def _titles(slice_: Slice, name: str) -> list[tuple[str, Any]] | None:
    """Keys and titles of all records of a type; None where they are too many to choose from."""
    found = slice_.entries(name).by_key()[: MOST_OPTIONS + 1]
    titles = [(entry.key, entry.data["title"]) for entry in found]
    return titles if len(titles) <= MOST_OPTIONS else None
