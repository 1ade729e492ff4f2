from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..models import Dispute, DisputeCitation, StatusAssessment, StatusCitation
from ..work_queue import entries_due
from .parts import RecordInline, citations
from .records import IDENTITY, TEXT, TEXT_HELP, TRANSLATIONS, RecordAdmin
from .texts import in_three


class AssessmentInline(RecordInline):
    model = StatusAssessment
    parameter = "dispute"
    fields = ["date", "status", "trend", "state"]
    readonly_fields = fields
    ordering = ["-earliest", "key"]


@admin.register(Dispute)
class DisputeAdmin(RecordAdmin):
    texts = ("name", "korean_term", "japanese_term", "question")
    list_display = ("domain", "began", "position")
    list_filter = ["state", "domain", *TRANSLATIONS]
    ordering = ["position", "key"]
    inlines = [citations(DisputeCitation), AssessmentInline]
    own_fieldsets = (
        (IDENTITY, {"fields": ["key", ("domain", "began", "position")]}),
        (
            _("Names"),
            {
                "fields": in_three("name", "korean_term", "japanese_term"),
                "description": _("The tracker's own name is neutral; each side's term is its own."),
            },
        ),
        (TEXT, {"fields": in_three("question"), "description": TEXT_HELP}),
        (
            _("Positions"),
            {
                "fields": in_three("korean_position", "japanese_position"),
                "description": _(
                    "Both are needed, under the same rules: what each government says, about "
                    "equally long, without judging it."
                ),
            },
        ),
    )


class DueFilter(admin.SimpleListFilter):
    title = _("review")
    parameter_name = "due"

    def lookups(self, request, model_admin):
        return [("yes", _("due"))]

    def queryset(self, request, queryset):
        due = entries_due() if self.value() == "yes" else None
        return queryset if due is None else queryset.filter(key__in=[entry.key for entry in due])


@admin.register(StatusAssessment)
class StatusAssessmentAdmin(RecordAdmin):
    texts = ("why",)
    list_display = ("date", "dispute", "status", "trend", "review_on")
    list_filter = ["state", "dispute", "status", "trend", DueFilter, *TRANSLATIONS]
    list_select_related = ["dispute"]
    date_hierarchy = "earliest"
    ordering = ["-earliest", "key"]
    autocomplete_fields = ["dispute"]
    inlines = [citations(StatusCitation)]
    own_fieldsets = (
        (IDENTITY, {"fields": ["key", ("dispute", "date")]}),
        (
            _("Assessment"),
            {
                "fields": [("status", "trend", "review_on")],
                "description": _(
                    "How the dispute stands from this day on, until the next assessment. The trend "
                    "is a matter of its own: a deadlock can get worse or better."
                ),
            },
        ),
        (TEXT, {"fields": in_three("why"), "description": TEXT_HELP}),
    )
