from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..models import (
    Agreement,
    AgreementBearing,
    AgreementCitation,
    Commitment,
    FulfilmentAssessment,
    FulfilmentCitation,
    Signature,
)
from .parts import BearingColumnMixin, PartInline, RecordInline, bearings, citations
from .records import IDENTITY, TEXT, TEXT_HELP, TRANSLATIONS, RecordAdmin
from .texts import in_three


class SignatureInline(PartInline):
    model = Signature
    autocomplete_fields = ["actor"]
    fields = ["actor", "position"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("actor")


class CommitmentInline(RecordInline):
    model = Commitment
    parameter = "agreement"
    fields = ["position", "obligated", "state"]
    readonly_fields = fields
    ordering = ["position", "key"]


class FulfilmentInline(RecordInline):
    model = FulfilmentAssessment
    parameter = "commitment"
    fields = ["date", "fulfilment", "state"]
    readonly_fields = fields
    ordering = ["-earliest", "key"]


@admin.register(Agreement)
class AgreementAdmin(BearingColumnMixin, RecordAdmin):
    texts = ("title", "summary")
    list_display = ("date", "kind", "disputes_shown", "in_force", "text_read")
    list_filter = ["state", "kind", "disputes", "text_read", *TRANSLATIONS]
    date_hierarchy = "earliest"
    ordering = ["-earliest", "key"]
    autocomplete_fields = ["issued_event", "issued_summit"]
    inlines = [
        SignatureInline,
        bearings(AgreementBearing),
        citations(AgreementCitation),
        CommitmentInline,
    ]
    own_fieldsets = (
        (IDENTITY, {"fields": ["key", ("date", "kind"), ("in_force", "ended")]}),
        (TEXT, {"fields": in_three("title", "summary"), "description": TEXT_HELP}),
        (
            _("Where it was issued, where it can be read"),
            {
                "fields": [("issued_event", "issued_summit"), "text_url", "text_read"],
                "description": _(
                    "On the timeline an agreement is shown by the event or the summit that issued "
                    "it, once."
                ),
            },
        ),
    )


@admin.register(Commitment)
class CommitmentAdmin(RecordAdmin):
    texts = ("text",)
    list_display = ("agreement", "obligated", "position")
    list_filter = ["state", "obligated", "agreement", *TRANSLATIONS]
    list_select_related = ["agreement"]
    ordering = ["agreement__key", "position", "key"]
    autocomplete_fields = ["agreement"]
    inlines = [FulfilmentInline]
    own_fieldsets = (
        (IDENTITY, {"fields": ["key", ("agreement", "obligated", "position")]}),
        (TEXT, {"fields": in_three("text"), "description": TEXT_HELP}),
    )


@admin.register(FulfilmentAssessment)
class FulfilmentAssessmentAdmin(RecordAdmin):
    texts = ("why",)
    list_display = ("date", "commitment", "fulfilment")
    list_filter = ["state", "fulfilment", *TRANSLATIONS]
    list_select_related = ["commitment"]
    date_hierarchy = "earliest"
    ordering = ["-earliest", "key"]
    autocomplete_fields = ["commitment"]
    inlines = [citations(FulfilmentCitation)]
    own_fieldsets = (
        (
            IDENTITY,
            {
                "fields": ["key", ("commitment", "date", "fulfilment")],
                "description": _(
                    "How far the promise was kept from this day on, until the next assessment."
                ),
            },
        ),
        (TEXT, {"fields": in_three("why"), "description": TEXT_HELP}),
    )
