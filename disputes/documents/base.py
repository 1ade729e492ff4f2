"""The envelope that every document has, from record to document and back."""

from typing import Any, ClassVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from timeline import record_types

from ..models import Record, TranslationState
from ..models.records import validate_key
from ..models.texts import LANGUAGES
from .desk import Desk
from .fields import AssignMixin, Line, check
from .parts import Node, Rows


class Computed(AssignMixin, serializers.Field):
    """A value that is derived, never written back: `get_<field>` of the serializer."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"read_only": True})

    def to_representation(self, record: Any) -> Any:
        return getattr(self.parent, f"get_{self.field_name}")(record)


class Translations(AssignMixin, serializers.Field):
    """How far each language's texts are: {"en": "original", "ko": "unreviewed", …}."""

    def __init__(self) -> None:
        super().__init__(required=False, default=dict)

    def to_representation(self, record: Record) -> dict[str, str]:
        states = {lang: getattr(record, f"translation_{lang}") for lang in LANGUAGES}
        if not self.compact:
            return states
        usual = {"en": TranslationState.ORIGINAL}
        return {
            lang: state
            for lang, state in states.items()
            if state != usual.get(lang, TranslationState.UNREVIEWED)
        }

    def to_internal_value(self, data: Any) -> dict[str, str]:
        if not isinstance(data, dict) or set(data) - set(LANGUAGES):
            raise serializers.ValidationError(_("Give a state for en, ko and ja."))
        if any(state not in TranslationState.values for state in data.values()):
            known = ", ".join(TranslationState.values)
            raise serializers.ValidationError(_("Known states: %(known)s.") % {"known": known})
        return data

    def assign(self, record: Record, value: dict[str, str]) -> None:
        for lang in LANGUAGES:
            if lang in value:
                setattr(record, f"translation_{lang}", value[lang])


class DocumentSerializer(Node):
    """One type of document. Subclasses declare the fields in the order in which they stand.

    `context`: `compact` gives the content files' form; `desk` is the Desk that references are
    looked up in.
    """

    model: ClassVar[type[Record]]
    prefetch: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["context"] = {"desk": Desk()} | kwargs.get("context", {})
        super().__init__(*args, **kwargs)

    def get_type(self, record: Record) -> str:
        return record.document_type

    def get_url(self, record: Record) -> str:
        """The page, without the language's prefix."""
        return f"{record_types.get(record.document_type).page}{record.key}/"

    def get_date_earliest(self, record: Any) -> str | None:
        return record.earliest.isoformat() if record.earliest else None

    def get_date_latest(self, record: Any) -> str | None:
        return record.latest.isoformat() if record.latest else None

    @transaction.atomic
    def save_record(self, record: Record | None = None, rows: set[str] | None = None) -> Record:
        """Write the validated document to the desk: a new record, or this one. Not published by it.

        `rows` limits which lists are written (links wait until every happening is saved).
        """
        record = record or self.model()
        self.assign_columns(record, self.validated_data)
        record.save()
        self.assign_rows(record, self.validated_data, rows)
        self.context["desk"].saved(record)
        return record

    @classmethod
    def row_fields(cls) -> set[str]:
        return {name for name, field in cls._declared_fields.items() if isinstance(field, Rows)}


class Key(Line):
    def __init__(self) -> None:
        super().__init__(required=True, max_length=200, validators=[check(validate_key)])


class Nothing(Computed):
    """A field of the envelope that this type does not have: null, or an empty list."""

    def __init__(self, empty: Any = None) -> None:
        self.empty = empty
        super().__init__()

    def to_representation(self, record: Any) -> Any:
        return self.empty
