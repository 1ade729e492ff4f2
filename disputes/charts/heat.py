"""Conflict and cooperation by month: recorded events in PLOVER's four quads.

A count of what is recorded, no measure of gravity. Statements of position have no quad. What is
known only by its year is in no month, and said apart.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, QuerySet

from timeline.models import Term
from timeline.slices import Slice

from ..models import Quad

CONFLICT = (Quad.VERBAL_CONFLICT, Quad.MATERIAL_CONFLICT)
COOPERATION = (Quad.VERBAL_COOPERATION, Quad.MATERIAL_COOPERATION)
QUADS = (*COOPERATION, *CONFLICT)  # above, below; words left, deeds right
YEARS = 16  # that are shown
SHADES = (1, 2, 4)  # the least count of each shade


@dataclass(frozen=True)
class Month:
    first: date
    counts: Counter[str]

    @property
    def code(self) -> str:
        """2019-07: its name in an address."""
        return f"{self.first:%Y-%m}"

    @property
    def shades(self) -> str:
        """How dark each quad is, as the names of classes."""
        letters = zip("abcd", QUADS, strict=True)
        return " ".join(f"{x}{shade(self.counts[q])}" for x, q in letters if self.counts[q])

    @property
    def told(self) -> list[tuple[int, str]]:
        """(number, quad) of what there is."""
        return [(self.counts[q], Quad(q).label) for q in QUADS if self.counts[q]]

    def of(self, quads: tuple[str, ...]) -> int:
        return sum(self.counts[q] for q in quads)


@dataclass(frozen=True)
class Heat:
    """The months from January of a year to the slice's day, by year."""

    years: list[tuple[int, list[Month]]]
    before: int  # events before the first year
    undated: int  # events known only by their year
    dispute: str = ""
    total: Counter[str] = field(default_factory=Counter)

    @cached_property
    def months(self) -> list[Month]:
        return [month for _year, months in self.years for month in months]

    @property
    def cooperation(self) -> int:
        return sum(self.total[q] for q in COOPERATION)

    @property
    def conflict(self) -> int:
        return sum(self.total[q] for q in CONFLICT)

    @property
    def most_conflict(self) -> tuple[Month, int]:
        """The month with most recorded conflict (the first of several) and its number."""
        return self._most(CONFLICT)

    @property
    def most_cooperation(self) -> tuple[Month, int]:
        return self._most(COOPERATION)

    def _most(self, quads: tuple[str, ...]) -> tuple[Month, int]:
        month = max(self.months, key=lambda m: m.of(quads))
        return month, month.of(quads)


def strip(slice_: Slice, dispute: str = "", years: int = YEARS) -> Heat | None:
    """The last so many years of one dispute, or of all. None when there is nothing. Two queries."""
    last = slice_.day.year
    januaries = [date(year, 1, 1) for year in range(last - years + 1, last + 1)]
    terms = _terms(slice_, dispute)
    undated = _known_by_year(terms, januaries)
    counts: dict[date, Counter[str]] = defaultdict(Counter)
    before = 0
    for day, quad, number in terms.values_list("starts_on", "value").annotate(Count("id")):
        if day < januaries[0]:
            before += number
        elif known := number - undated[day, quad]:
            counts[day.replace(day=1)][quad] += known
    if not counts:
        return None
    shown = range(min(counts).year, last + 1)
    months = [(year, _months(year, slice_.day, counts)) for year in shown]
    return Heat(months, before, undated.total(), dispute, sum(counts.values(), Counter()))


def _known_by_year(terms: QuerySet[Term], januaries: list[date]) -> Counter[tuple[date, str]]:
    """How many are known by their year alone: they begin and end with it."""
    found = terms.filter(starts_on__in=januaries)
    rows = found.values_list("starts_on", "value", "entry__ends_on")
    return Counter((day, quad) for day, quad, end in rows if end == day.replace(month=12, day=31))


def shade(count: int) -> int:
    return sum(count >= least for least in SHADES)


def _terms(slice_: Slice, dispute: str) -> QuerySet[Term]:
    happened = slice_.entries("event", "summit").begun_by(slice_.day)
    if dispute:
        happened = happened.with_term("dispute", dispute)
    held = Exists(happened.filter(pk=OuterRef("entry_id")))
    return Term.objects.filter(held, name="quad").order_by()


def _months(year: int, day: date, counts: dict[date, Counter[str]]) -> list[Month]:
    last = day.month if year == day.year else 12
    firsts = (date(year, month, 1) for month in range(1, last + 1))
    return [Month(first, counts.get(first, Counter())) for first in firsts]
