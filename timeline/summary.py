"""What a query finds, counted from the summary by month: a million are never counted one by one.

The months that its span touches count whole; what that is too much or too little is counted itself,
and is few (`Query.edges`).
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Sum

from . import compiled, density, record_types
from .models import MonthCount, Term

if TYPE_CHECKING:
    from .entries import EntryQuerySet
    from .queries import Query

DISPUTE, TYPE, YEAR = "dispute", "type", "year"  # what is counted besides filters with codes


@dataclass(frozen=True)
class Summary:
    """The rows that count what the query finds."""

    query: "Query"
    names: tuple[str, ...]  # of types, or of codes
    dispute: str = ""

    def total(self) -> int:
        """How many there are."""
        months = self._summed(Sums(self.names, "dispute"))
        return sum(number for _value, number in months) + self.edges()

    def edges(self) -> int:
        """What the months alone have too little of, or (below nought) too much."""
        return sum(sign * compiled.number(part) for sign, part in self.query.edges())

    def counts(self, facet: str) -> Counter[Any] | None:
        """How many have each value: of a dispute, type, year, or filter with codes.

        None where the summary does not tell: an entry is counted under one code at a time, and the
        years of what reaches over a span's edges are not known.
        """
        sums = self._sums(facet)
        if sums is None:
            return None
        found: Counter[Any] = Counter()
        for value, number in self._summed(sums):
            found[_value(facet, value)] += number
        for sign, part in self.query.edges():
            for value, number in compiled.counted(part, _counting(facet)):
                found[value] += sign * number
        return +found

    def _sums(self, facet: str) -> "Sums | None":
        if facet == DISPUTE:
            return Sums(self.names, "dispute", by_dispute=True)
        if facet == TYPE:
            return Sums(self.names, "type")
        if facet == YEAR and not (self.query.first or self.query.last):
            return Sums(self.names, "month")
        codes = density.codes_of(self.query.names, facet)
        by_type = self.names == self.query.names
        return Sums(codes, "type") if by_type and codes is not None else None

    def _summed(self, sums: "Sums") -> list[tuple]:
        first = self.query.first.replace(day=1) if self.query.first else date.min
        last = self.query.last or date.max
        asked = (first, last) if sums.by_dispute else (first, last, self.dispute)
        return compiled.rows_of_shape(sums, *asked)


@dataclass(frozen=True)
class Sums:
    """The question for sums of months, from a day's to another's, by the column's values; of one
    dispute ("" for all), or of each.
    """

    names: tuple[str, ...]
    column: str
    by_dispute: bool = False

    def __call__(self, first: date, last: date, dispute: str = "") -> Any:
        rows = MonthCount.objects.filter(type__in=self.names, count__gt=0)
        rows = rows.filter(month__gte=first, month__lte=last).order_by()
        rows = rows.exclude(dispute="") if self.by_dispute else rows.filter(dispute=dispute)
        return rows.values_list(self.column).annotate(Sum("count"))


def of(query: "Query") -> Summary | None:
    """None where the summary by month does not hold the answer: it holds what is dated and on the
    timeline now, of one dispute or of all, of all kinds or of one filter's codes.
    """
    narrowed = (query.updated_since, query.on, query.as_of, query.q, query.lies_within)
    on_timeline = all(record_types.get(name).on_timeline for name in query.names)
    disputes = query.filters.get(DISPUTE, ())
    others = {n: v for n, v in query.filters.items() if n != DISPUTE}
    by_date = query.ordering.lstrip("-") == "date"
    if any(narrowed) or not on_timeline or not by_date or len(disputes) > 1 or len(others) > 1:
        return None
    names: tuple[str, ...] | None = query.names
    for name, values in others.items():
        names = density.codes_of(query.names, name, values)
    return None if names is None else Summary(query, names, "".join(disputes))


def _value(facet: str, found: str | date) -> Any:
    if facet == YEAR:
        return int(str(found)[:4])
    if facet == DISPUTE:
        return found
    type_, _colon, code = found.partition(":")
    return type_ if facet == TYPE else code.partition("=")[2]


@cache
def _counting(facet: str) -> Callable[["EntryQuerySet"], Any]:
    """How many of some entries have each value of a facet; the same function for the same one."""

    def counting(entries: "EntryQuerySet") -> Any:
        if facet == TYPE:
            return entries.order_by().values_list("type").annotate(Count("pk"))
        found = Term.objects.filter(name=facet, entry__in=entries.order_by().values("pk"))
        return found.order_by().values_list("value").annotate(Count("pk"))

    return counting
