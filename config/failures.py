"""Where no view answers: a host that is not ours, a database that is away. The API says so too."""

import sys

from django.http import HttpRequest, HttpResponse
from django.utils.translation import override
from django.views import defaults

from timeline import unavailable
from timeline.api import problems

API = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not request.path.startswith(API):
        return defaults.bad_request(request, exception)
    with override("en"):
        return problems.open_to_all(problems.unreadable(request))


def failure(request: HttpRequest) -> HttpResponse:
    error = sys.exc_info()[1]
    if isinstance(error, unavailable.AWAY):
        return unavailable.unavailable(request, error)
    if not request.path.startswith(API):
        return defaults.server_error(request)
    with override("en"):
        return problems.open_to_all(problems.failure(request))
