"""The form fields of the desk: texts in three languages, and where they stand on a page."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..models.texts import LANGUAGES
from ..translations import texts_of

NAMES = {"en": _("English"), "ko": _("Korean"), "ja": _("Japanese")}

MAX_DIGITS = 18  # of a primary key that any database can compare


def in_three(*names: str) -> list[tuple[str, ...]]:
    """One line of a fieldset for each text, the languages side by side."""
    return [tuple(f"{name}_{lang}" for lang in LANGUAGES) for name in names]


def columns(*names: str) -> list[str]:
    return [column for line in in_three(*names) for column in line]


def language_of(field: models.Field) -> str | None:
    """The language of a column of text; None for any other column."""
    name, _dot, language = field.name.rpartition("_")
    return language if language in LANGUAGES and name in texts_of(field.model) else None


class Lines(forms.CharField):
    """Text of several lines, as a browser sends it and as content files hold it: the same text."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value).replace("\r\n", "\n")


class KeySelect(AutocompleteSelect):
    """Asks no database for what cannot be a key, and says what is to be chosen."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return attrs | {"data-placeholder": capfirst(str(self.field.verbose_name))}

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [key for key in value if may_be_key(str(key))], attr)


def may_be_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS


class DeskFieldsMixin:
    """For an admin: how its form fields look, those of texts above all."""

    formfield_overrides = {
        models.TextField: {"form_class": Lines},
        models.URLField: {"assume_scheme": "https"},
    }

    def formfield_for_dbfield(self, db_field: models.Field, request: Any, **kwargs: Any) -> Any:
        language = language_of(db_field)
        if language:
            return self._text_field(db_field, language)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "remark":
            field.widget.attrs["rows"] = 3
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = field.widget.can_view_related = False
        return field

    def formfield_for_foreignkey(self, db_field: models.Field, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeySelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _text_field(self, db_field: models.Field, language: str) -> forms.Field:
        """Its language said to the editor and to the browser; its help said once for the three."""
        if isinstance(db_field, models.TextField):
            widget = forms.Textarea({"lang": language, "rows": 4, "class": "vLargeTextField"})
            form_class = Lines
        else:
            widget = forms.TextInput({"lang": language, "class": "vTextField"})
            form_class = forms.CharField
        return db_field.formfield(
            form_class=form_class,
            widget=widget,
            label=f"{capfirst(str(db_field.verbose_name))} · {NAMES[language]}",
            help_text=db_field.help_text if language == LANGUAGES[0] else "",
        )
