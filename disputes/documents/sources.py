"""Documents of sources."""

from typing import Any

from rest_framework import serializers

from ..models import Source, SourceKind
from ..models.sources import validate_web_address
from ..models.texts import LANGUAGES
from .base import Computed, DocumentSerializer, Key, Nothing, Translations
from .fields import AssignMixin, Choice, Edtf, Line, check


class OriginalTitle(AssignMixin, serializers.CharField):
    """A title in the source's own language only: {"en": null, "ko": null, "ja": "…"}.

    Where that is another language, its tag stands beside the three. Content files hold the title
    alone.
    """

    def to_representation(self, record: Source) -> Any:
        if self.compact:
            return record.title
        return dict.fromkeys(LANGUAGES) | {record.language: record.title}

    def to_internal_value(self, data: Any) -> str:
        if isinstance(data, dict):
            data = next((title for title in data.values() if title), "")
        return super().to_internal_value(data)


class SourceDocument(DocumentSerializer):
    model = Source

    type = Computed()
    key = Key()
    title = OriginalTitle(max_length=500)
    summary = Nothing()
    date = Nothing()
    date_earliest = Nothing()
    date_latest = Nothing()
    disputes = Nothing([])
    sources = Nothing([])
    url = Computed()
    translations = Translations()
    publisher = Line(required=True, max_length=300)
    author = Line(max_length=300)
    series = Line(max_length=300)
    published = Edtf()
    language = Line(required=True, max_length=12)
    kind = Choice(SourceKind, required=True)
    address = Line(
        source="url", required=True, max_length=1000, validators=[check(validate_web_address)]
    )
    archive_url = Line(max_length=1000, validators=[check(validate_web_address)])
