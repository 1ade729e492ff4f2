"""Conflict and cooperation by month: recorded events in PLOVER's four quads.

A count of what is recorded, no measure of gravity. Statements of position have no quad. What is
known only by its year is in no month, and said apart.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from timeline.models import Term
from timeline.slices import Slice

from ..models import Quad

CONFLICT = (Quad.VERBAL_CONFLICT, Quad.MATERIAL_CONFLICT)
COOPERATION = (Quad.VERBAL_COOPERATION, Quad.MATERIAL_COOPERATION)
QUADS = (*COOPERATION, *CONFLICT)  # above, below; words left, deeds right
YEARS = 16  # that are shown
SHADES = (1, 2, 4)  # the least count of each shade
KNOWN_BY_YEAR = Q(
    entry__starts_on__month=1,
    entry__starts_on__day=1,
    entry__ends_on__month=12,
    entry__ends_on__day=31,
)


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
    """The last so many years of one dispute, or of all. None when there is nothing."""
    since = slice_.day.year - years + 1
    terms = _terms(slice_, dispute)
    counts: dict[date, Counter[str]] = defaultdict(Counter)
    rows = terms.exclude(KNOWN_BY_YEAR).annotate(month=TruncMonth("entry__starts_on"))
    for month, quad, number in rows.values_list("month", "value").annotate(Count("id")):
        counts[month][quad] += number
    shown = {month: found for month, found in counts.items() if month.year >= since}
    if not shown:
        return None
    undated = terms.filter(KNOWN_BY_YEAR, entry__starts_on__year__gte=since).count()
    shown_years = [
        (year, _months(year, slice_.day, counts))
        for year in range(min(shown).year, slice_.day.year + 1)
    ]
    before = sum(sum(found.values()) for month, found in counts.items() if month.year < since)
    return Heat(shown_years, before, undated, dispute, sum(shown.values(), Counter()))


def shade(count: int) -> int:
    return sum(count >= least for least in SHADES)


def _terms(slice_: Slice, dispute: str) -> QuerySet[Term]:
    happened = slice_.entries("event", "summit").begun_by(slice_.day)
    if dispute:
        happened = happened.with_term("dispute", dispute)
    return Term.objects.filter(name="quad", entry__in=happened).order_by()


def _months(year: int, day: date, counts: dict[date, Counter[str]]) -> list[Month]:
    last = day.month if year == day.year else 12
    firsts = (date(year, month, 1) for month in range(1, last + 1))
    return [Month(first, counts.get(first, Counter())) for first in firsts]
