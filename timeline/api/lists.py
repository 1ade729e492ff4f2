"""Lists of the record's types, page by page or whole."""

from dataclasses import replace
from itertools import islice
from typing import Any

from django.utils.functional import cached_property

from .. import record_types
from ..queries import PAGE_SIZE, Query
from . import facets, formats, shapes
from .records import RecordView
from .rendering import JSON
from .schema import RecordSchema
from .tables import Csv, JsonLines


class RecordList(RecordView):
    """The documents of one type."""

    only = None
    again = True
    renderer_classes = (JSON, Csv, JsonLines)

    @property
    def operation(self) -> str:
        return f"{self.record_type.plural}_list"

    @property
    def summary(self) -> str:
        return f"{self.record_type.label_plural}, page by page"

    @cached_property
    def title(self) -> str:
        return str(self.record_type.label_plural)

    @property
    def name(self) -> str:
        return self.record_type.plural

    def parameters(self):
        found = super().parameters()
        return found if formats.is_download(self) else found + facets.parameter(self.types)

    def known(self):
        found = super().known()
        if formats.is_download(self):
            del found["count"]
        return found

    def get(self, request):
        query = self.on_that_day(self.query(request))
        if formats.is_download(self):
            return self._all(query)
        selection = self.selection(query)
        found = selection.page()
        data = {
            **({"count": selection.total()} if query.count else {}),
            **self.neighbours(query, found),
            "results": list(self.written(found.entries, query)),
            **self.included(found.entries, query),
            **self._facets(query),
            "meta": self.meta(query, self.title),
        }
        return self.answer(query, data, next=data["next"], prev=data["previous"])

    def _all(self, query: Query) -> Any:
        """All results; or a page of them, when its size or its cursor is given."""
        selection = self.selection(query)
        if {"page_size", "cursor"} & set(self.request.query_params):
            found = selection.page()
            answer = self.documents(query, found.entries, self.title, self.name)
            beside = self.neighbours(query, found)
            links = {"next": beside["next"], "prev": beside["previous"]}
            answer["Link"] = self.headers_for(query, links)["Link"]
            return answer
        form = self.request.accepted_renderer
        if form.ordering and "ordering" not in self.request.query_params:
            selection = replace(selection, ordering=form.ordering)
        entries = islice(selection.stream(), form.most)
        return self.documents(query, entries, self.title, self.name)

    def _facets(self, query: Query) -> dict[str, Any]:
        if "facet" not in query.extra:
            return {}
        return {"facets": facets.facets(query, self.selection, self.address)}

    @cached_property
    def other_forms(self):
        if self.ending:
            return []
        query = self.on_that_day(self.query(self.request))
        plain = {n: v for n, v in query.extra.items() if n in ("fields", "omit")}
        rest = replace(query, extra=plain, cursor=None, count=False, page_size=PAGE_SIZE)
        after = f"?{text}" if (text := rest.canonical()) else ""
        path, used = self.here.rstrip("/"), self.request.accepted_renderer.format
        return [
            f'<{path}.{form.format}{after}>; rel="alternate"; type="{form.media_type}"'
            for form in self.renderer_classes
            if form.format != used
        ]

    def shape(self, schema):
        document = schema.document(self.record_type)
        item = shapes.extended(document, self.added_shape(schema))
        return self.listing(item, schema)

    def listing(self, item: shapes.Schema, schema: RecordSchema) -> shapes.Schema:
        found = shapes.listing(self.part_or(item, schema), schema.component("Meta", shapes.META))
        found["properties"] |= {
            "included": schema.component("Included", shapes.INCLUDED),
            "facets": schema.component("Facets", shapes.FACETS),
        }
        return found


class Timeline(RecordList):
    """The documents of all types that stand on the timeline, in one order."""

    operation = "timeline_list"
    summary = "All that is dated, merged"
    title = "Timeline"
    name = "timeline"

    @property
    def types(self):
        return record_types.timeline_types()

    def shape(self, schema):
        items = {"oneOf": [schema.document(record_type) for record_type in self.types]}
        return self.listing(items, schema)
