"""Pages that every type of record has: list, page, history; and what joins the types."""

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from . import forms, months, parameters, publications, record_types, slices
from .cursors import Page
from .models import Entry
from .queries import Query
from .record_types import RecordType

NEWEST_FIRST = "-date"
SHOWN_PER_TYPE = 6  # hits of each type on the search page


@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """All that is dated, merged."""
    types = record_types.timeline_types()
    query = parameters.read(request.GET, types, default_ordering=NEWEST_FIRST)
    context = _list_context(request, query)
    for overview in record_types.timeline_overviews:
        context |= overview(context["slice"], query)
    return render(request, "timeline.html", context)


@require_safe
def record_list(request: HttpRequest, plural: str) -> HttpResponse:
    record_type = _type(plural)
    usual = NEWEST_FIRST if record_type.dated else ""
    query = parameters.read(request.GET, [record_type], default_ordering=usual)
    context = _list_context(request, query)
    context["type"] = record_type
    if record_type.overview:
        context |= record_type.overview(context["slice"], query)
    names = [f"records/{record_type.name}_list.html", "records/list.html"]
    return render(request, names, context)


def _list_context(request: HttpRequest, query: Query) -> dict:
    slice_ = slices.remember(request, slices.Slice(query.as_of))
    page, fields = query.page(), forms.fields(query, slice_)
    more = [field for field in fields if field.more]
    return {
        "slice": slice_,
        "query": query,
        "page": page,
        "count": months.total(slice_, query),
        "fields": fields,
        "more_fields": more,
        "more_chosen": any(field.chosen for field in more),
        **_neighbours(query, page),
    }


def _neighbours(query: Query, page: Page) -> dict[str, str | None]:
    """The query strings of the pages beside this one."""
    return {
        "next_page": page.next and query.canonical(cursor=page.next),
        "previous_page": page.previous and query.canonical(cursor=page.previous),
    }


@require_safe
def record(request: HttpRequest, plural: str, key: str) -> HttpResponse:
    record_type = _type(plural)
    slice_ = slices.of(request)
    entry = slice_.entry(record_type.name, key)
    context = {"entry": entry, "doc": entry.data, "type": record_type}
    if record_type.details:
        context |= record_type.details(slice_, entry)
    return render(request, [f"records/{record_type.name}.html", "records/record.html"], context)


@require_safe
def versions(request: HttpRequest, plural: str, key: str) -> HttpResponse:
    """All versions of one record, the newest first, tombstones among them."""
    record_type = _type(plural)
    slices.of(request)
    found = list(Entry.objects.versions_of(record_type.name, key))
    if not found:
        raise slices.NotInRecord(record_type.name, key)
    title = next((e.data["title"] for e in found if not e.withdrawn), None)
    context = {"type": record_type, "versions": found, "key": key, "title": title}
    return render(request, "versions.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The best known of each type, with the number of all."""
    query = parameters.read(request.GET, record_types.all_types(), only=["q", "as_of"])
    slice_ = slices.remember(request, slices.Slice(query.as_of))
    hits = slice_.entries().matching(query.q)
    counts = dict(hits.values_list("type").annotate(Count("id"))) if query.q else {}
    rank = Window(
        RowNumber(), partition_by="type", order_by=[F("starts_on").desc(), F("key").asc()]
    )
    best = hits.annotate(rank=rank).filter(rank__lte=SHOWN_PER_TYPE) if counts else ()
    groups = [
        {"type": t, "count": counts[t.name], "entries": [e for e in best if e.type == t.name]}
        for t in record_types.all_types()
        if t.name in counts
    ]
    context = {"query": query, "groups": groups, "count": sum(counts.values())}
    return render(request, "search.html", context)


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """What was published, corrected and withdrawn, the newest first."""
    query = parameters.read(request.GET, [], extra=["before"], only=["as_of"])
    slice_ = slices.remember(request, slices.Slice(query.as_of))
    page, more = publications.newest(query.extra.get("before", ""), slice_.as_of)
    return render(request, "changes.html", {"publications": page, "more": more})


@require_safe
def publication(request: HttpRequest, first: int) -> HttpResponse:
    """Everything that was published together, named by its first entry."""
    query = parameters.read(request.GET, [], extra=["after"], only=["as_of"])
    slices.remember(request, slices.Slice(query.as_of))
    found = publications.one(first, query.extra.get("after", ""))
    if found is None:
        raise Http404
    return render(request, "publication.html", found)


def _type(plural: str) -> RecordType:
    if record_type := record_types.by_plural(plural):
        return record_type
    raise Http404
