"""A question to the record as an address asks it: parsed, answered, written back as an address."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from . import compiled, cursors, density, hits, instants, rarity, record_types, summary
from .models import Entry

if TYPE_CHECKING:
    from .entries import EntryQuerySet
    from .record_types import RecordType

OVERLAPS, WITHIN = "overlaps", "within"
DAY = timedelta(days=1)
BEFORE, SINCE = "before", "since"
PAGE_SIZE, MAX_PAGE_SIZE = 50, 500
MOVING = {"cursor", "as_of"}  # what differs from one page, and one state of the record, to the next


@dataclass(frozen=True)
class Query:
    """The values of a query string, each with its default. `parameters.read` makes it."""

    types: tuple["RecordType", ...]
    default_ordering: str
    ordering: str
    chosen_types: tuple[str, ...] = ()  # of `type=`; empty: all of `types`
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)  # name → any of the values
    date_gte: str = ""  # as written
    date_lte: str = ""
    first: date | None = None  # what these mean
    last: date | None = None
    date_match: str = OVERLAPS
    updated_since: datetime | None = None
    on: date | None = None
    as_of: datetime | None = None
    q: str = ""
    page_size: int = PAGE_SIZE
    cursor: str | None = None
    count: bool = False
    extra: dict[str, Any] = field(default_factory=dict)  # the address's own parameters
    begun: str = ""  # of a span's two parts: what began BEFORE its first day, or SINCE
    # Of what `hits` asks for: what began in these days, has these tokens, or is one of these.
    since: date | None = None
    until: date | None = None
    phrases: tuple[str, ...] = ()
    numbers: str = ""

    def entries(self, leading: str | None = None) -> "EntryQuerySet":
        """The entries asked for, all of them and in no order: `page` puts them in order.

        `leading` is the filter to walk by, where the values themselves do not tell.
        """
        entries = self.of_types(Entry.objects.standing(self.as_of))
        if self.on:
            entries = entries.on(self.on, self.names)
        leading = self.leading if leading is None else leading
        if leading:
            entries = entries.under(leading, *self.filters[leading])
        for name, values in self.filters.items():
            entries = entries if name == leading else entries.with_term(name, *values)
        if self.first or self.last:
            matching = entries.within if self.date_match == WITHIN else entries.overlapping
            entries = matching(self.first, self.last)
        if self.begun:
            part = entries.begun_before if self.begun == BEFORE else entries.begun_since
            entries = part(self.first)
        if self.updated_since:
            entries = entries.recorded_since(self.updated_since)
        if self.q:
            return self._matching(entries)
        if self.since:
            entries = entries.begun_since(self.since)
        if self.until:
            entries = entries.begun_by(self.until)
        if self.phrases:
            entries = entries.looked_through(*self.phrases)
        return entries.numbered(self.numbers) if self.numbers else entries

    def page(self) -> cursors.Page:
        """The page asked for. ParameterErrors when its cursor is none of this list's.

        What overlaps a span is read in two parts that follow each other: of what began before it,
        only what is longer than a day can reach it, and has an index of its own.
        """
        at = cursors.position_of(self.cursor, self.ordering)
        found: list[Entry] = []
        for part in self._parts(at):
            found += _found(part, at)[: self.page_size + 1 - len(found)]
            if len(found) > self.page_size:
                break
        return cursors.paged(found, self.ordering, at, self.page_size)

    def _parts(self, at: cursors.At) -> list["Query"]:
        if not (self.first and self.by_date and self.date_match == OVERLAPS):
            return [self]
        parts = [replace(self, begun=BEFORE), replace(self, begun=SINCE)]
        return parts[::-1] if cursors.descends(self.ordering, at) else parts

    def stream(self) -> Iterator["Entry"]:
        """All of them in order, from one question, without holding them."""
        return cursors.stream(self.entries(), self.ordering)

    def total(self) -> int:
        """How many entries all pages hold together; from the summary by month, where it can be."""
        summed = summary.of(self)
        return summed.total() if summed else self.listed().count()

    def listed(self) -> "EntryQuerySet":
        """The entries that have a place in the order."""
        return cursors.listed(self.entries(), self.ordering)

    def edges(self) -> Iterator[tuple[int, "Query"]]:
        """What the months that the span touches have too little (1) or too much (-1): what began
        before and reaches into it, and what begins in them outside of it.
        """
        first, last = self.first, self.last
        if first:
            yield 1, replace(self, begun=BEFORE, ordering="key")  # so no index by date is walked
        beside = replace(self, first=None, last=None)
        if first and first.day > 1:
            yield -1, replace(beside, since=first.replace(day=1), until=first - DAY)
        if last and last != (end := density.month_end(last)):
            yield -1, replace(beside, since=last + DAY, until=end)

    @property
    def by_date(self) -> bool:
        return self.ordering.lstrip("-") == "date"

    @property
    def begun_before(self) -> bool:
        """Whether this is the part that began before a span and reaches into it."""
        return self.begun == BEFORE

    @property
    def lies_within(self) -> bool:
        """Whether the whole of each date must be inside a span."""
        return self.date_match == WITHIN and bool(self.first or self.last)

    def canonical(self, **changes: Any) -> str:
        """The query string that asks the same, without what is default; "" when all is default.

        Or the same but for some changes: `query.canonical(cursor=page.next)`.
        """
        if changes.keys() <= MOVING:
            pairs = self._still + _moving(**{n: changes.get(n, getattr(self, n)) for n in MOVING})
        else:
            given = SimpleNamespace(**self.__dict__ | changes)
            pairs = _pairs(given) + _moving(given.cursor, given.as_of)
        return urlencode(sorted(pairs))

    @cached_property
    def _still(self) -> list[tuple[str, str]]:
        return _pairs(self)

    @cached_property
    def exported(self) -> str:
        """The query string that asks for all of it in another form, with its question mark."""
        bare = replace(self, extra={}, cursor=None, count=False, page_size=PAGE_SIZE)
        text = bare.canonical()
        return f"?{text}" if text else ""

    @property
    def names(self) -> tuple[str, ...]:
        """The types of the entries asked for."""
        return self.chosen_types or tuple(t.name for t in self.types)

    def of_types(self, entries: "EntryQuerySet") -> "EntryQuerySet":
        """Those of the entries that are of the types asked for."""
        if len(self.types) > 1 and all(t.on_timeline for t in self.types):
            entries = entries.on_the_timeline()  # which has an index of its own
            return entries.of_type(*self.chosen_types) if self.chosen_types else entries
        if self.begun_before and record_types.numerous(self.names):
            return entries.of_type_in_passing(*self.names)
        return entries.of_type(*self.names)

    def _matching(self, entries: "EntryQuerySet") -> "EntryQuerySet":
        return (entries.matching_and_lasting if self.begun_before else entries.matching)(self.q)

    @property
    def leading(self) -> str:
        """The filter whose index by date is walked, where it finds very many; "" for none."""
        if not self.filters or self.q:
            return ""
        if not (self.by_date and record_types.numerous(self.names)):
            return ""
        single = [name for name, values in self.filters.items() if len(values) == 1]
        return rarity.rarest(self, single) if len(single) > 1 else "".join(single)


def _pairs(query: Any) -> list[tuple[str, str]]:
    """All that an address says, but for what differs from one answer to the next."""
    single = {
        "date__gte": query.date_gte,
        "date__lte": query.date_lte,
        "date_match": query.date_match if query.date_match != OVERLAPS else "",
        "updated_since": instants.spell(query.updated_since) if query.updated_since else "",
        "on": query.on.isoformat() if query.on else "",
        "q": query.q,
        "ordering": query.ordering if query.ordering != query.default_ordering else "",
        "page_size": str(query.page_size) if query.page_size != PAGE_SIZE else "",
        "count": "true" if query.count else "",
        **{name: _written(value) for name, value in query.extra.items()},
    }
    many = {"type": query.chosen_types, **query.filters}
    return [(name, value) for name, value in single.items() if value] + [
        (name, value) for name, values in many.items() for value in values
    ]


def _moving(cursor: str | None, as_of: datetime | None) -> list[tuple[str, str]]:
    found = [("cursor", cursor)] if cursor else []
    return [*found, ("as_of", instants.spell(as_of))] if as_of else found


def _found(query: Query, at: cursors.At) -> list[Entry]:
    """A page's entries and one more."""
    for way in (compiled, hits):
        if way.fits(query):
            return way.found(query, at)
    return list(cursors.ordered(query.entries(), query.ordering, at, query.page_size))


def _written(value: Any) -> str:
    if isinstance(value, datetime):
        return instants.spell(value)
    return ",".join(value) if isinstance(value, tuple) else str(value)
