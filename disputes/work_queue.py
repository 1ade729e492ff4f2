"""What waits on the desk: for the one who looks, and for anybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, F, Q, QuerySet, Value
from django.urls import reverse
from django.utils import timezone

from timeline import documents
from timeline.models import Entry

from .dead_links import resting_on_one
from .duties import may_publish
from .models import Proposal, ProposalState, Record, State, StatusAssessment, TranslationState
from .statuses import by_series, review_due

SHOWN = 20  # of each kind, by name


@dataclass(frozen=True)
class Item:
    """A line of the queue that leads to what is to be done."""

    text: str
    address: str
    note: str = ""
    when: Any = None


def proposals_to_decide(user: AbstractBaseUser) -> QuerySet[Proposal]:
    found = Proposal.objects.filter(state=ProposalState.OPEN).select_related("proposer")
    found = found.exclude(proposer=user) if settings.FOUR_EYES else found
    return (found if may_publish(user) else found.none()).order_by("proposed_at", "pk")


def own_proposals(user: AbstractBaseUser, state: ProposalState) -> QuerySet[Proposal]:
    found = Proposal.objects.filter(proposer=user, state=state).select_related("proposer")
    return found.order_by("proposed_at", "pk")


def sent_back_drafts(model: type[Record], user: AbstractBaseUser) -> QuerySet[Record]:
    """Drafts that the user handed in and somebody else returned."""
    drafts = model.objects.filter(state=State.DRAFT, submitted_by=user)
    return drafts.exclude(modified_by=user)


def wanting(model: type[Record], language: str) -> Q:
    """Records whose title lacks the language, or whose text in it is older than the original."""
    stale = Q(**{f"translation_{language}": TranslationState.STALE})
    missing = Q(**{f"{model.headline}_{language}": ""}) if model.headline else Q(pk__in=[])
    return stale | missing


def assessments_due(at: date | None = None) -> list[Item]:
    """The newest assessment of each dispute whose review is due on the day."""
    return [_assessment(entry) for entry in entries_due(at)]


def entries_due(at: date | None = None) -> list[Entry]:
    at = at or timezone.localdate()
    states = Entry.objects.current().of_type("status").defer("search_text").oldest_first()
    newest = [found[-1] for found in by_series(states).values()]
    return [entry for entry in newest if review_due(entry) <= at]


def _assessment(entry: Entry) -> Item:
    title = next(filter(None, (entry.data["title"].get(n) for n in documents.LANGUAGES)), entry.key)
    page = reverse(f"admin:disputes_{StatusAssessment._meta.model_name}_changelist")
    return Item(title, f"{page}?q={entry.key}", when=review_due(entry))


def counts(models: Iterable[type[Record]], user: AbstractBaseUser) -> dict[str, dict[str, int]]:
    """For each type of record: drafts, those of the user, in review, wanting in ko and in ja,
    returned to the user, and resting on a dead link. One query."""
    queries = [_counted(model, user) for model in models]
    if not queries:
        return {}
    rows = queries[0].union(*queries[1:], all=True)
    return {name: dict(zip(COUNTED, numbers, strict=True)) for name, *numbers in rows}


COUNTED = ("drafts", "mine", "in_review", "ko", "ja", "returned", "dead")


def _counted(model: type[Record], user: AbstractBaseUser) -> QuerySet:
    draft = Q(state=State.DRAFT)
    public = ~Q(state=State.WITHDRAWN)
    returned = draft & Q(submitted_by=user) & ~Q(modified_by=F("submitted_by"))
    filters = {
        "drafts": draft,
        "mine": draft & Q(modified_by=user),
        "in_review": Q(state=State.IN_REVIEW),
        "ko": public & wanting(model, "ko"),
        "ja": public & wanting(model, "ja"),
        "returned": returned,
        "dead": resting_on_one(model),
    }
    numbers = {f"n_{name}": Count("pk", filter=filters[name]) for name in COUNTED}
    name = Value(model._meta.model_name)
    rows = model.objects.order_by().annotate(model=name).values("model").annotate(**numbers)
    return rows.values_list("model", *numbers)
