"""Happenings that may be the one that is being put down: the same week, a similar title."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse

from timeline import edtf
from timeline.word_differences import tokens

from ..models import Event, Happening, State, Summit
from ..models.texts import LANGUAGES

WEEK = timedelta(days=7)
LOOKED_AT = 200  # happenings of the days in question
SHOWN = 5
SIMILAR = 0.4  # of 1; tried on the first content


@dataclass(frozen=True)
class Alike:
    happening: Happening
    likeness: float

    @property
    def address(self) -> str:
        name = f"admin:disputes_{self.happening._meta.model_name}_change"
        return reverse(name, args=[self.happening.pk])

    def as_dict(self) -> dict[str, str]:
        return {"text": str(self.happening), "address": self.address}


def alike(date: str, titles: dict[str, str]) -> list[Alike]:
    """The likeliest first; none while the date cannot be read or there is no title."""
    if not edtf.is_valid(date) or not any(titles.values()):
        return []
    earliest, latest = edtf.bounds(date)
    earliest, latest = earliest or latest, latest or earliest
    found = []
    for model in (Event, Summit):
        near = model.objects.exclude(state=State.WITHDRAWN).filter(
            earliest__lte=latest + WEEK, latest__gte=earliest - WEEK
        )
        found += [Alike(h, likeness(h, titles)) for h in near.order_by("-earliest")[:LOOKED_AT]]
    likely = [a for a in found if a.likeness >= SIMILAR]
    return sorted(likely, key=lambda a: (-a.likeness, a.happening.key))[:SHOWN]


def likeness(happening: Happening, titles: dict[str, str]) -> float:
    """How alike the titles are, in the language in which they are most alike."""
    pairs = [(getattr(happening, f"title_{lang}"), titles.get(lang, "")) for lang in LANGUAGES]
    return max((_ratio(a, b) for a, b in pairs if a and b), default=0.0)


def _ratio(a: str, b: str) -> float:
    """How many of their words (in Korean and Japanese: characters) both have, of 1 (Dice)."""
    first, second = ({t for t in tokens(text.lower()) if t.isalnum()} for text in (a, b))
    return 2 * len(first & second) / max(len(first) + len(second), 1)
