"""Pictures for links to the pages (Open Graph): 1200 by 630, drawn from the record.

A type whose picture shows more than its words has a view of its own, which comes first.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from . import pictures, record_types, slices

WIDTH, HEIGHT = 1200, 630


@require_safe
def record(request: HttpRequest, plural: str, key: str) -> HttpResponse:
    """A record's title, date and summary."""
    record_type = record_types.by_plural(plural)
    if record_type is None:
        raise Http404
    slice_ = slices.of(request)
    entry = slice_.entry(record_type.name, key)
    context = {"entry": entry, "doc": entry.data, "type": record_type, "slice": slice_}
    return picture("cards/record.svg", context)


def picture(template: str, context: dict[str, Any]) -> HttpResponse:
    drawing = pictures.drawing(template, context, get_language() or "en")
    return pictures.answer(pictures.png(drawing, WIDTH), "image/png")
