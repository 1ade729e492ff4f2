"""Documents of agreements, commitments and their fulfilment."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from ..models import (
    Agreement,
    AgreementKind,
    Commitment,
    Fulfilment,
    FulfilmentAssessment,
    Side,
)
from ..models.texts import LANGUAGES
from .base import Computed, DocumentSerializer, Key, Nothing, Translations
from .fields import AssignMixin, Choice, Edtf, Flag, Line, Reference, Text, Whole
from .happenings import HAPPENING
from .labels import label_in
from .parts import KeyPart, Rows, disputes, sources


class IssuedAt(AssignMixin, serializers.Field):
    """The happening that issued an agreement: {"event": {…}|null, "summit": {…}|null}, or null."""

    def __init__(self) -> None:
        super().__init__(required=False, allow_null=True, default=None)

    def references(self) -> dict[str, Reference]:
        found = {}
        for name in ("event", "summit"):
            found[name] = Reference(name, embeds=HAPPENING)
            found[name].bind(f"issued_{name}", self)
        return found

    def to_representation(self, record: Agreement) -> dict[str, Any] | None:
        at = {name: ref.to_representation(record) for name, ref in self.references().items()}
        if not any(at.values()):
            return None
        return {name: value for name, value in at.items() if value} if self.compact else at

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if not isinstance(data, dict) or set(data) - {"event", "summit"}:
            raise serializers.ValidationError(_("Give exactly one of event and summit."))
        found = {n: r.run_validation(data.get(n)) for n, r in self.references().items()}
        if sum(map(bool, found.values())) != 1:
            raise serializers.ValidationError(_("Give exactly one of event and summit."))
        return found

    def assign(self, record: Agreement, value: dict[str, Any] | None) -> None:
        for name, reference in self.references().items():
            reference.assign(record, (value or {}).get(name))


class AgreementDocument(DocumentSerializer):
    model = Agreement
    prefetch = (
        "bearings__dispute",
        "citations__source",
        "signatures__actor",
        "issued_event",
        "issued_summit",
    )

    type = Computed()
    key = Key()
    title = Text(max_length=300)
    summary = Text()
    date = Edtf()
    date_earliest = Computed()
    date_latest = Computed()
    disputes = disputes()
    sources = sources()
    url = Computed()
    translations = Translations()
    kind = Choice(AgreementKind, required=True)
    signatories = Rows(
        KeyPart(Reference("actor", embeds=("name", "country"), required=True)),
        "signatures",
    )
    in_force = Edtf()
    ended = Edtf()
    text_url = Line(max_length=1000)
    text_read = Flag(default=False)
    issued_at = IssuedAt()


class CommitmentDocument(DocumentSerializer):
    model = Commitment
    prefetch = ("agreement__bearings__dispute", "agreement__citations__source")

    type = Computed()
    key = Key()
    title = Text(source="text")
    summary = Nothing()
    date = Computed()
    date_earliest = Computed()
    date_latest = Computed()
    disputes = Computed()
    sources = Computed()
    url = Computed()
    translations = Translations()
    agreement = Reference("agreement", embeds=("title",), required=True)
    obligated = Choice(Side, required=True)
    position = Whole(default=0)

    def get_date(self, record: Commitment) -> str:
        return record.agreement.date

    def get_date_earliest(self, record: Commitment) -> str | None:
        return super().get_date_earliest(record.agreement)

    def get_date_latest(self, record: Commitment) -> str | None:
        return super().get_date_latest(record.agreement)

    def get_disputes(self, record: Commitment) -> list[str]:
        return [bearing.dispute.key for bearing in record.agreement.bearings.all()]

    def get_sources(self, record: Commitment) -> list[dict[str, Any]]:
        return (
            AgreementDocument(context=self.context)
            .fields["sources"]
            .to_representation(record.agreement)
        )


class FulfilmentDocument(DocumentSerializer):
    model = FulfilmentAssessment
    prefetch = ("commitment__agreement__bearings__dispute", "citations__source")

    type = Computed()
    key = Key()
    title = Computed()
    summary = Text(source="why")
    date = Edtf()
    date_earliest = Computed()
    date_latest = Computed()
    disputes = Computed()
    sources = sources()
    url = Computed()
    translations = Translations()
    commitment = Reference("commitment", embeds=("title",), required=True)
    agreement = Computed()
    obligated = Computed()
    fulfilment = Choice(Fulfilment, required=True)

    def get_title(self, record: FulfilmentAssessment) -> dict[str, str]:
        """The state in words, and the promise, in each language."""
        state, promise = Fulfilment(record.fulfilment), record.commitment
        return {
            lang: f"{label_in(state, lang)}: {getattr(promise, f'text_{lang}') or promise.text_en}"
            for lang in LANGUAGES
        }

    def get_disputes(self, record: FulfilmentAssessment) -> list[str]:
        return [b.dispute.key for b in record.commitment.agreement.bearings.all()]

    def get_agreement(self, record: FulfilmentAssessment) -> dict[str, Any]:
        reference = Reference("agreement", embeds=("title",))
        reference.bind("agreement", self)
        return reference.represent(record.commitment.agreement)

    def get_obligated(self, record: FulfilmentAssessment) -> str:
        return record.commitment.obligated
