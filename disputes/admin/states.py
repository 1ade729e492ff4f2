"""From state to state: the page that withdraws a record, and what a list does with several."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .. import notices
from ..documents import document_of
from ..duties import may_publish, may_release, proposes
from ..models import Record, State, TranslationState
from ..proposals import propose, tried
from ..publishing import display_name, publish, publish_all, withdraw
from .forms import WithdrawalForm
from .saving import FIRST_PUBLISHED, NOT_ALONE

TRANSLATION_REVIEWED = "A native reader has checked the translation."
UNSEEN = gettext_lazy(
    "Saved by somebody since you opened the list, or not on the page that you saw. Nothing was "
    "done; look at it again:"
)
SEEN = "seen-"  # and a record's id: the revision that a list or a page showed


class StateActionsMixin:
    actions = ["publish_selected", "submit_selected", "reviewed_ko", "reviewed_ja"]

    def action_checkbox(self, obj):
        """With the box goes the revision that the list showed, for the action to compare."""
        seen = format_html(
            '<input type="hidden" name="{}{}" value="{}">', SEEN, obj.pk, obj.revision
        )
        return super().action_checkbox(obj) + seen

    def unseen(self, request: HttpRequest, records: list[Record]) -> bool:
        """Whether any of them is not what the list showed; that is said."""
        changed = [r for r in records if request.POST.get(f"{SEEN}{r.pk}") != str(r.revision)]
        if changed:
            names = ", ".join(record.key for record in changed[:10])
            self.message_user(request, f"{UNSEEN} {names}", messages.ERROR)
        return bool(changed)

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_withdraw"
        view = self.admin_site.admin_view(self.withdraw_view)
        return [path("<path:object_id>/withdraw/", view, name=name), *super().get_urls()]

    def withdraw_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks for the reason, then puts a tombstone into the record."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not may_publish(request.user):
            raise PermissionDenied
        form = WithdrawalForm(request.POST or None, initial={"revision": record.revision})
        if form.is_valid() and self._withdraw(request, record, form):
            self.message_user(request, _("“%s” is withdrawn.") % record, messages.SUCCESS)
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
            return HttpResponseRedirect(reverse(name, args=[record.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Withdraw %s") % self.opts.verbose_name,
            "subtitle": str(record),
            "opts": self.opts,
            "record": record,
            "form": form,
        }
        return TemplateResponse(request, "admin/disputes/withdraw.html", context)

    def _withdraw(self, request: HttpRequest, record: Record, form: WithdrawalForm) -> bool:
        reason = form.cleaned_data["reason"]
        if form.cleaned_data["revision"] not in (None, record.revision):
            form.add_error(
                None, _("Somebody saved the record in the meantime. Look at it once more.")
            )
            form.data = form.data | {"revision": record.revision}
            return False
        try:
            with transaction.atomic():
                record.modified_by = request.user
                withdraw(record, display_name(request.user), reason)
                self.log_change(request, record, _("Withdrawn: %s") % reason)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return False
        return True

    @admin.action(description=gettext_lazy("Publish"), permissions=["publish"])
    def publish_selected(self, request, queryset):
        """All of them or none: they may refer to each other."""
        waiting = list(queryset.exclude(state=State.PUBLISHED))
        if self.unseen(request, waiting):
            return
        own = [record for record in waiting if not may_release(request.user, record)]
        if own:
            self.message_user(request, _("Nothing was published:"), messages.ERROR)
            names = ", ".join(record.key for record in own)
            self.message_user(request, f"{names}: {NOT_ALONE}", messages.ERROR)
            return
        for record in waiting:
            record.modified_by = request.user
        try:
            publish_all(waiting, display_name(request.user), FIRST_PUBLISHED)
        except ValidationError as refusal:
            self.message_user(request, _("Nothing was published:"), messages.ERROR)
            for message in refusal.messages:
                self.message_user(request, message, messages.ERROR)
            return
        for record in waiting:
            self.log_change(request, record, _("Published."))
        text = ngettext("%d record was published.", "%d records were published.", len(waiting))
        self.message_user(request, text % len(waiting), messages.SUCCESS)

    @admin.action(
        description=gettext_lazy("Submit the selected for review"), permissions=["change"]
    )
    def submit_selected(self, request, queryset):
        drafts = list(queryset.filter(state=State.DRAFT))
        if self.unseen(request, drafts):
            return
        try:
            with transaction.atomic():
                for record in drafts:
                    record.modified_by = request.user
                    record.submit()
                    notices.submitted(record, request.user)
                    self.log_change(request, record, _("Submitted for review."))
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            return
        text = ngettext("%d draft was submitted.", "%d drafts were submitted.", len(drafts))
        self.message_user(request, text % len(drafts), messages.SUCCESS)

    @admin.action(description=gettext_lazy("Mark the Korean as reviewed"), permissions=["change"])
    def reviewed_ko(self, request, queryset):
        self._mark_reviewed(request, queryset, "ko")

    @admin.action(description=gettext_lazy("Mark the Japanese as reviewed"), permissions=["change"])
    def reviewed_ja(self, request, queryset):
        self._mark_reviewed(request, queryset, "ja")

    def _mark_reviewed(self, request: HttpRequest, queryset: Any, language: str) -> None:
        """Of what is public, a researcher proposes it and an editor publishes it."""
        column = f"translation_{language}"
        usual = (TranslationState.UNREVIEWED, TranslationState.STALE)
        there = queryset.exclude(state=State.WITHDRAWN).exclude(
            **{f"{queryset.model.headline}_{language}": ""}
        )
        found = list(there.filter(**{f"{column}__in": usual}))
        if self.unseen(request, found):
            return
        try:
            with transaction.atomic():
                for record in found:
                    self._review(request, record, column)
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            return
        text = ngettext(
            "%d translation is marked as reviewed; of what is public, a researcher proposes it.",
            "%d translations are marked as reviewed; of what is public, a researcher proposes it.",
            len(found),
        )
        self.message_user(request, text % len(found), messages.SUCCESS)

    def _review(self, request: HttpRequest, record: Record, column: str) -> None:
        if proposes(request.user, record):
            document = document_of(record)
            language = column.removeprefix("translation_")
            states = document["translations"] | {language: TranslationState.REVIEWED.value}
            trial = tried(record, document | {"translations": states})
            propose(record, trial, request.user, TRANSLATION_REVIEWED)
            return
        setattr(record, column, TranslationState.REVIEWED)
        record.modified_by = request.user
        record.save()
        if record.is_published:
            publish(record, display_name(request.user), TRANSLATION_REVIEWED)
        self.log_change(request, record, _("A translation was reviewed."))
