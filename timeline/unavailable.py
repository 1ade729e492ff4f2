"""When the database does not answer: a clear 503, without its words. It recovers by itself."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from .api.problems import MAX_PATH, open_to_all, problem

AWAY = (OperationalError, InterfaceError)
RETRY_AFTER = 5  # seconds
FULL = ("disk is full", "No space left", "File too large", "disk I/O error")
log = logging.getLogger("tracker.database")


class UnavailableMiddleware:
    """Views that the database leaves alone answer 503. Lowest of all, to be asked first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, AWAY):
            return unavailable(request, error)
        return None


def unavailable(request: HttpRequest, error: Exception) -> HttpResponse:
    """503 for people or for programs; the log alone says what the database said."""
    log.error("%s: %s", type(error).__name__, error)
    full = any(words in str(error) for words in FULL)
    if request.path.startswith("/api/"):
        detail = _("The database does not answer at the moment. Please try again in a few seconds.")
        said = problem(503, _("Service unavailable"), detail, request.path[:MAX_PATH])
        response = open_to_all(said)
    else:
        response = HttpResponse(render_to_string("503.html", {"full": full}), status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response


def marked(answer: HttpResponse) -> HttpResponse:
    """An answer from memory whose version could not be compared with the record's: it says so."""
    answer["Warning"] = '110 - "Response is Stale"'
    answer["Cache-Control"] = "no-cache"
    return answer
