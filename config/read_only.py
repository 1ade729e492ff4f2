"""Read-only mode: READ_ONLY=1 keeps the database as it is, whoever asks. Readers notice nothing.

The connection itself refuses to write (`settings.DATABASES`); this says so before it comes to that.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

SAFE = ("GET", "HEAD", "OPTIONS")
RETRY_AFTER = 600  # seconds


class ReadOnlyMiddleware:
    """The desk says that it is closed for writing, and refuses every form with a 503."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.READ_ONLY or not request.path.startswith(f"/{settings.ADMIN_PATH}"):
            return self.get_response(request)
        if request.method not in SAFE:
            response = render(request, "read_only.html", status=503)
            response["Retry-After"] = str(RETRY_AFTER)
            return response
        if request.user.is_authenticated:
            messages.warning(request, _("The desk is read-only for now: nothing can be saved."))
        return self.get_response(request)
