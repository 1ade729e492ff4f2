"""A window of time on a line of pixels, its ticks, and the windows beside it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dateformat import format
from django.utils.dates import MONTHS_3
from django.utils.translation import pgettext

WIDTH = 1120  # CSS pixels
SHORTEST = 14  # days that a window shows at least
USUAL_YEARS = 4  # before today, where nothing is asked for
YEAR = 365.2425


@dataclass(frozen=True)
class Tick:
    """Where a year, month or day begins, and the last day before the next tick."""

    x: float
    text: str
    first: date
    last: date


@dataclass(frozen=True)
class Window:
    """From the beginning of `first` to the end of `last`."""

    first: date
    last: date
    width: int = WIDTH

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def x(self, day: date) -> float:
        """Where a day begins, in pixels; outside of the window too."""
        return round(self.width * (day - self.first).days / self.days, 1)

    def clip(self, day: date) -> float:
        return min(max(self.x(day), 0.0), float(self.width))

    def holds(self, first: date, last: date) -> bool:
        """Whether a span and the window have a day in common."""
        return first <= self.last and last >= self.first

    def ticks(self) -> list[Tick]:
        """Years, months or days, as many as can be read."""
        years = self.days / YEAR
        if years > 2.6:
            step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if years / s <= 16)
            first = -(-self.first.year // step) * step
            days = [date(year, 1, 1) for year in range(max(first, 1), self.last.year + 1, step)]
            days = [day for day in days if day >= self.first]
            return self._ticks(days, [str(day.year) for day in days])
        if self.days > 80:
            step = next(s for s in (1, 2, 3, 6) if years * 12 / s <= 17)
            found = months(self.first, self.last)
            days = [day for day in found if (day.month - 1) % step == 0 and day >= self.first]
            return self._ticks(days, [_month(day, day == days[0]) for day in days])
        step = next(s for s in (1, 2, 5, 10) if self.days / s <= 16)
        days = [self.first + timedelta(days=n) for n in range(0, self.days, step)]
        return self._ticks(days, [_day(day, day == days[0]) for day in days])

    def _ticks(self, days: list[date], texts: list[str]) -> list[Tick]:
        ends = [day - timedelta(days=1) for day in days[1:]] + [self.last]
        return [
            Tick(self.x(day), text, day, max(end, day))
            for day, text, end in zip(days, texts, ends, strict=True)
        ]

    def zoomed(self, factor: float) -> "Window":
        """A window around the same middle, `factor` times as long."""
        length = max(self.days * factor, SHORTEST)
        middle = self.first.toordinal() + self.days / 2
        return between(middle - length / 2, length)

    def moved(self, part: float) -> "Window":
        """A window of the same length, later by this part of it (earlier where negative)."""
        return between(self.first.toordinal() + self.days * part, self.days)


def _month(day: date, named: bool) -> str:
    """A month; the first one, and each January, with its year."""
    if named:
        # Translators: a month with its year below a scale, as in "Jul 2019" (Django's date format)
        return format(day, pgettext("scale", "M Y"))
    return str(day.year if day.month == 1 else MONTHS_3[day.month]).capitalize()


def _day(day: date, named: bool) -> str:
    """A day; the first one with its year."""
    # Translators: days below a scale, as in "5 Jul 2019" and "5 Jul" (Django's date format)
    return format(day, pgettext("scale", "j M Y") if named else pgettext("scale", "j M"))


def between(first: float, length: float) -> Window:
    """A window from the ordinal of its first day; kept between the years 1 and 9999."""
    lowest, highest = date.min.toordinal() + 366, date.max.toordinal() - 366
    start = int(min(max(first, lowest), highest - SHORTEST))
    end = int(min(start + max(length, 1) - 1, highest))
    return Window(date.fromordinal(start), date.fromordinal(end))


def usual(today: date) -> Window:
    """The last few years, and a little of what comes."""
    return Window(today - timedelta(days=round(USUAL_YEARS * YEAR)), today + timedelta(days=120))


def asked(first: date | None, last: date | None, today: date, earliest: date) -> Window:
    """The window of a span with open sides: from the earliest entry, to a little after today."""
    if not first and not last:
        return usual(today)
    start = first or min(earliest, last or earliest)
    end = last or max(today + timedelta(days=120), start)
    return between(start.toordinal(), max((end - start).days + 1, SHORTEST))


def months(first: date, last: date) -> list[date]:
    """The first days of the months that the span touches."""
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def month_end(month: date) -> date:
    """The last day of the month that begins on a day."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1) - timedelta(days=1)
