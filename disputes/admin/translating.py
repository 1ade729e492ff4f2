"""The translation editor: a record's texts alone, three languages side by side.

It is the record's own form with fewer fields, so that everything a save means holds here too: the
lock, the reason, the proposal, translations that an edit of the original leaves behind.
"""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Record
from ..translations import texts_of
from .texts import in_three

STATES = ("translation_en", "translation_ko", "translation_ja")


class TranslationMixin:
    """For the admin of a type of record with texts in three languages."""

    def get_urls(self):
        if not self.texts:
            return super().get_urls()
        name = f"{self.opts.app_label}_{self.opts.model_name}_translate"
        view = self.admin_site.admin_view(self.translate_view)
        return [path("<path:object_id>/translate/", view, name=name), *super().get_urls()]

    def translate_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if self.get_object(request, unquote(object_id)) is None:
            raise Http404
        request.translating = True
        return self.changeform_view(request, object_id, "", {"title": _("Translate")})

    def translating_fieldsets(self) -> list[Any]:
        states = _("When you have checked a translation, say so here.")
        return [
            (_("Text"), {"fields": in_three(*self.texts)}),
            (_("How far the translations are"), {"fields": [STATES], "description": states}),
        ]

    def get_inlines(self, request, obj):
        """Only rows that have texts themselves."""
        inlines = super().get_inlines(request, obj)
        if not is_translating(request):
            return inlines
        parts = [inline for inline in inlines if not issubclass(inline.model, Record)]
        return [inline for inline in parts if texts_of(inline.model)]

    def translating_columns(self, request: HttpRequest) -> list[str]:
        """Where the list is narrowed to what wants translating, a way to the editor."""
        return ["translate_link"] if self.texts and request.GET.get("wanting") else []

    @admin.display(description=gettext_lazy("translate"))
    def translate_link(self, record: Record) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_translate"
        return format_html('<a href="{}">{}</a>', reverse(name, args=[record.pk]), _("Translate"))


def is_translating(request: HttpRequest) -> bool:
    return getattr(request, "translating", False)
