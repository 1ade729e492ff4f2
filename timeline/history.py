"""What changed in one record between two of its versions: the public page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from . import record_types, slices
from .comparison import compare
from .models import Entry

MOST = 2**31 - 1  # what a database takes for a version


@require_safe
def versions_compared(
    request: HttpRequest, plural: str, key: str, first: int, second: int
) -> HttpResponse:
    """The differences from one version to another, word by word."""
    record_type = record_types.by_plural(plural)
    slices.of(request)
    if max(first, second) > MOST:
        raise Http404
    found = Entry.objects.versions_of(record_type.name, key).filter(version__in={first, second})
    entries = {entry.version: entry for entry in found}
    if not {first, second} <= entries.keys():
        raise Http404
    before, after = entries[first], entries[second]
    context = {
        "type": record_type,
        "key": key,
        "title": (after.data or before.data).get("title"),
        "before": before,
        "after": after,
        "found": compare(before.data, after.data),
    }
    return render(request, "versions_compared.html", context)
