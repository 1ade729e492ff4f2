"""A survey's chart and readings as files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from timeline import pictures, slices

from . import lines, tables

WIDTH = 1600  # pixels of the PNG


@require_safe
def drawing(request: HttpRequest, key: str) -> HttpResponse:
    return pictures.answer(_svg(request, key), "image/svg+xml", f"{key}.svg")


@require_safe
def picture(request: HttpRequest, key: str) -> HttpResponse:
    return pictures.answer(pictures.png(_svg(request, key), WIDTH), "image/png", f"{key}.png")


@require_safe
def table(request: HttpRequest, key: str) -> HttpResponse:
    """The readings of the survey, and of its pair in the other country."""
    slice_ = slices.of(request)
    entries = lines.overlaid(slice_, slice_.entry("survey", key))
    return pictures.answer(tables.of_surveys(entries), "text/csv; charset=utf-8", f"{key}.csv")


def _svg(request: HttpRequest, key: str) -> str:
    slice_ = slices.of(request)
    entry = slice_.entry("survey", key)
    chart = lines.of_survey(slice_, entry)
    if chart is None:
        raise Http404
    context = {"chart": chart, "entry": entry, "doc": entry.data, "slice": slice_}
    return pictures.drawing("charts/line.svg", context, get_language() or "en")
