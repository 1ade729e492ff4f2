from django.contrib import admin
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _

from ..exchange.resources import EventResource, SummitResource
from ..models import (
    Event,
    EventBearing,
    EventCitation,
    Link,
    Outcome,
    Participation,
    Summit,
    SummitBearing,
    SummitCitation,
)
from .exchanging import ExchangeMixin
from .forms import HappeningForm, OneCauseMixin
from .parts import BearingColumnMixin, PartInline, StackedPartInline, bearings, citations
from .records import IDENTITY, TEXT, TEXT_HELP, TRANSLATIONS, RecordAdmin
from .texts import columns, in_three

CODING = (
    _("Coding"),
    {
        "fields": ["effect", ("plover", "plover_mode")],
        "description": _(
            "Effect: whether it made matters between the two countries worse or better. PLOVER is "
            "the vocabulary of political events that makes this record comparable with others."
        ),
    },
)


class LinkRowForm(OneCauseMixin, ModelForm):
    pass


class LinkInline(StackedPartInline):
    model = Link
    form = LinkRowForm
    autocomplete_fields = ["cause_event", "cause_summit"]
    fields = [
        ("kind", "asserted_by", "denied_by", "position"),
        ("cause_event", "cause_summit"),
    ]
    show_change_link = True
    verbose_name_plural = _("what it answers, carries out or reverses (sources: “Change”)")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("cause_event", "cause_summit")


class EventLinkInline(LinkInline):
    fk_name = "event"


class SummitLinkInline(LinkInline):
    fk_name = "summit"


class ParticipationInline(PartInline):
    model = Participation
    autocomplete_fields = ["actor"]
    fields = ["role", "actor", "position"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("actor")


class OutcomeInline(PartInline):
    model = Outcome
    fields = [*columns("text"), "position"]


class HappeningAdmin(BearingColumnMixin, RecordAdmin):
    form = HappeningForm
    texts = ("title", "summary")
    date_hierarchy = "earliest"
    ordering = ["-earliest", "key"]

    @admin.display(description=_("date"), ordering="earliest")
    def date_shown(self, record):
        return record.date


@admin.register(Event)
class EventAdmin(ExchangeMixin, HappeningAdmin):
    resource_classes = [EventResource]
    list_display = ("date_shown", "kind", "disputes_shown")
    list_filter = ["state", "disputes", "kind", "effect", "plover", *TRANSLATIONS]
    inlines = [
        bearings(EventBearing),
        ParticipationInline,
        citations(EventCitation),
        EventLinkInline,
    ]
    own_fieldsets = (
        (IDENTITY, {"fields": ["key", ("date", "kind")]}),
        (TEXT, {"fields": in_three("title", "summary"), "description": TEXT_HELP}),
        CODING,
    )


@admin.register(Summit)
class SummitAdmin(ExchangeMixin, HappeningAdmin):
    resource_classes = [SummitResource]
    texts = ("title", "summary", "city", "occasion", "note")
    list_display = ("date_shown", "setting", "rok_leader", "japan_leader", "disputes_shown")
    list_filter = ["state", "setting", "disputes", "effect", *TRANSLATIONS]
    list_select_related = ["rok_leader", "japan_leader"]
    autocomplete_fields = ["rok_leader", "japan_leader"]
    inlines = [
        OutcomeInline,
        bearings(SummitBearing),
        citations(SummitCitation),
        SummitLinkInline,
    ]
    own_fieldsets = (
        (IDENTITY, {"fields": ["key", ("date", "setting")]}),
        (_("Who and where"), {"fields": [("rok_leader", "japan_leader"), ("country", "host")]}),
        (
            TEXT,
            {
                "fields": in_three("title", "summary", "city", "occasion", "note"),
                "description": TEXT_HELP,
            },
        ),
        CODING,
    )
