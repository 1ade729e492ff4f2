"""The pages that join disputes: home, and the method with its codebook."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from timeline import record_types, slices
from timeline.models import Entry

from . import codebook, summits
from .charts import heat
from .pages import overviews

LATELY = 6  # changes shown on the home page
COMING = 6
HEAT_YEARS = 16  # of months of conflict and cooperation


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where the six disputes stand; what changed; the summit clock; what comes up."""
    slice_ = slices.of(request)
    dated = slice_.entries().on_the_timeline()
    context = {
        **overviews.board(slice_),
        "clock": summits.clock(slice_),
        "recent": dated.of_type("event", "summit").begun_by(slice_.day).newest_first()[:LATELY],
        "coming": dated.filter(starts_on__gt=slice_.day).oldest_first()[:COMING],
        "corrected": _corrected(slice_),
        "heat": heat.strip(slice_, years=HEAT_YEARS),
    }
    return render(request, "home.html", context)


def _corrected(slice_: slices.Slice) -> list[Entry]:
    """The newest second and later versions, and withdrawals."""
    entries = Entry.objects.in_force(slice_.as_of).filter(version__gt=1)
    return list(entries.order_by("-recorded_at", "-id")[:LATELY])


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """How the tracker works, and every code that it uses."""
    slices.of(request)
    context = {"enumerations": codebook.enumerations(), "types": record_types.all_types()}
    return render(request, "method.html", context)
