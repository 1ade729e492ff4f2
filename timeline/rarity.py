"""How many entries a value has, about: which of several filters is the one to walk by.

It decides how an answer is found, never what is found; so it may be a day old.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.utils import timezone

from .models import Term

MOST = 20_000  # that are counted; beyond, a value is frequent
VALUES = 1000  # whose numbers are kept


def rarest(named: Iterable[tuple[str, str]]) -> str:
    """The name of the value that the fewest have; of the first of several. "" of none."""
    found = list(named)
    if len(found) < 2:
        return found[0][0] if found else ""
    today = timezone.now().date()
    return min(found, key=lambda one: _number(Term.objects.db, *one, today))[0]


@lru_cache(VALUES)
def _number(alias: str, name: str, value: str, _today: date) -> int:
    terms = Term.objects.using(alias).filter(name=name, value=value)
    return terms.order_by()[:MOST].count()
