"""The security log `tracker.security`: who signed in, who was refused, who published.

One line for each event, with the account that acts and the address that it comes from. Never what
somebody typed: a name that no account has may be a password in the wrong field.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from ipaddress import ip_address
from typing import Any

from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth import signals
from django.contrib.auth.models import AbstractBaseUser, User
from django.db import DatabaseError
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice

from disputes.models import SecurityKind
from disputes.security_log import acting, note, security
from timeline.api.rates import forwarded

from .logs import PATH


class SecurityMiddleware:
    """Remembers whose request this is, and writes down what was forbidden."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = acting.set(partial(who, request))
        try:
            response = self.get_response(request)
            if response.status_code == 403:
                what = {"method": request.method, "path": request.path[:PATH]}
                security.warning("permission denied", extra=what)
            return response
        finally:
            acting.reset(token)


def who(request: HttpRequest) -> dict[str, str | None]:
    """The account that acts, and the address that its request comes from."""
    found = {"address": address(request), "user": None}
    with suppress(DatabaseError):  # it may be away; the line is written all the same
        found["user"] = request.user.get_username() or None
    return found


def address(request: HttpRequest) -> str | None:
    """Where a request comes from, as the outermost proxy of ours saw it; also for django-axes."""
    with suppress(ValueError):
        return str(ip_address(forwarded(request).partition("%")[0]))
    return None


@receiver(signals.user_logged_in)
def signed_in(request: HttpRequest | None, user: AbstractBaseUser, **_more: Any) -> None:
    if request is not None:  # whatever is done in a session, it ends when it was to end
        ends = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        request.session.set_expiry(ends)
    note(SecurityKind.SIGNED_IN, user.get_username())
    if isinstance(getattr(user, "otp_device", None), StaticDevice):
        note(SecurityKind.CODE_USED, user.get_username(), logging.WARNING)


@receiver(signals.user_logged_out)
def signed_out(user: AbstractBaseUser | None, **_more: Any) -> None:
    if user:
        note(SecurityKind.SIGNED_OUT, user.get_username())


@receiver(signals.user_login_failed)
def failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_more: Any) -> None:
    account = known(credentials.get("username"))
    locked = getattr(request, "axes_locked_out", False)  # nothing was tried; the lock has a row
    note(SecurityKind.SIGN_IN_FAILED, account, logging.WARNING, row=not locked)


@receiver(user_locked_out)
def locked_out(username: str | None, **_more: Any) -> None:
    note(SecurityKind.LOCKED_OUT, known(username), logging.WARNING)


@receiver(post_save, sender=User)
def account_saved(instance: User, created: bool, raw: bool, **_more: Any) -> None:
    if raw:  # loaded with all that it had
        return
    if created:
        note(SecurityKind.ACCOUNT_MADE, instance.get_username())
    if instance._password is not None:  # given since it was saved last
        note(SecurityKind.PASSWORD_SET, instance.get_username())


def known(name: str | None) -> str | None:
    """The name, if an account has it: else it may be anything, a password too."""
    return name if name and User.objects.filter(username=name).exists() else None
