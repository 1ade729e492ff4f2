"""Addresses of the API. The desk may give a type views of its own (`config.api_urls`)."""

from collections.abc import Mapping

from django.urls import URLPattern, path, re_path

from .. import chains, record_types
from .chains import RecordChain
from .codebook import Codebook
from .density import Density
from .description import Description, Docs
from .entrance import Nowhere, Root
from .records import RecordDetail, RecordList, RecordVersions, Timeline

Views = tuple[type[RecordList], type[RecordDetail]]


def routes(own: Mapping[str, Views] | None = None) -> list[URLPattern]:
    """All addresses below /api/v1/; `own` are list and detail of some types, by type."""
    patterns = [
        path("", Root.as_view(), name="root"),
        path("timeline/", Timeline.as_view(), name="timeline"),
        path("timeline/density/", Density.as_view(), name="density"),
        path("codebook", Codebook.as_view(), name="codebook"),
        path("openapi.json", Description.as_view(), name="openapi"),
        path("docs/", Docs.as_view(), name="docs"),
    ]
    for record_type in record_types.all_types():
        list_view, detail_view = (own or {}).get(record_type.name, (RecordList, RecordDetail))
        plural, given = record_type.plural, {"record_type": record_type}
        patterns += [
            path(f"{plural}/", list_view.as_view(**given), name=plural),
            path(f"{plural}/<str:key>/", detail_view.as_view(**given), name=f"{plural}-detail"),
            path(
                f"{plural}/<str:key>/versions/",
                RecordVersions.as_view(**given),
                name=f"{plural}-versions",
            ),
        ]
        if record_type.name in chains.linked_types():
            patterns.append(
                path(
                    f"{plural}/<str:key>/chain/",
                    RecordChain.as_view(**given),
                    name=f"{plural}-chain",
                )
            )
    return [*patterns, re_path(r"[\s\S]*", Nowhere.as_view(), name="nowhere")]
