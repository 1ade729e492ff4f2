"""The admin's front page: the types in an order that makes sense, and what waits."""

from functools import partial, wraps
from typing import Any

from django.contrib import admin
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from . import handbook, work_queue
from .audit import views as audit
from .models import ProposalState, Record, State
from .quick_entry import views as quick_entry
from .second_factor import signing_in
from .second_factor import views as second_factor
from .work_queue import SHOWN

METHODS = ("GET", "HEAD", "POST")
GROUPS = (
    (_("What is proposed"), ("Proposal",)),
    (_("What happened"), ("Event", "Summit", "Dispute", "StatusAssessment")),
    (_("What was promised"), ("Agreement", "Commitment", "FulfilmentAssessment")),
    (_("What was advised"), ("Recommendation", "Claim")),
    (_("Whom and what it cites"), ("Source", "LinkCheck", "Actor", "Leader", "Survey")),
)


class DeskSite(admin.AdminSite):
    site_title = _("Dispute tracker")
    site_header = _("Korea–Japan dispute tracker: desk")
    index_title = _("Desk")
    site_url = "/"
    login_form = signing_in.SignInForm

    def has_permission(self, request):
        return super().has_permission(request) and not signing_in.owes_code(request)

    def admin_view(self, view, cacheable=False):
        """Refuse addresses with a NUL, which PostgreSQL can neither store nor compare, and methods
        that no page has: the admin itself answers them as if they were GET.

        Whoever must set up a second factor first is led there.
        """
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in METHODS:
                return HttpResponseNotAllowed(METHODS)
            values = [value for _name, values in request.GET.lists() for value in values]
            if any("\x00" in value for value in values):
                raise BadRequest("The address holds a NUL character.")
            return second_factor.set_up_first(self, request) or inner(request, *args, **kwargs)

        return guarded

    def password_change(self, request, extra_context=None):
        request.current_app = self.name
        return second_factor.password_page(self, request, extra_context or {})

    def get_urls(self):
        handbook_page = self.admin_view(partial(handbook.page, self))
        own = [path("handbook/", handbook_page, name="handbook"), *quick_entry.urls(self)]
        return [*own, *second_factor.urls(self), *audit.urls(self), *super().get_urls()]

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        desk = [app for app in apps if app["app_label"] == "disputes"]
        others = [app for app in apps if app["app_label"] != "disputes"]
        return [group for app in desk for group in _grouped(app)] + others

    def index(self, request, extra_context=None):
        models = self._viewable(request)
        counts = work_queue.counts(models, request.user)
        rows = [_row(model, counts.get(model._meta.model_name, {})) for model in models]
        own = work_queue.own_proposals
        context = {
            "waiting": [row for row in rows if row["drafts"] or row["in_review"]],
            "wanting": [row for row in rows if row["ko"] or row["ja"]],
            "in_review": list(_in_review([row for row in rows if row["in_review"]])),
            "dead": [row for row in rows if row["dead"]],
            "mine": [row for row in rows if row["mine"]],
            "returned": [row for row in rows if row["returned"]],
            "to_decide": work_queue.proposals_to_decide(request.user)[:SHOWN],
            "sent_back": own(request.user, ProposalState.SENT_BACK)[:SHOWN],
            "proposed": own(request.user, ProposalState.OPEN)[:SHOWN],
            "due": work_queue.assessments_due(),
        }
        return super().index(request, context | (extra_context or {}))

    def _viewable(self, request: HttpRequest) -> list[type[Record]]:
        return [
            model
            for model, model_admin in self._registry.items()
            if issubclass(model, Record) and model_admin.has_view_permission(request)
        ]


def _row(model: type[Record], counts: dict[str, int]) -> dict[str, Any]:
    name = model._meta.model_name
    return {
        "model": model,
        "label": model._meta.verbose_name_plural,
        "address": reverse(f"admin:disputes_{name}_changelist"),
        **dict.fromkeys(work_queue.COUNTED, 0),
        **counts,
    }


def _in_review(rows: list[dict[str, Any]]) -> Any:
    """The records that wait for an editor, those that wait longest first in each type."""
    for row in rows:
        model = row["model"]
        waiting = model.objects.filter(state=State.IN_REVIEW).select_related("modified_by")
        for record in waiting.order_by("modified_at", "key")[:SHOWN]:
            name = f"admin:disputes_{model._meta.model_name}_change"
            yield {"record": record, "address": reverse(name, args=[record.pk])}


def _grouped(app: dict[str, Any]) -> list[dict[str, Any]]:
    models = {model["object_name"]: model for model in app["models"]}
    groups = [
        app | {"name": label, "models": [models[name] for name in names if name in models]}
        for label, names in GROUPS
    ]
    return [group for group in groups if group["models"]]
