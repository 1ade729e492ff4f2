"""Conflict and cooperation by month: recorded events in PLOVER's four quads.

A count of what is recorded, no measure of gravity. Statements of position have no quad. What is
known only by its year is in no month, and said apart.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from timeline import compiled, facts
from timeline.density import is_year, tally
from timeline.models import Entry, MonthCount, Term
from timeline.months import AS_TEXT
from timeline.slices import Slice

from .. import ahead
from ..drawing.scale import month_end
from ..models import Quad

Row = tuple[str, str, bool, int]  # month (2019-07), quad, whether known by its year alone, number
HAPPENED = ("event", "summit")

CONFLICT = (Quad.VERBAL_CONFLICT, Quad.MATERIAL_CONFLICT)
COOPERATION = (Quad.VERBAL_COOPERATION, Quad.MATERIAL_COOPERATION)
QUADS = (*COOPERATION, *CONFLICT)  # above, below; words left, deeds right
WORSE = len(COOPERATION)  # where conflict begins among them
_TALLIES = {tally("quad", q, year): (q, year) for q in QUADS for year in (False, True)}
_PLACE = {quad: place for place, quad in enumerate(QUADS)}
YEARS = 16  # that are shown
SHADED = 5000  # months that differ, of which the shades are kept
SHADES = (1, 2, 4)  # the least count of each shade


@dataclass(frozen=True)
class Month:
    code: str  # 2019-07: its name in an address
    numbers: tuple[int, ...] = (0,) * len(QUADS)  # what is counted, in the order of QUADS

    @property
    def shades(self) -> str:
        """How dark each quad is, as the names of classes."""
        return _shades(self.numbers)

    @property
    def cooperation(self) -> int:
        return sum(self.numbers[:WORSE])

    @property
    def conflict(self) -> int:
        return sum(self.numbers[WORSE:])


@dataclass(frozen=True)
class Heat:
    """The months from January of a year to the slice's day, by year."""

    years: list[tuple[int, list[Month]]]
    before: int  # events before the first year
    undated: int  # events known only by their year
    dispute: str = ""

    @cached_property
    def months(self) -> list[Month]:
        return [month for _year, months in self.years for month in months]

    @cached_property
    def cooperation(self) -> int:
        return sum(month.cooperation for month in self.months)

    @cached_property
    def conflict(self) -> int:
        return sum(month.conflict for month in self.months)

    @cached_property
    def most_conflict(self) -> tuple[Month, int]:
        """The month with most recorded conflict (the first of several) and its number."""
        month = max(self.months, key=lambda m: m.conflict)
        return month, month.conflict

    @cached_property
    def most_cooperation(self) -> tuple[Month, int]:
        month = max(self.months, key=lambda m: m.cooperation)
        return month, month.cooperation


@facts.once
def strip(slice_: Slice, dispute: str = "", years: int = YEARS) -> Heat | None:
    """The last years of one dispute, or of all. None when there is nothing. Three queries."""
    last = slice_.day.year
    first = date(last - years + 1, 1, 1)
    begin = first.isoformat()[:7]
    counts: dict[str, list[int]] = {}
    before = undated = 0
    rows = _counted(slice_, dispute) if slice_.as_of else _tallied(slice_, dispute, first)
    for month, quad, year_alone, number in rows:
        if month < begin:
            before += number
        elif year_alone:
            undated += number
        elif number:
            counts.setdefault(month, [0] * len(QUADS))[_PLACE[quad]] += number
    if not any(map(any, counts.values())):
        return None
    shown = range(int(min(counts)[:4]), last + 1)
    by_year = [(year, _months(year, slice_.day, counts)) for year in shown]
    return Heat(by_year, before, undated, dispute)


def _tallied(slice_: Slice, dispute: str, first: date) -> Iterator[Row]:
    """The present, from the summary by month; what is still to come in this month is taken off.

    What was before the first day that is shown is summed up under no month.
    """
    for (number,) in compiled.rows_of_shape(_before, dispute, first):
        yield "", "", False, number
    for month, name, number in compiled.rows_of_shape(_by_month, dispute, first, slice_.day):
        quad, by_year = _TALLIES[name]
        yield month[:7], quad, by_year, number
    for quad, number in _coming(slice_, dispute).items():
        yield slice_.day.isoformat()[:7], quad, False, -number


def _before(dispute: str, first: date) -> QuerySet[MonthCount]:
    rows = MonthCount.objects.filter(dispute=dispute, type__in=_TALLIES, month__lt=first)
    return rows.values("dispute").annotate(n=Sum("count")).values_list("n")


def _by_month(dispute: str, first: date, last: date) -> QuerySet[MonthCount]:
    rows = MonthCount.objects.filter(dispute=dispute, type__in=_TALLIES, month__lte=last)
    return rows.filter(month__gte=first).values_list(AS_TEXT, "type", "count")


def _coming(slice_: Slice, dispute: str) -> Counter[str]:
    """What is still to come in this month, by quad."""
    end = month_end(slice_.day)
    if (known := ahead.coming(slice_)) is None:
        terms = _terms(slice_.entries(*HAPPENED), dispute).filter(value__in=QUADS)
        terms = terms.filter(starts_on__gt=slice_.day, starts_on__lte=end)
        return Counter(dict(terms.values_list("value").annotate(Count("id"))))
    bearing = (e for e in known if not dispute or dispute in e.data["disputes"])
    quads = (e.data.get("quad") for e in bearing if e.starts_on <= end)
    return Counter(quad for quad in quads if quad in QUADS)


def _counted(slice_: Slice, dispute: str) -> Iterator[Row]:
    """The past: its entries are counted."""
    terms = _terms(slice_.entries(*HAPPENED).begun_by(slice_.day), dispute)
    by_year = Counter()
    januaries = terms.filter(starts_on__month=1, starts_on__day=1)
    for day, quad, end in januaries.values_list("starts_on", "value", "entry__ends_on"):
        by_year[day, quad] += is_year(day, end)
    for day, quad, number in terms.values_list("starts_on", "value").annotate(Count("id")):
        yield f"{day:%Y-%m}", quad, False, number - by_year[day, quad]
        if by_year[day, quad]:
            yield f"{day:%Y-%m}", quad, True, by_year[day, quad]


def shade(count: int) -> int:
    return sum(count >= least for least in SHADES)


def _terms(happened: QuerySet[Entry], dispute: str) -> QuerySet[Term]:
    if dispute:
        happened = happened.with_term("dispute", dispute)
    held = Exists(happened.filter(pk=OuterRef("entry_id")))
    return Term.objects.filter(held, name="quad").order_by()


def _months(year: int, day: date, counts: dict[str, list[int]]) -> list[Month]:
    last = day.month if year == day.year else 12
    codes = [f"{year:04}-{month:02}" for month in range(1, last + 1)]
    return [Month(code, tuple(counts[code])) if code in counts else Month(code) for code in codes]


@lru_cache(SHADED)
def _shades(numbers: tuple[int, ...]) -> str:
    letters = zip("abcd", numbers, strict=True)
    return " ".join(f"{letter}{shade(number)}" for letter, number in letters if number)
