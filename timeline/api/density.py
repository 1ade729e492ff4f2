"""How many entries begin in each month: what a timeline shows when it is zoomed out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Count, F
from django.db.models.functions import TruncMonth

from .. import record_types
from ..models import MonthCount
from ..queries import Query
from . import shapes
from .base import ApiView

Row = tuple[date, str, int]  # first day of the month, type, count


class Density(ApiView):
    operation = "timeline_density"
    summary = "How many entries begin in each month"
    only = "dispute dispute__in type type__in date__gte date__lte on as_of".split()

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
    summed = not query.as_of and not query.on and len(disputes) < 2
    rows = _summed(query, *disputes) if summed else _counted(query)
    if query.first:
        rows = rows.filter(month__gte=query.first.replace(day=1))
    if query.last:
        rows = rows.filter(month__lte=query.last)
    return rows.order_by("month", "type").values_list("month", "type", "total")


def _summed(query: Query, dispute: str = "") -> Any:
    rows = MonthCount.objects.filter(dispute=dispute, type__in=query.names, count__gt=0)
    return rows.annotate(total=F("count"))


def _counted(query: Query) -> Any:
    whole = replace(query, first=None, last=None).entries().dated()
    months = whole.annotate(month=TruncMonth("starts_on")).values("month", "type")
    return months.annotate(total=Count("id"))


def by_month(rows: Iterable[Row]) -> list[dict[str, Any]]:
    months: dict[date, dict[str, int]] = defaultdict(dict)
    for month, type_, count in rows:
        months[month][type_] = count
    return [
        {"month": f"{month:%Y-%m}", "count": sum(types.values()), "types": types}
        for month, types in months.items()
    ]
