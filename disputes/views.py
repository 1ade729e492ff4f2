"""The pages that join disputes: home, and the method with its codebook."""

from datetime import date, datetime

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from timeline import chains, codebook, compiled, facts, faults, parameters, record_types, slices
from timeline.entries import EntryQuerySet
from timeline.models import Entry, Term

from . import summits
from .charts import heat
from .drawing import layers
from .pages import overviews

LATELY = 6  # changes shown on the home page
COMING = 6
DEEPEST = 5  # links that a chain's page follows
LISTED = 2  # at least so many in the list: what answered a happening, and what answered that
EASY = 30  # happenings in a drawing that is taken in at one look
POINTS = 30  # turning points


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where the six disputes stand; what changed; the summit clock; what comes up."""
    slice_ = slices.of(request)
    board = overviews.board(slice_)
    context = {
        **board,
        "clock": summits.clock(slice_),
        "recent": _recent(slice_),
        "ahead": board["ahead"][:COMING],
        "corrected": _corrected(slice_),
        "heat": heat.strip(slice_),
    }
    return render(request, "home.html", context)


@facts.once
def _recent(slice_: slices.Slice) -> list[Entry]:
    """The events and summits that happened last."""
    if slice_.as_of:
        return list(_happened(slice_.day, slice_))
    return compiled.of_shape(_happened, slice_.day)


def _happened(day: date, slice_: slices.Slice | None = None) -> EntryQuerySet:
    dated = (slice_ or slices.Slice()).entries().on_the_timeline().of_type("event", "summit")
    return dated.begun_by(day).newest_first()[:LATELY]


@facts.once
def _corrected(slice_: slices.Slice) -> list[Entry]:
    """The newest second and later versions, and withdrawals."""
    if slice_.as_of:
        return list(_changed(slice_.as_of))
    return compiled.of_shape(_changed)


def _changed(as_of: datetime | None = None) -> EntryQuerySet:
    entries = Entry.objects.in_force(as_of).filter(version__gt=1)
    return entries.order_by("-recorded_at", "-id")[:LATELY]


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """How the tracker works, and every code that it uses."""
    slices.of(request)
    context = {"enumerations": codebook.all_described(), "types": record_types.all_types()}
    return render(request, "method.html", context)


@require_safe
def chain(request: HttpRequest, plural: str, key: str) -> HttpResponse:
    """What led to a happening and what came of it, drawn in layers and as a nested list."""
    query = parameters.read(request.GET, [], extra=["depth"], only=["as_of"])
    slice_ = slices.remember(request, slices.Slice(query.as_of))
    asked = _depth(query.extra.get("depth", ""))
    type_ = record_types.by_plural(plural).name
    if type_ not in chains.linked_types():
        raise Http404
    entry = slice_.entry(type_, key)
    found = chains.chain(slice_, entry, max(asked or chains.DEPTH, LISTED))
    depth = asked or found.depth_of(EASY)
    listed = found.within(max(depth, LISTED))
    found = found.within(depth)
    start = (entry.type, entry.key)
    context = {
        "entry": entry,
        "doc": entry.data,
        "chain": found,
        "layers": layers.layout(found),
        "causes": layers.tree(listed, start, forwards=False),
        "answers": layers.tree(listed, start, forwards=True),
        "depth": depth,
        "depths": range(1, DEEPEST + 1),
    }
    return render(request, "chain.html", context)


def _depth(text: str) -> int:
    """How many links the chain follows; 0 unasked, ParameterErrors when it is no number of them."""
    if not text:
        return 0
    if text.isascii() and text.isdecimal() and len(text) < 3 and 1 <= int(text) <= DEEPEST:
        return int(text)
    detail = _("Give a whole number from %(least)d to %(most)d.") % {"least": 1, "most": DEEPEST}
    raise faults.ParameterErrors([faults.Fault("depth", "number", detail)])


@require_safe
def turning_points(request: HttpRequest) -> HttpResponse:
    """The happenings that were answered most: where to begin to read a chain."""
    slice_ = slices.of(request)
    happenings = slice_.entries("event", "summit")
    answered = Term.objects.filter(name=chains.CAUSE, entry__in=happenings).values_list("value")
    counts = dict(answered.annotate(Count("id")).order_by("-id__count", "value")[:POINTS])
    points = [(counts[e.key], e) for e in happenings.filter(key__in=counts)]
    points.sort(key=lambda point: (-point[0], point[1].starts_on, point[1].key))
    return render(request, "chains.html", {"points": points})
