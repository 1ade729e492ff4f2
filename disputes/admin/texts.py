"""Form fields for texts in three languages, and where they stand on a page."""

from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..models.texts import LANGUAGES
from ..translations import texts_of

NAMES = {"en": _("English"), "ko": _("Korean"), "ja": _("Japanese")}


def in_three(*names: str) -> list[tuple[str, ...]]:
    """One line of a fieldset for each text, the languages side by side."""
    return [tuple(f"{name}_{lang}" for lang in LANGUAGES) for name in names]


def columns(*names: str) -> list[str]:
    return [column for line in in_three(*names) for column in line]


def language_of(field: models.Field) -> str | None:
    """The language of a column of text; None for any other column."""
    name, _dot, language = field.name.rpartition("_")
    return language if language in LANGUAGES and name in texts_of(field.model) else None


class ThreeLanguagesMixin:
    """For an admin: a text's form field says its language to the editor and to the browser."""

    def formfield_for_dbfield(self, db_field: models.Field, request: Any, **kwargs: Any) -> Any:
        language = language_of(db_field)
        if language is None:
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        attrs = {"lang": language}
        if isinstance(db_field, models.TextField):
            kwargs["widget"] = forms.Textarea(attrs | {"rows": 4, "class": "vLargeTextField"})
        else:
            kwargs["widget"] = forms.TextInput(attrs | {"class": "vTextField"})
        label = f"{capfirst(str(db_field.verbose_name))} · {NAMES[language]}"
        return db_field.formfield(**kwargs | {"label": label})
