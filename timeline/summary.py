"""What a query finds, counted from the summary by month: a million are never counted one by one.

The months that its span touches count whole; what that is too much or too little is counted itself,
and is few (`Query.edges`).
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
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
        months = self._months(self.names).aggregate(total=Sum("count"))["total"] or 0
        return months + self.edges()

    def edges(self) -> int:
        """What the months alone have too little of, or (below nought) too much."""
        return sum(sign * compiled.number(part) for sign, part in self.query.edges())

    def counts(self, facet: str) -> Counter[Any] | None:
        """How many have each value: of a dispute, type, year, or filter with codes.

        None where the summary does not tell: an entry is counted under one code at a time, and the
        years of what reaches over a span's edges are not known.
        """
        rows = self._rows(facet)
        if rows is None:
            return None
        found: Counter[Any] = Counter()
        column = {DISPUTE: "dispute", YEAR: "month"}.get(facet, "type")
        for value, number in rows.order_by().values_list(column).annotate(Sum("count")):
            found[_value(facet, value)] += number
        for sign, part in self.query.edges():
            for value, number in _counted(facet, part.entries()):
                found[value] += sign * number
        return +found

    def _rows(self, facet: str) -> Any:
        if facet == DISPUTE:
            return self._months(self.names, None).exclude(dispute="")
        if facet == TYPE or (facet == YEAR and not (self.query.first or self.query.last)):
            return self._months(self.names)
        codes = density.codes_of(self.query.names, facet)
        by_type = self.names == self.query.names
        return self._months(codes) if by_type and codes is not None else None

    def _months(self, names: tuple[str, ...], dispute: str | None = "") -> Any:
        rows = MonthCount.objects.filter(type__in=names, count__gt=0)
        if dispute is not None:
            rows = rows.filter(dispute=self.dispute)
        if self.query.first:
            rows = rows.filter(month__gte=self.query.first.replace(day=1))
        return rows.filter(month__lte=self.query.last) if self.query.last else rows


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
    if isinstance(found, date):
        return found.year
    if facet == DISPUTE:
        return found
    type_, _colon, code = found.partition(":")
    return type_ if facet == TYPE else code.partition("=")[2]


def _counted(facet: str, entries: "EntryQuerySet") -> Any:
    if facet == TYPE:
        return entries.order_by().values_list("type").annotate(Count("pk"))
    found = Term.objects.filter(name=facet, entry__in=entries.order_by().values("pk"))
    return found.values_list("value").annotate(Count("pk"))
