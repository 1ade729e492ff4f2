from django.contrib import admin

from ..exchange.resources import ReadingResource
from ..models import Reading, ReadingCitation, Survey, SurveyBearing
from .exchanging import ExchangeMixin
from .part_pages import DatedPartInline, PartAdmin
from .parts import BearingColumnMixin, bearings, citations
from .records import IDENTITY, TEXT, TEXT_HELP, TRANSLATIONS, RecordAdmin
from .texts import in_three


class ReadingInline(DatedPartInline):
    model = Reading
    parameter = "survey"
    fields = ["date", "value", "sample"]


@admin.register(Survey)
class SurveyAdmin(ExchangeMixin, BearingColumnMixin, RecordAdmin):
    resource_classes = [ReadingResource]
    texts = ("title", "pollster", "question", "measure", "note")
    list_display = ("kind", "country", "unit", "disputes_shown")
    list_filter = ["state", "kind", "country", "disputes", *TRANSLATIONS]
    inlines = [bearings(SurveyBearing), ReadingInline]
    own_fieldsets = (
        (IDENTITY, {"fields": ["key", ("kind", "country", "unit")]}),
        (
            TEXT,
            {
                "fields": in_three("title", "pollster", "question", "measure", "note"),
                "description": TEXT_HELP,
            },
        ),
    )


@admin.register(Reading)
class ReadingAdmin(PartAdmin):
    parents = ("survey",)
    inlines = [citations(ReadingCitation)]
    own_fieldsets = (
        (IDENTITY, {"fields": [("date", "value", "sample")]}),
        (TEXT, {"fields": in_three("note")}),
    )
