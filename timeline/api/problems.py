"""Errors as `application/problem+json` (RFC 9457), the same shape for each of them."""

import logging
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rest_framework import exceptions
from rest_framework.views import set_rollback

from ..faults import Fault, ParameterErrors, shown
from ..models import Entry
from .rendering import dumps

MEDIA_TYPE = "application/problem+json"
MAX_PATH = 500  # characters of the address that are repeated
logger = logging.getLogger("django.request")


class Missing(Exception):
    """There is no such thing in the record; the sentence says what to do instead."""


class Gone(Exception):
    """The record was withdrawn; `entry` is its tombstone."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(str(entry))
        self.entry = entry


def problem(
    status: int,
    title: str,
    detail: str,
    instance: str = "",
    errors: Iterable[Fault] = (),
    **more: Any,
) -> HttpResponse:
    """A problem document. `type` is about:blank: the status says what kind of problem it is."""
    body = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": instance,
        "errors": [asdict(fault) for fault in errors],
        **more,
    }
    return HttpResponse(dumps(body), status=status, content_type=MEDIA_TYPE)


def open_to_all(answer: HttpResponse) -> HttpResponse:
    """What every answer of the API carries, for one that no view and no middleware finishes."""
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Expose-Headers"] = ", ".join(settings.CORS_EXPOSE_HEADERS)
    answer["Content-Language"] = "en"
    answer["Cache-Control"] = "no-store"
    return answer


def failure(request: Any) -> HttpResponse:
    """A fault of ours, said without its insides."""
    detail = _("Something went wrong on our side. It was logged; please try again later.")
    return problem(500, _("Internal server error"), detail, address_of(request))


def unreadable(request: Any) -> HttpResponse:
    return problem(400, _("Bad request"), _("The request cannot be read."), address_of(request))


def handle(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """The answer to whatever a view raised; None (so: Django's page) while debugging a failure."""
    request = context["request"]
    where = address_of(request)
    if isinstance(error, ParameterErrors):
        many = len(error.faults)
        detail = ngettext("One parameter is at fault.", "%(count)d parameters are at fault.", many)
        return problem(400, _("Bad request"), detail % {"count": many}, where, error.faults)
    if isinstance(error, Gone):
        return _gone(error.entry, where)
    if isinstance(error, Missing | Http404):
        detail = str(error) if isinstance(error, Missing) else _("There is nothing here.")
        return problem(404, _("Not found"), detail, where)
    if isinstance(error, SuspiciousOperation):
        return unreadable(request)
    if isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if isinstance(error, exceptions.APIException):
        forms = ", ".join(r.media_type for r in context["view"].renderer_classes)
        return _refusal(error, where, forms)
    if isinstance(error, OperationalError | InterfaceError):
        return None  # `timeline.unavailable` answers
    return None if settings.DEBUG else _failed(error, request)


def address_of(request: Any) -> str:
    """The address that was asked, as far as it is repeated."""
    address = request.get_full_path()
    return address if len(address) <= MAX_PATH else address[:MAX_PATH] + "…"


def _gone(entry: Entry, where: str) -> HttpResponse:
    detail = _("This %(type)s was withdrawn on %(day)s: %(reason)s") % {
        "type": entry.type,
        "day": entry.recorded_at.date().isoformat(),
        "reason": entry.reason,
    }
    more = {"reason": entry.reason, "withdrawn_at": entry.recorded_at, "version": entry.version}
    return problem(410, _("Withdrawn"), detail, where, **more)


def _refusal(error: exceptions.APIException, where: str, forms: str) -> HttpResponse:
    """What the framework refuses: a method, a media type."""
    titles = {405: _("Method not allowed"), 406: _("Not acceptable")}
    details = {
        405: _("The API is read-only: use GET, HEAD or OPTIONS."),
        406: _("The forms of this address: %(forms)s.") % {"forms": forms},
    }
    status = error.status_code
    title = titles.get(status, str(error.default_detail))
    answer = problem(status, title, details.get(status, shown(str(error.detail))), where)
    for name, value in (getattr(error, "headers", None) or {}).items():
        answer[name] = value
    return answer


def _failed(error: Exception, request: Any) -> HttpResponse:
    """A failure of a view is logged like every other."""
    set_rollback()
    got_request_exception.send(sender=None, request=request._request)
    logger.error("Internal server error: %s", request.path, exc_info=error)
    return failure(request)
