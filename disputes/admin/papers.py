from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..models import (
    Claim,
    ClaimCitation,
    ProgressAssessment,
    ProgressCitation,
    Recommendation,
)
from .part_pages import DatedPartInline, PartAdmin
from .parts import citations
from .records import IDENTITY, TEXT, TEXT_HELP, TRANSLATIONS, RecordAdmin
from .texts import in_three

PAPER = ("paper", admin.RelatedOnlyFieldListFilter)  # of the sources only those that are papers


class ProgressInline(DatedPartInline):
    model = ProgressAssessment
    parameter = "recommendation"
    fields = ["date", "progress", "why_en"]


@admin.register(Recommendation)
class RecommendationAdmin(RecordAdmin):
    texts = ("text", "note")
    list_display = ("kind", "position")
    list_filter = ["state", "kind", PAPER, *TRANSLATIONS]
    ordering = ["paper__key", "position", "key"]
    autocomplete_fields = ["paper"]
    inlines = [ProgressInline]
    own_fieldsets = (
        (IDENTITY, {"fields": ["key", ("paper", "kind", "position")]}),
        (TEXT, {"fields": in_three("text", "note"), "description": TEXT_HELP}),
    )


@admin.register(ProgressAssessment)
class ProgressAssessmentAdmin(PartAdmin):
    parents = ("recommendation",)
    inlines = [citations(ProgressCitation)]
    own_fieldsets = (
        (IDENTITY, {"fields": [("date", "progress")]}),
        (TEXT, {"fields": in_three("why")}),
    )


@admin.register(Claim)
class ClaimAdmin(RecordAdmin):
    texts = ("text", "checked_against", "note")
    list_display = ("verdict", "position")
    list_filter = ["state", "verdict", PAPER, *TRANSLATIONS]
    ordering = ["paper__key", "position", "key"]
    autocomplete_fields = ["paper"]
    inlines = [citations(ClaimCitation)]
    own_fieldsets = (
        (
            IDENTITY,
            {
                "fields": ["key", ("paper", "verdict", "position")],
                "description": _("What the paper states, and whether sources bear it out."),
            },
        ),
        (
            TEXT,
            {"fields": in_three("text", "checked_against", "note"), "description": TEXT_HELP},
        ),
    )
