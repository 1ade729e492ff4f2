"""The page on which a member of staff sets up, renews and removes their second factor."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_otp import login as remember

from ..models import SecurityKind
from ..security_log import note
from . import devices, pictures, signing_in
from .forms import FirstCodeForm, OwnerForm, OwnPasswordForm

NAME = "second_factor"
LEFT_OPEN = frozenset([NAME, "logout", "jsi18n"])  # to who must set it up first


def urls(site: Any) -> list[URLPattern]:
    view = require_http_methods(["GET", "HEAD", "POST"])(partial(page, site))
    return [path("second-factor/", site.admin_view(view), name=NAME)]


def set_up_first(site: Any, request: HttpRequest) -> HttpResponse | None:
    """Leads to the page whoever has no second factor where everybody must have one."""
    here = request.resolver_match.url_name if request.resolver_match else None
    if here in LEFT_OPEN or not site.has_permission(request):
        return None
    return redirect(f"{site.name}:{NAME}") if signing_in.must_set_up(request) else None


def page(site: Any, request: HttpRequest) -> HttpResponse:
    """What a button does stands in ACTIONS; each answers with a page of its own, or leads back."""
    user = request.user
    app, waiting = devices.app_of(user), devices.app_of(user, confirmed=False)
    for button, action in ACTIONS.items():
        if request.method == "POST" and button in request.POST:
            return action(site, request)
    if app is None and waiting:
        return _shown(site, request, waiting=waiting, form=FirstCodeForm())
    return _shown(site, request, form=OwnerForm(request, app is not None))


def password_page(site: Any, request: HttpRequest, more: dict[str, Any]) -> HttpResponse:
    """Django's page for a password of one's own, with guesses at the old one bounded."""
    view = PasswordChangeView.as_view(
        form_class=partial(OwnPasswordForm, request),
        success_url=reverse_lazy(f"{site.name}:password_change_done"),
        extra_context={**site.each_context(request), **more},
    )
    return view(request)


def begin(site: Any, request: HttpRequest) -> HttpResponse:
    """The secret is made, and shown on the page that follows."""
    form = OwnerForm(request, False, request.POST)
    if devices.is_set(request.user):
        return redirect(f"{site.name}:{NAME}")
    if not form.is_valid():
        return _shown(site, request, form=form)
    devices.begin(request.user)
    return redirect(f"{site.name}:{NAME}")


def confirm(site: Any, request: HttpRequest) -> HttpResponse:
    """The first code shows that the app has the secret; recovery codes are the answer."""
    waiting = devices.app_of(request.user, confirmed=False)
    if waiting is None or devices.is_set(request.user):
        return redirect(f"{site.name}:{NAME}")
    form = FirstCodeForm(request.POST)
    if form.is_valid() and not devices.confirm(waiting, form.cleaned_data["code"]):
        form.add_error("code", _("That is not the code of the moment. Wait for the next one."))
    if not form.is_valid():
        return _shown(site, request, waiting=waiting, form=form)
    remember(request, devices.app_of(request.user))
    request.session.cycle_key()
    note(SecurityKind.FACTOR_SET, request.user.get_username())
    return _shown(site, request, codes=devices.make_codes(request.user))


def renew(site: Any, request: HttpRequest) -> HttpResponse:
    form = OwnerForm(request, True, request.POST)
    if not form.is_valid():
        return _shown(site, request, form=form)
    note(SecurityKind.CODES_MADE, request.user.get_username())
    return _shown(site, request, codes=devices.make_codes(request.user))


def remove(site: Any, request: HttpRequest) -> HttpResponse:
    form = OwnerForm(request, devices.is_set(request.user), request.POST)
    if not form.is_valid():
        return _shown(site, request, form=form)
    if devices.remove(request.user):
        note(SecurityKind.FACTOR_REMOVED, request.user.get_username())
        messages.success(request, _("The second factor is removed: your password alone signs in."))
    return redirect(f"{site.name}:{NAME}")


ACTIONS = {"_begin": begin, "_confirm": confirm, "_renew": renew, "_remove": remove}


def _shown(site: Any, request: HttpRequest, **more: Any) -> HttpResponse:
    waiting, app = more.get("waiting"), devices.app_of(request.user)
    context = {
        **site.each_context(request),
        "title": _("Second factor"),
        "app": app,
        "left": devices.codes_left(request.user) if app else 0,
        "asked": signing_in.must_set_up(request),
        "picture": pictures.qr_code(waiting) if waiting else "",
        "letters": pictures.letters(waiting) if waiting else "",
        **more,
    }
    return TemplateResponse(request, "admin/second_factor.html", context)
