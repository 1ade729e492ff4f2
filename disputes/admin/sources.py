from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms import Script
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from ..exchange.resources import SourceResource
from ..models import LinkCheck, Source, State
from ..web import pages
from ..web.addresses import MAX_LENGTH, NotOpened, normalised
from .exchanging import ExchangeMixin
from .records import IDENTITY, RecordAdmin, change_address


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

    class Media:
        js = [Script("admin_desk/source.js", type="module")]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "url":
            field.widget.attrs |= {
                "data-address": reverse("admin:disputes_source_look_up"),
                "data-look-up": gettext("Look it up"),
                "data-waiting": gettext("Looking it up …"),
                "data-nothing": gettext("Nothing was found there."),
                "data-same": gettext("The address stands in another source already:"),
            }
        return field

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.look_up_view))
        return [path("look-up/", view, name="disputes_source_look_up"), *super().get_urls()]

    def look_up_view(self, request: HttpRequest) -> HttpResponse:
        """What a page says of itself, and which sources have its address already."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        url = request.POST.get("url", "").strip()[: MAX_LENGTH + 1]
        answer: dict[str, Any] = {"found": {}, "message": "", "same": _same(url, None)}
        if settings.OPEN_LINKS:
            try:
                answer["found"] = pages.about(url)
            except NotOpened as error:
                answer["message"] = str(error)
        return JsonResponse(answer)

    def save_related(self, request, form, formsets, change):
        """Say which other sources have the address: the same page is cited once."""
        super().save_related(request, form, formsets, change)
        if same := _same(form.instance.url, form.instance):
            links = format_html_join(", ", '<a href="{}">{}</a>', map(dict.values, same))
            said = gettext("The address stands in another source already:")
            self.message_user(request, format_html("{} {}", said, links), messages.WARNING)

    @admin.display(description=_("title"), ordering="title")
    def headline(self, source):
        return source.title


def _same(url: str, own: Source | None) -> list[dict[str, str]]:
    """Other sources whose address leads to the same page."""
    wanted = normalised(url)
    others = Source.objects.exclude(state=State.WITHDRAWN).exclude(pk=own.pk if own else None)
    alike = [pk for pk, other in others.values_list("pk", "url") if normalised(other) == wanted]
    found = Source.objects.filter(pk__in=alike[:10]).order_by("key") if wanted else []
    return [{"address": change_address(source), "text": str(source)} for source in found]


@admin.register(LinkCheck)
class LinkCheckAdmin(admin.ModelAdmin):
    """The report of `check_links`; nobody writes it by hand."""

    list_display = ["source", "outcome", "status", "failures", "moved_to", "detail", "checked_at"]
    list_display_links = None
    list_filter = ["outcome"]
    list_select_related = ["source"]
    search_fields = ["address", "source__key", "source__title", "source__publisher"]
    ordering = ["-failures", "source__key"]
    actions = None

    class Media:
        css = {"all": ["admin_desk/desk.css"]}

    def get_queryset(self, request):
        return super().get_queryset(request).fresh()

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
