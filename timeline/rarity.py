"""How many entries a value has, about: which of several filters is the one to walk by.

It decides how an answer is found, never what is found; so it may be a day old.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils import timezone

from . import summary
from .models import Term

if TYPE_CHECKING:
    from .queries import Query

MOST = 20_000  # that are counted one by one, where no summary counts them
VALUES = 1000  # whose numbers are kept


def rarest(query: "Query", names: list[str]) -> str:
    """Of these filters, each with one value, the one that fewest entries pass; of the first where
    that is not known.
    """
    today = timezone.now().date()
    return min(names, key=lambda name: _number(Alone.of(query, name), Term.objects.db, today))


@dataclass(frozen=True)
class Alone:
    """One filter of a query. It is the same as any other of its types, name and value."""

    names: tuple[str, ...]
    name: str
    value: str
    query: "Query" = field(compare=False)

    @classmethod
    def of(cls, query: "Query", name: str) -> "Alone":
        return cls(query.names, name, query.filters[name][0], query)

    def number(self) -> int:
        query = replace(self.query, filters={self.name: (self.value,)}, first=None, last=None)
        query = replace(query, as_of=None, updated_since=None, begun="")
        if summed := summary.of(query):
            return summed.total()
        return Term.objects.filter(name=self.name, value=self.value).order_by()[:MOST].count()


@lru_cache(VALUES)
def _number(alone: Alone, _alias: str, _today: date) -> int:
    return alone.number()
