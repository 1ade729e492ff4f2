"""Pictures for links that show more than words: the strips of statuses, the lines of surveys."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from timeline import cards, slices

from .. import statuses
from ..pages import overviews
from . import lines


@require_safe
def general(request: HttpRequest) -> HttpResponse:
    """All disputes with their strips: for the home page, and for pages without one of their own."""
    slice_ = slices.of(request)
    return cards.picture("cards/home.svg", {"slice": slice_, **overviews.board(slice_)})


@require_safe
def dispute(request: HttpRequest, key: str) -> HttpResponse:
    """A dispute's status in words, and through time."""
    slice_ = slices.of(request)
    entry = slice_.entry("dispute", key)
    history = statuses.history(slice_, key)
    first = history[0].starts_on.replace(month=1, day=1) if history else slice_.day
    context = {
        "doc": entry.data,
        "status": history[-1] if history else None,
        "strip": statuses.strip(history, first, slice_.day),
        "years": statuses.years(first, slice_.day),
        "slice": slice_,
    }
    return cards.picture("cards/dispute.svg", context)


@require_safe
def survey(request: HttpRequest, key: str) -> HttpResponse:
    """A survey's lines."""
    slice_ = slices.of(request)
    entry = slice_.entry("survey", key)
    context = {"doc": entry.data, "chart": lines.of_survey(slice_, entry), "slice": slice_}
    return cards.picture("cards/survey.svg", context)
