"""The record, to look at: only the ledger writes here."""

import json

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from . import record_types
from .models import Entry


class TypeFilter(admin.SimpleListFilter):
    title = _("type")
    parameter_name = "type"

    def lookups(self, request, model_admin):
        return [(record_type.name, record_type.label) for record_type in record_types.all_types()]

    def queryset(self, request, queryset):
        return queryset.of_type(self.value()) if self.value() else queryset


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin):
    list_display = ["label", "key", "version", "recorded_at", "editor", "reason", "standing"]
    list_display_links = ["label", "key"]
    list_filter = [TypeFilter]
    search_fields = ["key", "editor", "reason"]
    ordering = ["-id"]
    list_per_page = 50
    show_full_result_count = False
    view_on_site = False
    fields = [
        "label",
        "key",
        "version",
        "standing",
        "recorded_at",
        "superseded_at",
        "editor",
        "reason",
        "digest",
        "pretty",
    ]
    readonly_fields = fields
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).defer("search_text")

    @admin.display(description=_("type"), ordering="type")
    def label(self, entry):
        return record_types.get(entry.type).label

    @admin.display(description=_("standing"))
    def standing(self, entry):
        if entry.superseded_at:
            return _("superseded")
        return _("withdrawn") if entry.withdrawn else _("current")

    @admin.display(description=_("document"))
    def pretty(self, entry):
        if not entry.document:
            return "—"
        text = json.dumps(entry.data, ensure_ascii=False, indent=2)
        return format_html('<pre class="document">{}</pre>', text)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
