"""A save that becomes a proposal: saved as always, the document taken, and all of it undone."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import AdminErrorList
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import Proposal, Record
from ..proposals import Trial, propose, revise, taken
from ..publishing import Unpublishable
from .texts import MAX_DIGITS

RESUMED = "resumed"  # the code of the refusal with which a proposal is opened again
PARAMETER = "proposal"  # in a form's address: which proposal is typed on
NOT_TYPED = ("csrfmiddlewaretoken",)


class Proposed(Exception):
    """Undoes the save; the document that was saved is in it."""

    def __init__(self, record: Record, trial: Trial, reason: str) -> None:
        super().__init__(record.key)
        self.record, self.trial, self.reason = record, trial, reason


class ProposingMixin:
    """For a DeskAdmin: what happens to a save that is a proposal."""

    def take(self, record: Record, reason: str) -> None:
        """Raise Proposed with the record as it is saved now; Unpublishable with its faults."""
        trial = taken(record)
        if trial.faults:
            raise Unpublishable(trial.faults)
        raise Proposed(record, trial, reason)

    def keep_proposal(self, request: HttpRequest, proposed: Proposed) -> HttpResponse:
        """Outside the undone transaction: keep the document, and say so."""
        record = type(proposed.record).objects.get(pk=proposed.record.pk)
        form = typed(request)
        former = own_pending(request, record)
        if former:
            revise(former, record, proposed.trial, proposed.reason, form)
            proposal = former
        else:
            path = without_parameter(request)
            arguments = (record, proposed.trial, request.user, proposed.reason, form, path)
            proposal = propose(*arguments)
        parent = self.admin_site.get_model_admin(type(record))
        parent.log_change(request, record, _("Proposed: %s") % proposed.reason)
        message = _("Your proposal waits for an editor. Nothing public has changed yet.")
        self.message_user(request, message, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:disputes_proposal_change", args=[proposal.pk]))

    def resume(self, request: HttpRequest, obj: models.Model | None) -> None:
        """Open the form as its author sent it: as a save that is refused, input kept."""
        record = self.record_of(request, obj) if obj is not None or request.GET else None
        proposal = own_pending(request, record) if record else None
        if request.method == "GET" and proposal and proposal.form:
            _none = request.FILES  # read while it is a GET: reading it sets POST anew
            request.method, request.POST = "POST", QueryDict(proposal.form)
            request.refusals = [ValidationError("", code=RESUMED)]

    def forget_that_it_is_resumed(self, context: dict[str, Any]) -> None:
        """The form was refused only to be typed on: that is said as a note, not as an error."""
        form = context["adminform"].form
        faults = form.errors.get(NON_FIELD_ERRORS)
        context["resumed"] = bool(faults) and any(e.code == RESUMED for e in faults.as_data())
        if context["resumed"]:
            faults.data = [error for error in faults.data if error.code != RESUMED]
            if not faults:
                del form.errors[NON_FIELD_ERRORS]
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context["errors"] = AdminErrorList(form, formsets)


def own_pending(request: HttpRequest, record: Record) -> Proposal | None:
    """The user's undecided proposal on the record that the address names."""
    asked = request.GET.get(PARAMETER, "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) <= MAX_DIGITS):
        return None
    found = Proposal.objects.filter(
        pk=asked, proposer=request.user, type=record.document_type, key=record.key
    ).first()
    return found if found and found.is_pending else None


def pending_on(record: Record) -> models.QuerySet[Proposal]:
    """The undecided proposals on a record, the oldest first."""
    found = Proposal.objects.filter(type=record.document_type, key=record.key)
    pending = found.filter(state__in=["open", "sent_back"])
    return pending.select_related("proposer").order_by("proposed_at", "pk")


def typed(request: HttpRequest) -> str:
    """The posted form as a query string."""
    data = request.POST.copy()
    for name in NOT_TYPED:
        data.pop(name, None)
    return data.urlencode()


def without_parameter(request: HttpRequest) -> str:
    """The address of the form."""
    query: Any = request.GET.copy()
    query.pop(PARAMETER, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path
