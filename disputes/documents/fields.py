"""Fields of documents. Each can read its value off a record, and assign a validated value to one.

With `compact` in the serializer's context a field gives the form that stands in content files:
a reference is a key, a citation without locator, claim or note is a key, and nothing derived is
there.
"""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from timeline import edtf

from ..models.texts import LANGUAGES


def optional(kwargs: dict[str, Any]) -> dict[str, Any]:
    """Unless it is required, a field may be left out, and is then its default, or null."""
    if kwargs.get("required"):
        return kwargs
    if kwargs.get("default") is not None:
        return {"required": False} | kwargs
    return {"allow_null": True, "default": None, "required": False} | kwargs


class AssignMixin:
    """A field that reads whole records, and writes its value as the column of its name."""

    def get_attribute(self, instance: Any) -> Any:
        return instance

    def assign(self, record: Any, value: Any) -> None:
        setattr(record, self.source, value)

    @property
    def compact(self) -> bool:
        return bool(self.context.get("compact"))


class Line(AssignMixin, serializers.CharField):
    """One text column; empty is null in the document."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**optional(kwargs))

    def to_representation(self, record: Any) -> str | None:
        return getattr(record, self.source) or None

    def assign(self, record: Any, value: str | None) -> None:
        setattr(record, self.source, value or "")


class Edtf(Line):
    """A date in EDTF."""

    def to_internal_value(self, data: Any) -> str:
        try:
            return edtf.parse(str(data)).text
        except edtf.EDTFError as error:
            raise serializers.ValidationError(str(error)) from error


class Choice(AssignMixin, serializers.ChoiceField):
    """One code of an enumeration (a TextChoices); empty is null in the document."""

    def __init__(self, choices: Any, **kwargs: Any) -> None:
        self.enumeration = choices
        pairs = choices.choices if hasattr(choices, "choices") else choices
        super().__init__(choices=pairs, **optional(kwargs))

    def to_representation(self, record: Any) -> str | None:
        return getattr(record, self.source) or None

    def assign(self, record: Any, value: str | None) -> None:
        setattr(record, self.source, value or "")


class Number(AssignMixin, serializers.FloatField):
    def to_representation(self, record: Any) -> float | int:
        value = getattr(record, self.source)
        return int(value) if value == int(value) else value

    def to_internal_value(self, data: Any) -> float:
        value = super().to_internal_value(data)
        if value != value or value in (float("inf"), float("-inf")):
            self.fail("invalid")
        return value


class Whole(AssignMixin, serializers.IntegerField):
    """A number that is not negative; unless said otherwise, one that a small column holds."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**optional({"min_value": 0, "max_value": 32767} | kwargs))

    def to_representation(self, record: Any) -> int | None:
        return getattr(record, self.source)


class Flag(AssignMixin, serializers.BooleanField):
    def to_representation(self, record: Any) -> bool:
        return getattr(record, self.source)


class Day(AssignMixin, serializers.DateField):
    """A calendar day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**optional(kwargs))

    def to_representation(self, record: Any) -> str | None:
        value: date | None = getattr(record, self.source)
        return value.isoformat() if value else None


class Text(AssignMixin, serializers.Field):
    """{"en": …, "ko": …, "ja": …}: the columns `<source>_en` and so on; null when all are empty."""

    def __init__(self, max_length: int | None = None, **kwargs: Any) -> None:
        self.max_length = max_length
        super().__init__(**optional(kwargs))

    def to_representation(self, record: Any) -> dict[str, str | None] | None:
        texts = {lang: getattr(record, f"{self.source}_{lang}") or None for lang in LANGUAGES}
        return texts if any(texts.values()) else None

    def to_internal_value(self, data: Any) -> dict[str, str]:
        if not isinstance(data, dict) or set(data) - set(LANGUAGES):
            raise serializers.ValidationError(_("Give the text as en, ko and ja."))
        if any(not isinstance(text, str | None) for text in data.values()):
            raise serializers.ValidationError(_("Each language's text must be a string."))
        if any("\x00" in (text or "") for text in data.values()):
            raise serializers.ValidationError(_("Null characters are not allowed."))
        texts = {lang: (data.get(lang) or "").strip() for lang in LANGUAGES}
        too_long = [
            lang for lang, text in texts.items() if len(text) > (self.max_length or len(text))
        ]
        if too_long:
            raise serializers.ValidationError(
                {
                    lang: [_("At most %(number)s characters.") % {"number": self.max_length}]
                    for lang in too_long
                }
            )
        return texts

    def assign(self, record: Any, value: dict[str, str] | None) -> None:
        for lang in LANGUAGES:
            setattr(record, f"{self.source}_{lang}", (value or {}).get(lang, ""))


class Reference(AssignMixin, serializers.Field):
    """A foreign key to another record: its key, with a few of its values beside it for readers."""

    def __init__(self, type_: str, embeds: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.type, self.embeds = type_, embeds
        super().__init__(**optional(kwargs))

    def to_representation(self, record: Any) -> Any:
        return self.represent(getattr(record, self.source))

    def represent(self, target: Any) -> Any:
        if target is None or self.compact:
            return target and target.key
        return {"key": target.key} | {name: embedded(target, name) for name in self.embeds}

    def to_internal_value(self, data: Any) -> str:
        key = data.get("key") if isinstance(data, dict) else data
        if not isinstance(key, str):
            raise serializers.ValidationError(_("Give the key of a record."))
        if not self.context["desk"].knows(self.type, key):
            raise serializers.ValidationError(
                _("There is no %(type)s with the key “%(key)s”.") % {"type": self.type, "key": key}
            )
        return key

    def assign(self, record: Any, value: str | None) -> None:
        pk = self.context["desk"].pk(self.type, value) if value else None
        setattr(record, f"{self.source}_id", pk)


def embedded(record: Any, name: str) -> Any:
    """A value of a record as it stands in the documents that refer to it."""
    if name in ("title", "name") and record.headline:
        return {lang: getattr(record, f"{record.headline}_{lang}") or None for lang in LANGUAGES}
    value = getattr(record, name)
    return value if value != "" else None


def check(validator: Any) -> Any:
    """A Django validator as one for serializer fields."""

    def run(value: Any) -> None:
        try:
            validator(value)
        except DjangoValidationError as error:
            raise serializers.ValidationError(error.messages) from error

    return run
