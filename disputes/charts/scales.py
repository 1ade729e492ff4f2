"""Scales of a drawing: days and values as percent of its width and height."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil, floor, log10

STEPS = (1, 2, 5, 10)
ROUND = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)


@dataclass(frozen=True)
class Days:
    """Days from left to right."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Percent from the left; a day outside stands at the edge."""
        length = max((self.last - self.first).days, 1)
        inside = min(max(day, self.first), self.last)
        return round(100 * (inside - self.first).days / length, 2)

    def years(self, most: int) -> list[tuple[int, float]]:
        """Beginnings of years to mark, at round steps, at most so many."""
        length = self.last.year - self.first.year + 1
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if length / step <= most)
        first = self.first.year + (self.first > date(self.first.year, 1, 1))
        marked = range(ceil(first / step) * step, self.last.year + 1, step)
        return [(year, self.x(date(year, 1, 1))) for year in marked]


@dataclass(frozen=True)
class Values:
    """Values from the bottom, which is nought, to the top."""

    top: float

    @classmethod
    def up_to(cls, highest: float) -> "Values":
        """With a round top that is at least the highest value."""
        if highest <= 0:
            return cls(1)
        magnitude = 10 ** floor(log10(highest))
        return cls(next(s * magnitude for s in ROUND if s * magnitude >= highest))

    def y(self, value: float) -> float:
        """Percent from the top."""
        return round(100 - 100 * value / self.top, 2)

    def ticks(self, most: int = 5) -> list[tuple[float, float]]:
        """Round values from nought to the top, with their place."""
        raw = self.top / most
        magnitude = 10 ** floor(log10(raw))
        step = next(s * magnitude for s in STEPS if s * magnitude >= raw - 1e-9)
        count = floor(self.top / step + 1e-9)
        values = (round(n * step, 6) for n in range(count + 1))
        return [(int(v) if v == int(v) else v, self.y(v)) for v in values]


def spread(places: list[float], gap: float) -> list[float]:
    """The same places in the same order, moved apart until each has its gap (percent)."""
    order = sorted(range(len(places)), key=lambda n: places[n])
    moved = list(places)
    for above, below in pairwise(order):
        lack = gap - (moved[below] - moved[above])
        if lack > 0:
            moved[above] -= lack / 2
            moved[below] += lack / 2
    return [round(place, 2) for place in moved]
