"""Refusals in words: what a page cannot show becomes a 400, 404 or 410 page that helps."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from .faults import ParameterErrors
from .slices import NotInRecord, Withdrawn


class RefusalsMiddleware:
    """Turns the record's exceptions into pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.DEBUG and response.status_code == 404 and request.resolver_match is None:
            return self._missing(request)  # rather than Django's list of all addresses
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, ParameterErrors):
            return render(request, "400.html", {"faults": exception.faults}, status=400)
        if isinstance(exception, NotInRecord | Http404):
            return self._missing(request, exception)
        if isinstance(exception, Withdrawn):
            return render(request, "410.html", {"tombstone": exception.tombstone}, status=410)
        return None

    def _missing(self, request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
        return render(request, "404.html", {"missing": exception}, status=404)
