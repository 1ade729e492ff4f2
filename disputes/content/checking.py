"""What the desk lacks: translations, sources, positions, fresh assessments."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Max
from django.utils import timezone

from timeline.models import Entry

from ..documents import BY_TYPE, DocumentSerializer
from ..documents.fields import Text
from ..models import Dispute, Record, Source, State, StatusAssessment, TranslationState
from ..models.texts import LANGUAGES
from ..publishing import CHUNK, faults


@dataclass(frozen=True)
class Gap:
    """Something that is missing or old."""

    check: str  # which of the checks found it
    type: str
    key: str
    state: str
    detail: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def gaps(at: date | None = None) -> Iterator[Gap]:
    """Every gap on the desk; what is overdue is judged at a day (default: today)."""
    for type_, serializer in BY_TYPE.items():
        yield from _gaps_of(type_, serializer)
    yield from _repeated_addresses()
    yield from _overdue(at or timezone.localdate())


def _gaps_of(type_: str, serializer: type[DocumentSerializer]) -> Iterator[Gap]:
    texts = [
        (name, field.source or name)
        for name, field in serializer._declared_fields.items()
        if isinstance(field, Text)
    ]
    records = serializer.model.objects.exclude(state=State.WITHDRAWN).order_by("key")
    for record in records.prefetch_related(*serializer.prefetch).iterator(chunk_size=CHUNK):
        for fault in faults(record):
            check = "source" if fault.field == "sources" else "publishable"
            yield _gap(check, record, f"{fault.field}: {fault.message}")
        yield from _translation_gaps(record, texts)


def _translation_gaps(record: Record, texts: list[tuple[str, str]]) -> Iterator[Gap]:
    for name, source in texts:
        given = {lang: bool(getattr(record, f"{source}_{lang}")) for lang in LANGUAGES}
        missing = [lang for lang, there in given.items() if not there]
        if any(given.values()) and missing:
            yield _gap("translation", record, f"{name}: no text in {', '.join(missing)}")
    for lang in LANGUAGES:
        if getattr(record, f"translation_{lang}") == TranslationState.STALE:
            yield _gap("stale", record, f"the {lang} text is older than the original")


def _repeated_addresses() -> Iterator[Gap]:
    repeated = (
        Source.objects.exclude(state=State.WITHDRAWN)
        .values("url")
        .annotate(times=Count("id"))
        .filter(times__gt=1)
        .values("url")
    )
    for source in Source.objects.filter(url__in=repeated).order_by("url", "key"):
        yield _gap("address", source, f"another source has the address {source.url}")


def _overdue(at: date) -> Iterator[Gap]:
    """Assessments whose review is due: the newest of each dispute."""
    recorded = dict(
        Entry.objects.current().of_type("status").values_list("key").annotate(Max("recorded_at"))
    )
    for dispute in Dispute.objects.order_by("position", "key"):
        newest = _newest(dispute)
        if newest is None:
            yield _gap("review", dispute, "it has no published status assessment")
        elif (due := review_due(newest, recorded.get(newest.key))) and due <= at:
            yield _gap("review", newest, f"its review was due on {due}")


def _newest(dispute: Dispute) -> StatusAssessment | None:
    published = dispute.assessments.filter(state=State.PUBLISHED)
    return published.order_by("-earliest", "-key").first()


def review_due(assessment: StatusAssessment, recorded: Any) -> date | None:
    """The day on which an assessment is to be looked at again."""
    if assessment.review_on or not recorded:
        return assessment.review_on
    return recorded.date() + timedelta(days=settings.REVIEW_INTERVAL_DAYS)


def _gap(check: str, record: Record, detail: str) -> Gap:
    return Gap(check, record.document_type, record.key, record.state, detail)


def counts(found: Iterable[Gap]) -> dict[str, dict[str, int]]:
    """How many gaps of each check there are, by type of record."""
    table: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for gap in found:
        table[gap.check][gap.type] += 1
    return {check: dict(types) for check, types in table.items()}
