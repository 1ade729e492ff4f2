"""The admin's front page: the types in an order that makes sense, and what waits."""

from functools import wraps
from typing import Any

from django.contrib import admin
from django.core.exceptions import BadRequest
from django.db.models import Count, Value
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .models import Record, State

GROUPS = (
    (_("What is proposed"), ("Proposal",)),
    (_("What happened"), ("Event", "Summit", "Dispute", "StatusAssessment")),
    (_("What was promised"), ("Agreement", "Commitment", "FulfilmentAssessment")),
    (_("What was advised"), ("Recommendation", "Claim")),
    (_("Whom and what it cites"), ("Source", "Actor", "Leader", "Survey")),
)
SHOWN = 20  # records in review that are listed by name


class DeskSite(admin.AdminSite):
    site_title = _("Dispute tracker")
    site_header = _("Korea–Japan dispute tracker: desk")
    index_title = _("Desk")
    site_url = "/"

    def admin_view(self, view, cacheable=False):
        """Refuse addresses with a NUL, which PostgreSQL can neither store nor compare."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def without_nul(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            values = [value for _name, values in request.GET.lists() for value in values]
            if any("\x00" in value for value in values):
                raise BadRequest("The address holds a NUL character.")
            return inner(request, *args, **kwargs)

        return without_nul

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        desk = [app for app in apps if app["app_label"] == "disputes"]
        others = [app for app in apps if app["app_label"] != "disputes"]
        return [group for app in desk for group in _grouped(app)] + others

    def index(self, request, extra_context=None):
        counts = self._waiting(request)
        reviewed = [row for row in counts if row["in_review"]]
        context = {"waiting": counts, "in_review": list(_in_review(reviewed))}
        return super().index(request, context | (extra_context or {}))

    def _waiting(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Drafts and records in review of each type; types where nothing waits are left out."""
        models = [
            model
            for model, model_admin in self._registry.items()
            if issubclass(model, Record) and model_admin.has_view_permission(request)
        ]
        counts = _counts(models) if models else {}
        rows = [_row(model, counts) for model in models]
        return [row for row in rows if row["drafts"] or row["in_review"]]


def _counts(models: list[type[Record]]) -> dict[tuple[str, str], int]:
    """How many records of each type are in each state that waits, in one query."""
    first, *rest = [
        model.objects.filter(state__in=[State.DRAFT, State.IN_REVIEW])
        .order_by()
        .values("state")
        .annotate(model=Value(model._meta.model_name), number=Count("pk"))
        .values_list("model", "state", "number")
        for model in models
    ]
    return {(model, state): number for model, state, number in first.union(*rest, all=True)}


def _row(model: type[Record], counts: dict[tuple[str, str], int]) -> dict[str, Any]:
    name = model._meta.model_name
    return {
        "model": model,
        "label": model._meta.verbose_name_plural,
        "address": reverse(f"admin:disputes_{name}_changelist"),
        "drafts": counts.get((name, State.DRAFT), 0),
        "in_review": counts.get((name, State.IN_REVIEW), 0),
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
