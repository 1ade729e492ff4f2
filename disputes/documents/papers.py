"""Documents of recommendations and checked claims of a policy paper."""

from typing import Any

from ..models import Claim, Progress, Recommendation, RecommendationKind, Verdict
from .base import Computed, DocumentSerializer, Key, Nothing, Translations
from .fields import Choice, Edtf, Reference, Text, Whole
from .parts import CitationPart, Part, Rows, sources

PAPER = ("title", "author", "publisher", "published", "url")


class ProgressPart(Part):
    unique = ("date",)
    date = Edtf(required=True)
    progress = Choice(Progress, required=True)
    why = Text()
    sources = sources()


class RecommendationDocument(DocumentSerializer):
    model = Recommendation
    prefetch = ("paper", "progress__citations__source")

    type = Computed()
    key = Key()
    title = Text(source="text")
    summary = Text(source="note")
    date = Nothing()
    date_earliest = Nothing()
    date_latest = Nothing()
    disputes = Nothing([])
    sources = Computed()
    url = Computed()
    translations = Translations()
    paper = Reference("source", embeds=PAPER, required=True)
    kind = Choice(RecommendationKind, required=True)
    position = Whole(default=0)
    progress = Rows(ProgressPart(), "progress")

    def get_sources(self, record: Recommendation) -> list[dict[str, Any]]:
        """The paper itself."""
        paper = {name: getattr(record.paper, name) or None for name in CitationPart.EMBEDDED}
        return [{"key": record.paper.key, **paper, "locator": None, "claim": None, "note": None}]


class ClaimDocument(DocumentSerializer):
    model = Claim
    prefetch = ("paper", "citations__source")

    type = Computed()
    key = Key()
    title = Text(source="text")
    summary = Text(source="note")
    date = Nothing()
    date_earliest = Nothing()
    date_latest = Nothing()
    disputes = Nothing([])
    sources = sources()
    url = Computed()
    translations = Translations()
    paper = Reference("source", embeds=PAPER, required=True)
    checked_against = Text()
    verdict = Choice(Verdict, required=True)
    position = Whole(default=0)
