"""The page for developers, and what language models should know."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from timeline import record_types, slices

from .questions import QUESTIONS


@require_safe
def developers(request: HttpRequest) -> HttpResponse:
    """Ten worked questions in curl, Python and R."""
    slices.of(request)
    site = settings.SITE_URL
    questions = [
        {"title": q.title, "curl": q.curl(site), "python": q.python(site), "r": q.r(site)}
        for q in QUESTIONS
    ]
    return render(request, "developers.html", {"questions": questions})


@require_safe
def llms(request: HttpRequest) -> HttpResponse:
    """https://llmstxt.org: where everything is, in few words."""
    context = {
        "title": settings.RECORD_TITLE,
        "site": settings.SITE_URL,
        "lists": record_types.all_types(),
    }
    with override("en"):
        return render(request, "llms.txt", context, content_type="text/plain; charset=utf-8")
