"""The filter form above a list: a GET form, so that the address is the state."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from . import facts, record_types
from .queries import Query
from .record_types import RecordType
from .slices import Slice

MOST_OPTIONS = 300  # more than that is no choice, but a search
FEW = 6  # records that are offered as boxes
FIELDS = 200  # that are kept


@dataclass(frozen=True, eq=False)
class Field:
    """One filter: a few options become boxes to tick, more a drop-down list, very many a field
    for their keys, of which the options are those that are chosen.

    The same choice at the same version of the record is the same object, so that what is written
    of it can be kept by it.
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


@dataclass(frozen=True, eq=False)
class Titles:
    """Keys and titles of all records of a type; None where they are too many to choose from."""

    all: list[tuple[str, Any]] | None


def fields(query: Query, slice_: Slice) -> list[Field]:
    """The filters that these types offer, with what is chosen.

    On a merged list those of the type with most filters stand first; the others are folded away.
    """
    types = tuple(t.name for t in query.types)
    found = [_types(types, tuple(query.chosen_types))] if len(types) > 1 else []
    for name in _offered(types):
        named = any(_named(name, t) for t in _having(types, name))
        titles = _titles(slice_, name) if named else None
        field = _field(types, name, query.filters.get(name, ()), titles)
        if field.options or field.typed:
            found.append(field)
    return found


@lru_cache
def _offered(types: tuple[str, ...]) -> dict[str, tuple[Any, bool]]:
    """The filters of these types: each one's label, and whether it is folded away."""
    having = [record_types.get(name) for name in types]
    main = max(having, key=lambda t: len(t.filters))
    offered = {name: (label, False) for name, label in main.filters.items()}
    for record_type in having:
        offered |= {n: (text, True) for n, text in record_type.filters.items() if n not in offered}
    return offered


def _having(types: tuple[str, ...], name: str) -> list[RecordType]:
    return [t for t in map(record_types.get, types) if name in t.terms]


@lru_cache
def _types(types: tuple[str, ...], chosen: tuple[str, ...]) -> Field:
    having = map(record_types.get, types)
    options = [(t.name, t.label_plural, t.name in chosen) for t in having]
    return Field("type", _("Show"), options, boxed=True)


@lru_cache(FIELDS)
def _field(
    types: tuple[str, ...], name: str, chosen: tuple[str, ...], titles: Titles | None
) -> Field:
    label, more = _offered(types)[name]
    having = _having(types, name)
    if titles and titles.all is None:
        options = [(value, value, True) for value in chosen]
        return Field(name, label, options, more=more, typed=record_types.get(name))
    options = {value: text for t in having for value, text in _options(name, t, titles)}
    boxed = len(options) <= FEW and not any(name in t.choices for t in having)
    return Field(name, label, [(v, text, v in chosen) for v, text in options.items()], boxed, more)


def _options(name: str, having: RecordType, titles: Titles | None) -> Iterable[tuple[str, Any]]:
    """The codes of an enumeration, or the records that the filter names."""
    if name in having.choices:
        return having.choices[name].choices
    return titles.all if titles and _named(name, having) else ()


def _named(name: str, having: RecordType) -> bool:
    """Whether a filter's values are records of the type that it is named after."""
    return name not in having.choices and name in {t.name for t in record_types.all_types()}


@facts.once
def _titles(slice_: Slice, name: str) -> Titles:
    found = slice_.entries(name).by_key()[: MOST_OPTIONS + 1]
    titles = [(entry.key, entry.data["title"]) for entry in found]
    return Titles(titles if len(titles) <= MOST_OPTIONS else None)
