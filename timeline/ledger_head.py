"""The head of the hash chain: who writes it down can prove later that nothing before it changed."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from . import documents
from .ledger import GENESIS
from .models import Entry


def follows() -> bool:
    """Whether the newest entry's digest is that of its content and of the entry before it."""
    newest = list(Entry.objects.order_by("-pk")[:2])
    if not newest:
        return True
    previous = newest[1].digest if len(newest) > 1 else GENESIS
    return newest[0].digest == documents.digest(previous, newest[0].content())


@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    """{id, digest, recorded_at}: all null or 0 while nothing is published."""
    head = Entry.objects.head()
    body = {
        "id": head.pk if head else 0,
        "digest": head.digest if head else GENESIS,
        "recorded_at": head and head.recorded_at.isoformat(),
        "algorithm": "SHA-256 over the previous digest, a line feed and the entry's canonical JSON",
    }
    return _open(JsonResponse(body))


@require_safe
def as_text(request: HttpRequest) -> HttpResponse:
    """One line: number, digest, instant. What `verify_ledger --against` reads."""
    head = Entry.objects.head()
    words = [str(head.pk), head.digest, head.recorded_at.isoformat()] if head else ["0", GENESIS]
    return _open(HttpResponse(" ".join(words) + "\n", content_type="text/plain; charset=utf-8"))


def _open(response: HttpResponse) -> HttpResponse:
    """Asked anew each time, and readable from every origin."""
    response["Cache-Control"] = "public, no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    return response
