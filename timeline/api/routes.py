"""Addresses of the API. The desk may give a type views of its own (`config.api_urls`)."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import URLPattern, path, re_path

from .. import chains, record_types
from ..record_types import RecordType
from .base import ApiView
from .chains import RecordChain
from .changes import Changes
from .citing import RecordCitation
from .codebook import Codebook
from .density import Density
from .description import Description, Docs
from .details import RecordDetail, RecordVersions
from .entrance import Nowhere, Root
from .feeds import Atom, ICalendar, TimelineJs
from .history import RecordDiff, RecordTimemap
from .lists import RecordList, Timeline
from .outlines import Feeds
from .publishing import Releases

UNDATED = (*RecordList.renderer_classes, Atom)
DATED = (*UNDATED, ICalendar, TimelineJs)
Views = tuple[type[RecordList], type[RecordDetail]]


def routes(
    own: Mapping[str, Views] | None = None, more: Mapping[str, type[ApiView]] | None = None
) -> list[URLPattern]:
    """All addresses below /api/v1/; `own` are list and detail of some types, by type, and `more`
    are addresses that only this subject has.
    """
    more = more or {}
    patterns = [
        path("", Root.as_view(more=tuple(more)), name="root"),
        *(p for address, view in more.items() for p in in_forms(address, view, address)),
        *in_forms("timeline", Timeline, "timeline", renderer_classes=DATED),
        *in_forms("feeds", Feeds, "feeds"),
        *in_forms("changes", Changes, "changes"),
        path("timeline/density/", Density.as_view(), name="density"),
        path("data/", Releases.as_view(), name="data"),
        path("codebook", Codebook.as_view(), name="codebook"),
        path("openapi.json", Description.as_view(), name="openapi"),
        path("docs/", Docs.as_view(), name="docs"),
    ]
    for record_type in record_types.all_types():
        views = (own or {}).get(record_type.name, (RecordList, RecordDetail))
        patterns += _of_type(record_type, *views)
    return [*patterns, re_path(r"[\s\S]*", Nowhere.as_view(), name="nowhere")]


def in_forms(address: str, view: type[ApiView], name: str, **given: Any) -> Iterator[URLPattern]:
    """An address, and the same with the ending of each form; the description names the first."""
    for form in given.get("renderer_classes", view.renderer_classes):
        ending = form.format
        bare = view.as_view(**given, schema=None, ending=ending)
        yield path(f"{address}.{ending}", bare, name=f"{name}.{ending}")
    yield path(f"{address}/", view.as_view(**given), name=name)


def _of_type(
    record_type: RecordType, list_view: type[RecordList], detail_view: type[RecordDetail]
) -> Iterator[URLPattern]:
    plural, given = record_type.plural, {"record_type": record_type}
    forms = {"renderer_classes": DATED if record_type.dated else UNDATED}
    yield from in_forms(plural, list_view, plural, **given, **forms)
    yield from in_forms(f"{plural}/<str:key>", detail_view, f"{plural}-detail", **given)
    parts = {
        "versions": RecordVersions,
        "diff": RecordDiff,
        "timemap": RecordTimemap,
        "cite": RecordCitation,
    }
    if record_type.name in chains.linked_types():
        parts["chain"] = RecordChain
    for part, view in parts.items():
        yield from in_forms(f"{plural}/<str:key>/{part}", view, f"{plural}-{part}", **given)
