"""From state to state: the page that withdraws a record, and what a list does with several."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .. import notices
from ..duties import may_publish, may_release
from ..models import Record, State
from ..publishing import display_name, publish_all, withdraw
from .forms import WithdrawalForm
from .saving import FIRST_PUBLISHED, NOT_ALONE


class StateActionsMixin:
    actions = ["publish_selected", "submit_selected"]

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
        form = WithdrawalForm(request.POST or None)
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
