"""The page for developers, and what language models should know."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from timeline import record_types, slices

from .questions import QUESTIONS

REBUILD = (
    "curl --fail {site}/api/v1/data/",
    "curl --fail --location {site}/data/latest/SHA256SUMS | grep jsonl/events.jsonl",
    'curl --fail "{site}/api/v1/events.jsonl?ordering=key&as_of=$(curl --fail --location '
    '{site}/data/latest/datapackage.json | python3 -c "import json, sys; '
    "print(json.load(sys.stdin)['as_of'])\")\" | sha256sum",
    "SITE_URL={site} python manage.py migrate",
    "SITE_URL={site} python manage.py copy_record {site}",
    "SITE_URL={site} python manage.py make_release NAME --as-of INSTANT --former none --into again",
)


@require_safe
def developers(request: HttpRequest) -> HttpResponse:
    """Ten worked questions in curl, Python and R."""
    slices.of(request)
    site = settings.SITE_URL
    questions = [
        {"title": q.title, "curl": q.curl(site), "python": q.python(site), "r": q.r(site)}
        for q in QUESTIONS
    ]
    rebuild = [line.format(site=site) for line in REBUILD]
    return render(request, "developers.html", {"questions": questions, "rebuild": rebuild})


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
