"""The admin of one type of record: who may do what, its buttons, its pages."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timeline import record_types

from .. import notices
from ..dead_links import resting_on_one
from ..duties import may_publish, may_release, proposes
from ..models import Record, State
from ..work_queue import sent_back_drafts, wanting
from .histories import HistoryMixin
from .permissions import may_change, may_delete, versions
from .returning import send_back, shown
from .saving import FIRST_PUBLISHED, PUBLISHED_AGAIN, DeskAdmin
from .states import StateActionsMixin
from .texts import columns
from .translating import TranslationMixin, is_translating

BUTTONS = ("_publish", "_submit", "_draft")
IDENTITY = gettext_lazy("Identity")
TEXT = gettext_lazy("Text")
TEXT_HELP = gettext_lazy(
    "The same in three languages. Publishing needs the English; what is missing in Korean or "
    "Japanese is shown to readers in a language that is there."
)


class TranslationFilter(admin.ChoicesFieldListFilter):
    def __init__(self, field, *args, **kwargs):
        super().__init__(field, *args, **kwargs)
        self.title = _("translation: %s") % field.verbose_name


TRANSLATIONS = tuple((f"translation_{lang}", TranslationFilter) for lang in ("ko", "ja"))


class WhoseFilter(admin.SimpleListFilter):
    title = gettext_lazy("whose")
    parameter_name = "whose"

    def lookups(self, request, model_admin):
        return [("mine", _("last saved by me")), ("returned", _("returned to me"))]

    def queryset(self, request, queryset):
        if self.value() == "returned":
            return queryset & sent_back_drafts(queryset.model, request.user)
        return queryset.filter(modified_by=request.user) if self.value() == "mine" else queryset


class WantingFilter(admin.SimpleListFilter):
    title = gettext_lazy("translation missing or stale")
    parameter_name = "wanting"

    def lookups(self, request, model_admin):
        return [("ko", _("Korean")), ("ja", _("Japanese"))]

    def queryset(self, request, queryset):
        if self.value() not in ("ko", "ja"):
            return queryset
        public = queryset.exclude(state=State.WITHDRAWN)
        return public.filter(wanting(queryset.model, self.value()))


class DeadLinksFilter(admin.SimpleListFilter):
    title = gettext_lazy("sources")
    parameter_name = "links"

    def lookups(self, request, model_admin):
        return [("dead", _("the page is gone, and there is no copy"))]

    def queryset(self, request, queryset):
        if self.value() != "dead":
            return queryset
        return queryset.filter(resting_on_one(queryset.model))


class RecordAdmin(HistoryMixin, TranslationMixin, StateActionsMixin, DeskAdmin):
    """Subclasses say `texts` (names of texts in three languages) and the fieldsets of their own."""

    texts: ClassVar[tuple[str, ...]] = ()
    own_fieldsets: ClassVar[tuple[Any, ...]] = ()
    change_form_template = "admin/disputes/record_form.html"
    list_display = ()
    list_display_links = ["headline"]
    list_filter = ["state"]
    search_fields = ["key"]
    ordering = ["key"]

    # Pages

    def get_list_display(self, request):
        columns = ["headline", *self.list_display, "state_shown", "saved_on"]
        return columns + self.translating_columns(request)

    def get_list_filter(self, request):
        return [*self.list_filter, WhoseFilter, WantingFilter, DeadLinksFilter]

    def get_search_fields(self, request):
        return [*self.search_fields, *columns(*self.texts)]

    def get_fieldsets(self, request, obj=None):
        if is_translating(request):
            return self.translating_fieldsets()
        languages = ("translation_en", "translation_ko", "translation_ja")
        state_of_translations = gettext_lazy(
            "Which text the others were made from, and how far they are. Editing the original "
            "makes its translations “older than the original” by itself."
        )
        return [
            *self.own_fieldsets,
            (
                gettext_lazy("Translations"),
                {"fields": [languages], "description": state_of_translations},
            ),
            (gettext_lazy("For colleagues"), {"fields": ["remark"]}),
        ]

    def get_readonly_fields(self, request, obj=None):
        fixed = ["key"] if obj is not None and versions(obj).exists() else []
        if proposes(request.user, obj):
            fixed.append("remark")  # stands in no document, and so in no proposal
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_view_on_site_url(self, obj=None):
        if obj is None or not obj.is_published:
            return None
        return f"{record_types.get(obj.document_type).page}{obj.key}/"

    # Columns

    @admin.display(description=gettext_lazy("entry"), ordering="key")
    def headline(self, record: Record) -> str:
        name = record.headline
        return (getattr(record, name) if name else str(record)) or record.key

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_shown(self, record: Record) -> str:
        label = record.get_state_display()
        return format_html('<span class="state state-{}">{}</span>', record.state, label)

    @admin.display(description=gettext_lazy("last saved"), ordering="modified_at")
    def saved_on(self, record: Record) -> str:
        return formats.date_format(timezone.localtime(record.modified_at), "SHORT_DATE_FORMAT")

    # Saving

    def record_of(self, request, obj):
        return obj

    def settle(self, request, record, changed, reason):
        record.modified_by = request.user
        if "_publish" in request.POST and not record.is_published:
            usual = PUBLISHED_AGAIN if versions(record).exists() else FIRST_PUBLISHED
            self.publish(request, record, usual)
        elif "_submit" in request.POST:
            record.submit()
            notices.submitted(record, request.user)
        elif "_draft" in request.POST:
            send_back(request, record)
        else:
            super().settle(request, record, changed, reason)

    def response_add(self, request, obj, post_url_continue=None):
        return self._response_to_button(request, obj) or super().response_add(
            request, obj, post_url_continue
        )

    def response_change(self, request, obj):
        return self._response_to_button(request, obj) or super().response_change(request, obj)

    def _response_to_button(self, request: HttpRequest, obj: Record) -> HttpResponse | None:
        if not any(button in request.POST for button in BUTTONS):
            return None
        record = self.model.objects.get(pk=obj.pk)
        message = _("“%(record)s” was saved; it is now: %(state)s.") % {
            "record": record,
            "state": record.get_state_display(),
        }
        self.message_user(request, message, messages.SUCCESS)
        return HttpResponseRedirect(change_address(record))

    # Permissions

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or may_change(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or may_delete(request.user, obj))

    def has_publish_permission(self, request):
        return may_publish(request.user)

    def delete_model(self, request, obj):
        if not may_delete(request.user, obj):
            raise PermissionDenied
        super().delete_model(request, obj)

    def get_actions(self, request):
        """Drafts are deleted one by one, on their own page; what was public never is."""
        left_out = {"delete_selected"} | (set() if self.texts else {"reviewed_ko", "reviewed_ja"})
        return {k: v for k, v in super().get_actions(request).items() if k not in left_out}

    def render_change_form(self, request, context, *args, **kwargs):
        record = context["original"]
        if record:
            state = State(record.state)
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_translate"
            context["translate_name"] = name if self.texts else ""
            context["offered"] = {
                "publish": may_release(request.user, record) and state != State.PUBLISHED,
                "withdraw": may_publish(request.user) and state == State.PUBLISHED,
                "submit": state == State.DRAFT,
                "draft": state in (State.IN_REVIEW, State.WITHDRAWN),
            }
            if state != State.PUBLISHED:
                context |= shown(request, record)
        else:
            context["offered"] = {
                "publish": may_release(request.user, self.model()),
                "submit": True,
            }
        return super().render_change_form(request, context, *args, **kwargs)


def change_address(record: Record) -> str:
    name = f"admin:disputes_{record._meta.model_name}_change"
    return reverse(name, args=[record.pk])
