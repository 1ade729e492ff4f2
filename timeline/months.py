"""How many begin in a span of months: the summary by month, added up once for each version."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import accumulate

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from . import compiled, facts, record_types, summary
from .models import MonthCount
from .queries import Query
from .slices import Slice

MONTHS = 5000  # whose numbers are kept
AS_TEXT = Cast("month", CharField())  # 2019-07-01: to make days of very many takes long
Name = tuple[str, str]  # a dispute ("" for all), a type


def number_of(day: date) -> int:
    """A day's month, counted from the beginning of the calendar."""
    return day.year * 12 + day.month - 1


def first_of(number: int) -> date:
    """The first day of the month with this number."""
    return date(number // 12, number % 12 + 1, 1)


@dataclass(frozen=True)
class Months:
    """Counts by month: a span's is the difference of two sums."""

    numbers: list[int]
    sums: list[int]  # of what begins before each month; at last, of all

    @classmethod
    def of(cls, counts: Iterable[tuple[int, int]]) -> "Months":
        """Of (month, count) in order; a month may come again."""
        rows = list(counts)
        sums = accumulate((count for _number, count in rows), initial=0)
        return cls([number for number, _count in rows], list(sums))

    def between(self, first: int | None, last: int | None) -> int:
        """How many begin from a month to another, both among them."""
        start = 0 if first is None else bisect_left(self.numbers, first)
        end = None if last is None else bisect_right(self.numbers, last)
        return self.sums[-1 if end is None else end] - self.sums[start]

    def before(self, bounds: Iterable[int]) -> list[int]:
        """How many begin before each of these months."""
        return [self.sums[bisect_left(self.numbers, bound)] for bound in bounds]


NOTHING = Months.of(())


@facts.once
def by_name(slice_: Slice) -> dict[Name, Months]:
    """All that is on the timeline, by dispute and type: some thousand rows, however large the
    record is.
    """
    found = defaultdict(list)
    for dispute, type_, month, count in compiled.rows_of_shape(_counts):
        found[dispute, type_].append((_number(month), count))
    return {name: Months.of(counts) for name, counts in found.items()}


def _counts() -> QuerySet[MonthCount]:
    types = [t.name for t in record_types.timeline_types()]
    rows = MonthCount.objects.filter(type__in=types, count__gt=0).order_by("month")
    return rows.values_list("dispute", "type", AS_TEXT, "count")


@lru_cache(MONTHS)
def _number(month: str) -> int:
    return number_of(date.fromisoformat(month))


def total(slice_: Slice, query: Query) -> int:
    """How many entries a query finds."""
    summed, types = summary.of(query), {t.name for t in record_types.timeline_types()}
    if summed is None or not types.issuperset(summed.names):
        return query.total()
    known, (first, last) = by_name(slice_), (query.first, query.last)
    span = first and number_of(first), last and number_of(last)
    names = ((summed.dispute, name) for name in summed.names)
    return sum(known.get(name, NOTHING).between(*span) for name in names) + summed.edges()
