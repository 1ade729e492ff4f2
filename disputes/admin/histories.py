"""A record's history on the desk: versions side by side, and one of them made the newest again."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timeline import instants, record_types
from timeline.comparison import compare
from timeline.models import Entry

from ..duties import may_release, proposes
from ..models import Record, State
from ..proposals import Trial, propose, tried, write
from ..publishing import display_name, publish
from .forms import REASON_LENGTH
from .permissions import versions
from .returning import said_about

MAX_VERSION = 9  # digits of a version's number


class RestoreForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=REASON_LENGTH,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text=gettext_lazy("Public: it stands in the record's change log."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class HistoryMixin:
    """For the admin of a type of record."""

    object_history_template = "admin/disputes/record_history.html"

    def get_urls(self):
        names = {"compare": self.compare_view, "restore": self.restore_view}
        pages = {"compare": "compare", "restore": "restore/<int:version>"}
        own = [
            path(
                f"<path:object_id>/history/{pages[name]}/",
                self.admin_site.admin_view(view),
                name=f"{self.opts.app_label}_{self.opts.model_name}_{name}",
            )
            for name, view in names.items()
        ]
        return [*own, *super().get_urls()]

    def history_view(self, request, object_id, extra_context=None):
        record = self.get_object(request, unquote(object_id))
        entries = list(versions(record).defer("document", "search_text")) if record else []
        page = f"{record_types.get(self.model.document_type).page}{record.key}/" if record else ""
        found = [(e, f"{page}?as_of={instants.spell(e.recorded_at)}") for e in entries]
        context = {
            "versions": found,
            "newest": entries[0].version if entries else 0,
            "may_restore": record is not None and _may_restore(request, record),
            "record": record,
            "comments": said_about(record) if record else [],
        }
        return super().history_view(request, object_id, context | (extra_context or {}))

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The difference between any two versions."""
        record = self._record_to_view(request, object_id)
        first, second = (self._version(record, request.GET.get(name, "")) for name in ("a", "b"))
        context = self._context(request, record, _("Versions compared"))
        context |= {
            "before": first,
            "after": second,
            "found": compare(first.data, second.data),
        }
        return TemplateResponse(request, "admin/disputes/versions_compared.html", context)

    def restore_view(self, request: HttpRequest, object_id: str, version: int) -> HttpResponse:
        """Make what a version said the newest version, or propose it."""
        record = self._record_to_view(request, object_id)
        entry = self._version(record, str(version))
        if entry.withdrawn:
            raise Http404
        if not _may_restore(request, record):
            raise PermissionDenied
        form = RestoreForm(request.POST or None, initial={"revision": record.revision})
        if form.is_valid() and (answer := self._restore(request, record, entry, form)):
            return answer
        context = self._context(request, record, _("Restore version %d") % version)
        current = versions(record).first()
        context |= {
            "entry": entry,
            "form": form,
            "proposing": proposes(request.user, record),
            "found": compare(current.data, entry.data, embedded=False),
        }
        return TemplateResponse(request, "admin/disputes/restore.html", context)

    def _restore(
        self, request: HttpRequest, record: Record, entry: Entry, form: RestoreForm
    ) -> HttpResponse | None:
        reason = form.cleaned_data["reason"]
        try:
            if form.cleaned_data["revision"] != record.revision:
                form.data = form.data.copy()
                form.data["revision"] = record.revision
                raise ValidationError(
                    _("Somebody saved the record in the meantime. Compare once more."),
                    code="concurrent_edit",
                )
            if proposes(request.user, record):
                return self._propose(request, record, tried(record, entry.data), reason)
            with transaction.atomic():
                restore(record, entry, request.user, reason)
                self.log_change(request, record, _("Restored version %d.") % entry.version)
        except ValidationError as refusal:
            for message in refusal.messages:
                form.add_error(None, message)
            return None
        self.message_user(request, _("Restored, as a new version."), messages.SUCCESS)
        return HttpResponseRedirect(self._address(record, "history"))

    def _propose(
        self, request: HttpRequest, record: Record, trial: Trial, reason: str
    ) -> HttpResponse:
        proposal = propose(record, trial, request.user, reason)
        message = _("Your proposal waits for an editor. Nothing public has changed yet.")
        self.message_user(request, message, messages.SUCCESS)
        page = reverse("admin:disputes_proposal_change", args=[proposal.pk])
        return HttpResponseRedirect(page)

    def _record_to_view(self, request: HttpRequest, object_id: str) -> Record:
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return record

    def _version(self, record: Record, number: str) -> Entry:
        readable = number.isascii() and number.isdecimal() and len(number) <= MAX_VERSION
        entry = versions(record).filter(version=number).first() if readable else None
        if entry is None:
            raise Http404
        return entry

    def _context(self, request: HttpRequest, record: Record, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": str(record),
            "opts": self.opts,
            "record": record,
            "type": record.document_type,
        }

    def _address(self, record: Record, page: str) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(name, args=[record.pk])


def restore(record: Record, entry: Entry, by: Any, reason: str) -> list[Entry]:
    """Publish what a version said as the newest version; a withdrawn record is public again."""
    record.modified_by = by
    saved = write(record, entry.data)
    return publish(type(saved).objects.get(pk=saved.pk), display_name(by), reason)


def _may_restore(request: HttpRequest, record: Record) -> bool:
    """What is public anybody may propose to restore; what was withdrawn editors recover."""
    return record.state == State.PUBLISHED or may_release(request.user, record)
