"""The security log `tracker.security`: who signed in, who was refused, who published.

One line for each event, with the account that acts and the address that it comes from. Never what
somebody typed: a name that no account has may be a password in the wrong field.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from ipaddress import ip_address
from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth import signals
from django.contrib.auth.models import AbstractBaseUser, User
from django.db import DatabaseError
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from timeline.api.rates import forwarded

from .logs import PATH, acting

security = logging.getLogger("tracker.security")


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
def signed_in(user: AbstractBaseUser, **_more: Any) -> None:
    security.info("signed in", extra={"account": user.get_username()})


@receiver(signals.user_logged_out)
def signed_out(user: AbstractBaseUser | None, **_more: Any) -> None:
    if user:
        security.info("signed out", extra={"account": user.get_username()})


@receiver(signals.user_login_failed)
def failed(credentials: dict[str, Any], **_more: Any) -> None:
    account = known(credentials.get("username"))
    security.warning("sign-in failed", extra={"account": account})


@receiver(user_locked_out)
def locked_out(username: str | None, **_more: Any) -> None:
    security.warning("locked out", extra={"account": known(username)})


@receiver(post_save, sender=User)
def account_saved(instance: User, created: bool, **_more: Any) -> None:
    if created:
        security.info("account made", extra={"account": instance.get_username()})
    if instance._password is not None:  # given since it was saved last
        security.info("password set", extra={"account": instance.get_username()})


def known(name: str | None) -> str | None:
    """The name, if an account has it: else it may be anything, a password too."""
    return name if name and User.objects.filter(username=name).exists() else None
