"""How many entries begin in each month: what a timeline shows when it is zoomed out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from .. import compiled, record_types
from ..models import MonthCount
from ..months import AS_TEXT
from ..queries import Query
from . import shapes
from .base import ApiView

Row = tuple[date | str, str, int]  # first day of the month, type, count


class Density(ApiView):
    operation = "timeline_density"
    summary = "How many entries begin in each month"
    only = "dispute dispute__in type type__in date__gte date__lte on as_of".split()
    again = True

    @property
    def types(self):
        return record_types.timeline_types()

    def get(self, request):
        query = self.query(request)
        data = {
            "next": None,
            "previous": None,
            "results": by_month(counts(query)),
            "meta": self.meta(query, "Timeline by month"),
        }
        return self.answer(query, data)

    def shape(self, schema):
        return shapes.listing(shapes.MONTH, schema.component("Meta", shapes.META), can_count=False)


def counts(query: Query) -> Iterable[Row]:
    """Counts by month and type, in order of both; months count whole where a span begins in them.

    With `on`, of what held on that day. The present, of one dispute or of all, is read from the
    summary table. An entry of two disputes stands there under both: so of several disputes, as of
    the past, the entries are counted.
    """
    disputes = query.filters.get("dispute", ())
    first = query.first.replace(day=1) if query.first else date.min
    last = query.last or date.max
    if not query.as_of and not query.on and len(disputes) < 2:
        return compiled.rows_of_shape(Summed(query.names), "".join(disputes), first, last)
    return _counted(query).filter(month__gte=first, month__lte=last)


@dataclass(frozen=True)
class Summed:
    """The question for the counts of these types, of one dispute ("" for all)."""

    types: tuple[str, ...]

    def __call__(self, dispute: str, first: date, last: date) -> QuerySet[MonthCount]:
        rows = MonthCount.objects.filter(dispute=dispute, type__in=self.types, count__gt=0)
        rows = rows.filter(month__gte=first, month__lte=last).order_by("month", "type")
        return rows.values_list(AS_TEXT, "type", "count")


def _counted(query: Query) -> QuerySet:
    whole = replace(query, first=None, last=None).entries().dated()
    months = whole.annotate(month=TruncMonth("starts_on")).values("month", "type")
    counted = months.annotate(total=Count("id")).order_by("month", "type")
    return counted.values_list("month", "type", "total")


def by_month(rows: Iterable[Row]) -> list[dict[str, Any]]:
    months: dict[str, dict[str, int]] = defaultdict(dict)
    for month, type_, count in rows:
        months[str(month)[:7]][type_] = count
    return [
        {"month": month, "count": sum(types.values()), "types": types}
        for month, types in months.items()
    ]
