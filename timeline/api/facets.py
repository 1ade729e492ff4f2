"""`facet`: how many results have each value, with the address that takes or leaves that value."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Count
from django.db.models.functions import ExtractYear

from .. import summary
from ..declarations import Parameter, list_parameter, terms_of_types
from ..models import Term
from ..queries import Query
from ..record_types import RecordType
from ..summary import TYPE, YEAR

MOST = 200  # values of one facet
Counts = list[tuple[Any, int]]


def parameter(types: Sequence[RecordType]) -> list[Parameter]:
    names = [*terms_of_types(types)]
    if any(t.dated for t in types):
        names.append(YEAR)
    if len(types) > 1:
        names.append(TYPE)
    about = "Counts of the results by these, in `facets`: `facet=dispute,kind,year`."
    return [list_parameter("facet", names, about)] if names else []


def facets(
    query: Query, select: Callable[[Query], Query], address: Callable[..., str]
) -> dict[str, Any]:
    """Each facet's values, the most frequent first (years in their order), counted in one question.

    A facet counts as if its own parameter were not given: so its other values stay in sight.
    `select` gives the query that is answered; `address` writes the query with changes.
    """
    return {name: _facet(name, query, select, address) for name in query.extra.get("facet", ())}


def _facet(name: str, query: Query, select: Any, address: Any) -> dict[str, Any]:
    rows = _counts(name, select(replace(query, **_lifted(name, query))))
    values = []
    for value, count in rows[:MOST]:
        selected, changes = _toggled(name, str(value), query)
        url = address(query, cursor=None, **changes)
        values.append({"value": str(value), "count": count, "selected": selected, "url": url})
    return {"values": values, "complete": len(rows) <= MOST}


def _lifted(name: str, query: Query) -> dict[str, Any]:
    """The query without what the facet itself filters."""
    if name == YEAR:
        return {"first": None, "last": None}
    if name == TYPE:
        return {"chosen_types": ()}
    return {"filters": {n: v for n, v in query.filters.items() if n != name}}


def _counts(name: str, query: Query) -> Counts:
    """At most one more than MOST."""
    summed = summary.of(query)
    found = summed.counts(name) if summed else None
    if found is None:
        return list(_counted(name, query)[: MOST + 1])
    order = None if name == YEAR else lambda row: (-row[1], row[0])
    return sorted(found.items(), key=order)[: MOST + 1]


def _counted(name: str, query: Query) -> Any:
    entries = query.listed().order_by()
    if name == YEAR:
        years = entries.dated().annotate(year=ExtractYear("starts_on")).values_list("year")
        return years.annotate(total=Count("pk")).order_by("year")
    if name == TYPE:
        return entries.values_list("type").annotate(total=Count("pk")).order_by("-total", "type")
    found = Term.objects.filter(name=name, entry__in=entries.values("pk"))
    return found.values_list("value").annotate(total=Count("pk")).order_by("-total", "value")


def _toggled(name: str, value: str, query: Query) -> tuple[bool, dict[str, Any]]:
    """Whether the value is chosen, and the change that takes it, or leaves it where it is."""
    if name == YEAR:
        selected = query.date_gte == query.date_lte == value
        year = "" if selected else value
        return selected, {"date_gte": year, "date_lte": year}
    chosen = query.chosen_types if name == TYPE else query.filters.get(name, ())
    selected = value in chosen
    rest = tuple(v for v in chosen if v != value) if selected else tuple(sorted({*chosen, value}))
    if name == TYPE:
        return selected, {"chosen_types": rest}
    return selected, {"filters": query.filters | {name: rest}}
