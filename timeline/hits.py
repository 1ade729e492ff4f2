"""A page of a search's hits, found in the order of days and without all the others.

The index of words is in no order of days, and to fetch all hits of a word to sort them takes long
where there are thousands. But it knows the month of each entry (`indexing.add_days`): so it is
asked for the hits of one span after another, from the page's beginning on, until the page is full.
Before that a few entries are looked through, in which a frequent word is met at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from . import compiled, cursors, density, record_types, search
from .models import Entry

if TYPE_CHECKING:
    from .entries import EntryQuerySet
    from .queries import Query

FEW = 5_000  # entries of which all hits are found and sorted
SAMPLE, WALK = 50, 800  # entries that are looked through, the more where many match
SELDOM = 20  # does one of so many match, it is worth to look through more
MOST = 500  # hits that a span may have if it can be shorter
FIRST = 6  # months of the first span
GROWTH = 16  # times as long as the span before
LONGEST = 1_200  # months of a span
ALL = 2**31
DAY = timedelta(days=1)


def fits(query: "Query") -> bool:
    """Whether the page is one of hits by day, of which there may be many.

    Beside a filter, and of types of which there are few, few may remain of very many hits: there
    all are found at once.
    """
    if query.filters or query.on or query.begun_before or not record_types.numerous(query.names):
        return False
    if not (query.by_date and search.query_terms(query.q)):
        return False
    newest = Entry.objects.newest()
    return bool(newest and newest[0] > FEW)


def found(query: "Query", at: cursors.At) -> list[Entry]:
    """What `cursors.ordered` finds for a query. `fits` must hold."""
    descends = cursors.descends(query.ordering, at)
    page, day = _met(query, at, SAMPLE)
    if day and len(page) * SELDOM > SAMPLE:
        page, day = _met(query, at, WALK)
    spans = _spans(query, day, descends) if day else iter(())
    while len(page) <= query.page_size and (span := next(spans, None)):
        begin, numbers = span
        if numbers:
            written = search.written(Entry.objects.db, numbers)
            days = {"until" if descends else "since": begin}
            page += compiled.found(replace(query, q="", numbers=written, **days), at)
    return page[: query.page_size + 1]


def _met(query: "Query", at: cursors.At, number: int) -> tuple[list[Entry], date | None]:
    """The hits among so many entries from the page's beginning on, looked through one by one; and
    the day to which these go (with all of that day), None where they go to the list's end.

    The day is known from an index, which counts superseded entries too.
    """
    walk = cursors.ordered(_list(query), query.ordering, at, number)
    day = walk.values_list("starts_on", flat=True)[number:].first()
    days = {"since" if cursors.descends(query.ordering, at) else "until": day}
    phrases = tuple(search.phrases(query.q))
    return compiled.found(replace(query, q="", phrases=phrases, **days), at), day


def _end(query: "Query", descends: bool) -> date:
    """The last day of the list."""
    days = cursors.listed(_list(query), query.ordering).values_list("starts_on", flat=True)
    return days.order_by("starts_on" if descends else "-starts_on")[:1].get()


def _list(query: "Query") -> "EntryQuerySet":
    """All of which an index knows that it is in the list, in which the hits are sought."""
    entries = replace(query, chosen_types=()).of_types(Entry.objects.all())
    entries = entries.begun_since(query.first) if query.first else entries
    return entries.begun_by(query.last) if query.last else entries


def _spans(query: "Query", day: date, descends: bool) -> Iterator[tuple[date, list[int]]]:
    """The first day of each span after a day, and the numbers of entries that match in its months.

    Where the list descends it is the span's last day.
    """
    stride = _Stride(aim=min(query.page_size * 6 // 5, MOST))
    last = (query.first or date.min) if descends else (query.last or date.max)
    while day > last if descends else day < last:
        begin = day - DAY if descends else day + DAY
        end = stride.end(begin, last)
        tokens = search.tokens_of_months(*sorted((begin, end)))
        most = ALL if stride.months == 1 else MOST
        numbers = search.hits(Entry.objects.db, query.q, tokens, most + 1)
        if len(numbers) > most:
            stride.narrow()
            continue
        yield begin, numbers
        stride.took(len(numbers))
        day = end
        if stride.months > GROWTH:
            last = _end(query, descends)  # which takes a question, so it is not asked before


@dataclass
class _Stride:
    """How many months a span has: as many as are likely to have the hits aimed at.

    Where there were too many at once, the way to them is halved again and again.
    """

    aim: int  # a little more than fill a page
    months: int = FIRST
    narrowed: bool = False

    def end(self, begin: date, last: date) -> date:
        """The day to which the span goes that begins with a day, on the way to a last one."""
        descends = last < begin
        further = 1 - self.months if descends else self.months - 1
        year, month = divmod(begin.year * 12 + begin.month - 1 + further, 12)
        if not date.min.year <= year <= date.max.year:
            return last
        first = date(year, month + 1, 1)
        return max(last, first) if descends else min(last, density.month_end(first))

    def narrow(self) -> None:
        self.months, self.narrowed = self.months // 2, True

    def took(self, number: int) -> None:
        if self.narrowed:
            self.months = max(1, self.months // 2)
            self.narrowed = self.months > 1
            return
        likely = self.months * self.aim // max(1, number)
        self.months = max(1, min(likely, self.months * GROWTH, LONGEST))
        self.aim = min(2 * self.aim, MOST)
