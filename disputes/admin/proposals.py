"""The queue of proposals, and the page on which one is compared with what is live and decided."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timeline import record_types
from timeline.field_names import name_of

from .. import proposals
from ..duties import may_release
from ..models import Proposal
from ..publishing import Unpublishable
from .records import change_address
from .review import Review

ACTIONS = ("approve", "send_back", "decline", "retract", "comment")
DONE = {
    "approve": gettext_lazy("Approved: it is public now, under its author's name."),
    "send_back": gettext_lazy("Sent back to its author, with your comment."),
    "decline": gettext_lazy("Declined, with your comment."),
    "retract": gettext_lazy("You have taken your proposal back."),
    "comment": gettext_lazy("Your comment stands below."),
}


class CommentForm(forms.Form):
    field = forms.ChoiceField(label=gettext_lazy("About"), required=False)
    comment = forms.CharField(
        label=gettext_lazy("Comment"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
    )

    def __init__(self, *args: Any, fields: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = [("", _("the whole proposal"))]
        self.fields["field"].choices = whole + [(name, name_of(name)) for name in fields]


@admin.register(Proposal)
class ProposalAdmin(admin.ModelAdmin):
    list_display = ["subject", "type_shown", "reason", "proposer", "proposed_at", "state"]
    list_display_links = ["subject"]
    list_filter = ["state", ("proposer", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["proposer"]
    search_fields = ["key", "reason"]
    ordering = ["-proposed_at", "-pk"]
    list_per_page = 50
    show_full_result_count = False
    actions = None

    @admin.display(description=gettext_lazy("record"), ordering="key")
    def subject(self, proposal: Proposal) -> str:
        return proposal.title

    @admin.display(description=gettext_lazy("type"), ordering="type")
    def type_shown(self, proposal: Proposal) -> str:
        return record_types.get(proposal.type).label

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The review page; what is pressed on it."""
        proposal = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, proposal):
            raise PermissionDenied
        if proposal is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        review = Review(proposal, request.user, choices_of(request))
        form = CommentForm(request.POST or None, fields=review.fields)
        if request.method == "POST" and form.is_valid():
            try:
                return self._act(request, review, form)
            except Unpublishable as refusal:
                for fault in refusal.faults:
                    form.add_error(None, str(fault))
            except ValidationError as refusal:
                form.add_error(None, refusal)
            proposal.refresh_from_db()
            review = Review(proposal, request.user, choices_of(request))
        return self._page(request, review, form)

    def history_view(self, request, object_id, extra_context=None):
        """Its comments and its decision stand on its own page."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:disputes_proposal_change", args=[object_id]))

    def _act(self, request: HttpRequest, review: Review, form: CommentForm) -> HttpResponse:
        action = next((name for name in ACTIONS if f"_{name}" in request.POST), "comment")
        proposal, user = review.proposal, request.user
        text = form.cleaned_data["comment"]
        if action == "approve":
            self._approve(request, review)
        elif action == "comment":
            proposals.comment(proposal, user, text, form.cleaned_data["field"])
        elif action == "retract":
            proposals.retract(proposal, user)
        else:
            getattr(proposals, action)(proposal, user, text)
        self.message_user(request, DONE[action], messages.SUCCESS)
        if action == "comment":
            return HttpResponseRedirect(request.path)
        return HttpResponseRedirect(reverse("admin:index"))

    def _approve(self, request: HttpRequest, review: Review) -> None:
        """What the editor saw is what is published, or nothing."""
        seen = (request.POST.get("seen", ""), request.POST.get("revision", ""))
        now = (str(review.current.pk if review.current else ""), str(review.proposal.revision))
        if seen != now:
            message = _("Another change was made while you were reading. Compare once more.")
            raise ValidationError(message, code="concurrent_edit")
        wanted = request.POST.getlist("release")
        release = [draft for draft in review.drafts if draft.key in wanted]
        choices = choices_of(request)
        proposals.approve(review.proposal, request.user, int(seen[0] or 0), choices, release)
        record = proposals.record_of(review.proposal.type, review.proposal.key)
        parent = self.admin_site.get_model_admin(type(record))
        text = _("Approved the proposal by %(who)s: %(reason)s")
        names = {"who": review.proposer, "reason": review.proposal.reason}
        parent.log_change(request, record, text % names)

    def _page(self, request: HttpRequest, review: Review, form: CommentForm) -> HttpResponse:
        record = proposals.record_of(review.proposal.type, review.proposal.key)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Proposal"),
            "subtitle": str(record or review.proposal.key),
            "opts": self.opts,
            "review": review,
            "proposal": review.proposal,
            "record": record,
            "record_address": change_address(record) if record else "",
            "form": form,
            "releasable": [d for d in review.drafts if may_release(request.user, d)],
        }
        return TemplateResponse(request, "admin/disputes/proposal.html", context)


def choices_of(request: HttpRequest) -> dict[str, str]:
    """Which side stands in each clash, by the clash's name."""
    start = "choice:"
    return {
        name.removeprefix(start): value
        for name, value in request.POST.items()
        if name.startswith(start)
    }
