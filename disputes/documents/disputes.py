"""Documents of disputes and their status assessments."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from ..models import Dispute, Domain, Status, StatusAssessment, Trend
from ..models.texts import LANGUAGES
from .base import Computed, DocumentSerializer, Key, Nothing, Translations
from .fields import AssignMixin, Choice, Day, Edtf, Reference, Text, Whole
from .labels import label_in
from .parts import sources

SIDES = (("KR", "korean"), ("JP", "japanese"))


class BySide(AssignMixin, serializers.Field):
    """One text of each side, under the same rules: [{"used_by": "KR", "term": {…}}, {… "JP" …}]."""

    def __init__(self, column: str, side: str, value: str, max_length: int | None = None) -> None:
        self.column, self.side, self.value = column, side, value
        self.max_length = max_length
        super().__init__(required=False, default=list)

    def texts(self) -> dict[str, Text]:
        found = {}
        for code, prefix in SIDES:
            found[code] = Text(max_length=self.max_length)
            found[code].bind(f"{prefix}_{self.column}", self)
        return found

    def to_representation(self, record: Dispute) -> list[dict[str, Any]]:
        rows = [
            {self.side: code, self.value: text.to_representation(record)}
            for code, text in self.texts().items()
        ]
        return [row for row in rows if row[self.value]]

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
            raise serializers.ValidationError(_("Give a list with one entry for each side."))
        texts = self.texts()
        if any(set(row) - {self.side, self.value} for row in data):
            known = f"{self.side}, {self.value}"
            raise serializers.ValidationError(_("Known fields: %(known)s.") % {"known": known})
        given = {str(row.get(self.side)): row.get(self.value) for row in data}
        if set(given) - set(texts) or len(given) != len(data):
            raise serializers.ValidationError(_("Give one entry for KR and one for JP."))
        return {code: texts[code].run_validation(text) for code, text in given.items()}

    def assign(self, record: Dispute, value: Any) -> None:
        for code, text in self.texts().items():
            text.assign(record, (value or {}).get(code))


class DisputeDocument(DocumentSerializer):
    model = Dispute
    prefetch = ("citations__source",)

    type = Computed()
    key = Key()
    title = Text(source="name", max_length=200)
    summary = Nothing()
    date = Nothing()
    date_earliest = Nothing()
    date_latest = Nothing()
    disputes = Computed()
    sources = sources()
    url = Computed()
    translations = Translations()
    domain = Choice(Domain, required=True)
    began = Edtf()
    question = Text()
    names = BySide("term", "used_by", "term", max_length=300)
    positions = BySide("position", "side", "text")
    position = Whole(default=0)

    def get_disputes(self, record: Dispute) -> list[str]:
        return [record.key]


class StatusDocument(DocumentSerializer):
    model = StatusAssessment
    prefetch = ("dispute", "citations__source")

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
    dispute = Reference("dispute", embeds=("title",), required=True)
    status = Choice(Status, required=True)
    trend = Choice(Trend, required=True)
    review_on = Day()

    def get_title(self, record: StatusAssessment) -> dict[str, str]:
        """The dispute's name and the status in words, in each language."""
        status = Status(record.status)
        return {
            lang: f"{getattr(record.dispute, f'name_{lang}') or record.dispute.name_en}: "
            f"{label_in(status, lang)}"
            for lang in LANGUAGES
        }

    def get_disputes(self, record: StatusAssessment) -> list[str]:
        return [record.dispute.key]
