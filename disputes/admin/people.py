from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..models import Actor, Leader, LeaderCitation, TermOfOffice
from .parts import PartInline, citations
from .records import IDENTITY, TEXT, TEXT_HELP, TRANSLATIONS, RecordAdmin
from .texts import in_three


class CountryFilter(admin.AllValuesFieldListFilter):
    """As Django's, with a word where there is no country."""

    def choices(self, changelist):
        for choice in super().choices(changelist):
            yield choice | {"display": choice["display"] or _("none")}


class TermInline(PartInline):
    model = TermOfOffice
    fields = ["start", "end"]


@admin.register(Leader)
class LeaderAdmin(RecordAdmin):
    texts = ("name", "party", "note")
    list_display = ("country", "office", "terms_shown")
    list_filter = ["state", "country", "office", *TRANSLATIONS]
    inlines = [TermInline, citations(LeaderCitation)]
    own_fieldsets = (
        (IDENTITY, {"fields": ["key", ("country", "office")]}),
        (TEXT, {"fields": in_three("name", "party", "note"), "description": TEXT_HELP}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("terms")

    @admin.display(description=_("terms of office"))
    def terms_shown(self, leader):
        return "; ".join(str(term) for term in leader.terms.all()) or "—"


@admin.register(Actor)
class ActorAdmin(RecordAdmin):
    texts = ("name",)
    list_display = ("kind", "country", "leader")
    list_filter = ["state", "kind", ("country", CountryFilter), *TRANSLATIONS]
    list_select_related = ["leader"]
    autocomplete_fields = ["leader"]
    own_fieldsets = (
        (IDENTITY, {"fields": ["key", ("kind", "country", "leader")]}),
        (TEXT, {"fields": in_three("name"), "description": TEXT_HELP}),
    )
