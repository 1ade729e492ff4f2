"""The audit page of the desk, for administrators: only read."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from . import pages

NAME = "audit"
KINDS = (
    ("", _("all")),
    ("publications", _("publications")),
    ("withdrawals", _("withdrawals")),
    ("decisions", _("decisions on proposals")),
    ("sign_ins", _("signing in and out")),
    ("failures", _("failures and locks")),
    ("accounts", _("accounts, passwords, permissions")),
    ("factors", _("second factors")),
    ("desk", _("saves on the desk")),
)


class AuditForm(forms.Form):
    kind = forms.ChoiceField(label=_("kind"), choices=KINDS, required=False)
    person = forms.CharField(label=_("account"), max_length=150, required=False)
    day = forms.DateField(
        label=_("day (UTC)"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


def urls(site: Any) -> list[URLPattern]:
    return [path("audit/", site.admin_view(partial(page, site)), name=NAME)]


def page(site: Any, request: HttpRequest) -> HttpResponse:
    """Publications, decisions, sign-ins, accounts: newest first, a bounded number at a time."""
    if not request.user.has_perm("admin.view_logentry"):
        raise PermissionDenied
    if request.method == "POST":
        return HttpResponseNotAllowed(["GET", "HEAD"])
    form = AuditForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    after = pages.place(request.GET.get("after", ""))
    shown, more = pages.lines(**chosen, after=after) if form.is_valid() else ([], None)
    query = {name: value for name, value in chosen.items() if value}
    context = {
        **site.each_context(request),
        "title": _("Audit"),
        "form": form,
        "lines": shown,
        "older": f"?{urlencode(query | {'after': more})}" if more else "",
        "newest": f"?{urlencode(query)}" if after else "",
    }
    return TemplateResponse(request, "admin/audit.html", context)
