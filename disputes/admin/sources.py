from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..exchange.resources import SourceResource
from ..models import Source
from .exchanging import ExchangeMixin
from .records import IDENTITY, RecordAdmin


@admin.register(Source)
class SourceAdmin(ExchangeMixin, RecordAdmin):
    resource_classes = [SourceResource]
    list_display = ("publisher", "published", "kind", "language")
    list_filter = ["state", "kind", "language"]
    search_fields = ["key", "title", "publisher", "author", "url"]
    own_fieldsets = (
        (IDENTITY, {"fields": ["key", ("kind", "language", "published")]}),
        (
            _("The document"),
            {
                "fields": ["title", ("publisher", "author"), "series"],
                "description": _("As printed, in its own language: nothing is translated."),
            },
        ),
        (
            _("Where it is"),
            {
                "fields": ["url", "archive_url"],
                "description": _("The archived copy is what remains when the page goes."),
            },
        ),
    )

    @admin.display(description=_("title"), ordering="title")
    def headline(self, source):
        return source.title
