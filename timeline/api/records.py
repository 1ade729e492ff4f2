"""Lists, details and versions of the record's types: stored documents, never serialised again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from .. import record_types
from ..cursors import page
from ..documents import loads
from ..instants import spell
from ..models import Entry
from ..queries import PAGE_SIZE, Query
from . import facets, formats, inclusion, projection, shapes, structure
from .base import ApiView
from .formats import Document
from .meta import of_entry
from .problems import Gone, Missing
from .rendering import JSON, dumps, stored
from .schema import RecordSchema
from .structure import Column
from .tables import Csv, JsonLines

BATCH = 500  # documents at a time in a download


class RecordView(ApiView):
    """A subclass may add to documents what is not theirs but holds on the day asked for."""

    def on_that_day(self, query: Query) -> Query:
        """The query with the day that it means."""
        return query

    def selection(self, query: Query) -> Query:
        """Which entries a list of that day holds."""
        return query

    def additions(self, entries: list[Entry], query: Query) -> Mapping[str, dict[str, Any]]:
        """What is added to the documents, by key: asked for all of them at once."""
        return {}

    def added_shape(self, schema: RecordSchema) -> shapes.Schema:
        """The shapes of what is added."""
        return {}

    def parameters(self):
        form = self.request.accepted_renderer if formats.is_download(self) else None
        if form and not form.parts:
            return list(form.takes)
        added = {"properties": structure.described(self.added_shape)}
        added = tuple(structure.paths(added))
        found = list(projection.parameters(projection.names_of(self.types), added))
        return found if form else found + inclusion.parameter(self.types)

    def written(self, entries: list[Entry], query: Query) -> Iterator[Any]:
        """The documents as an answer sends them: as they are stored, or the parts asked for."""
        more = self.additions(entries, query)
        if not projection.asked(query):
            yield from (stored(entry, **more.get(entry.key, {})) for entry in entries)
            return
        for entry in entries:
            yield projection.project(whole(entry, more), query)

    def included(self, entries: list[Entry], query: Query) -> dict[str, Any]:
        if "include" not in query.extra:
            return {}
        return {"included": inclusion.included(entries, query, self.types)}

    def part_or(self, whole_shape: shapes.Schema, schema: RecordSchema) -> shapes.Schema:
        """The shape of a document, or of what `fields` and `omit` leave of it."""
        return {"anyOf": [whole_shape, schema.component("Part", shapes.PART)]}

    def documents(self, query: Query, entries: Iterable[Entry], title: Any, name: str) -> Any:
        """The entries in the form that was negotiated."""
        columns = projection.chosen(self.columns(), query)
        return self.download(query, title, name, columns, self._rows(entries, query))

    def columns(self) -> list[Column]:
        """The columns of all types here, those that they share first."""
        found: dict[str, Column] = {}
        added = {"properties": structure.described(self.added_shape)}
        for shape in (*map(structure.shape_of, self.types), added):
            found = {c.name: c for c in structure.columns(shape)} | found
        shared = [structure.shape_of(t) for t in self.types]
        order = list(dict.fromkeys(c.name for s in (*shared, added) for c in structure.columns(s)))
        return [found[name] for name in order]

    def _rows(self, entries: Iterable[Entry], query: Query) -> Iterator[tuple[Entry, Document]]:
        for batch in batches(entries):
            more = self.additions(batch, query)
            yield from ((entry, whole(entry, more)) for entry in batch)


def batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    rest = iter(entries)
    while batch := list(islice(rest, BATCH)):
        yield batch


def whole(entry: Entry, more: Mapping[str, dict[str, Any]]) -> Document:
    """A document with what is added to it, as Python values."""
    added = more.get(entry.key)
    return entry.data | loads(dumps(added).decode()) if added else entry.data


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

    @property
    def title(self) -> Any:
        return self.record_type.label_plural

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

    def alternates(self, query: Query) -> Iterator[str]:
        plain = {n: v for n, v in query.extra.items() if n in ("fields", "omit")}
        rest = replace(query, extra=plain, cursor=None, count=False, page_size=PAGE_SIZE)
        if not self.ending:
            text = rest.canonical()
            path = self.request.build_absolute_uri(self.request.path).rstrip("/")
            for form in self.renderer_classes:
                if form.format != self.request.accepted_renderer.format:
                    url = f"{path}.{form.format}" + (f"?{text}" if text else "")
                    yield f'<{url}>; rel="alternate"; type="{form.media_type}"'

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


class RecordDetail(RecordView):
    """One document: its own keys, what is added for the day, and `meta`."""

    only = ("on", "as_of")
    again = True
    renderer_classes = (JSON, Csv, JsonLines)

    @property
    def operation(self) -> str:
        return f"{self.record_type.plural}_read"

    @property
    def summary(self) -> str:
        return f"{self.record_type.label}, by its key"

    def get(self, request, key: str):
        query = self.on_that_day(self.query(request))
        entry = self.entry(key, query.as_of)
        title = self.title_of(entry)
        if formats.is_download(self):
            return self.documents(query, [entry], title, entry.key)
        held = {"held": self._held(entry, query)}
        added = {
            **self.included([entry], query),
            "meta": self.meta(query, title) | {"record": of_entry(entry, query.as_of)} | held,
        }
        here = request.build_absolute_uri(f"{request.path.removesuffix('/')}/")
        links = {} if self.ending else {"timegate": here, "timemap": f"{here}timemap/?format=link"}
        return self.answer(query, self._one(entry, query, added), **links)

    def query(self, request):
        """`Accept-Datetime` before the first version asks for the first one (RFC 7089)."""
        query = super().query(request)
        if query.as_of and not request.query_params.get("as_of"):
            name, key = self.record_type.name, self.kwargs["key"]
            first = Entry.objects.versions_of(name, key).last()
            if first and query.as_of < first.recorded_at:
                return replace(query, as_of=first.recorded_at)
        return query

    def _held(self, entry: Entry, query: Query) -> bool | None:
        """Whether the list of that day holds it; None where no day was asked for."""
        if not self.request.query_params.get("on", "").strip():
            return None
        return self.selection(query).entries().filter(pk=entry.pk).exists()

    def _one(self, entry: Entry, query: Query, added: dict[str, Any]) -> Any:
        more = self.additions([entry], query)
        if projection.asked(query):
            return projection.project(whole(entry, more), query) | added
        return stored(entry, **more.get(entry.key, {}), **added)

    def title_of(self, entry: Entry) -> str:
        return (entry.data.get("title") or {}).get("en") or entry.key

    def shape(self, schema):
        meta = shapes.record(
            shapes.META["properties"]
            | {"record": schema.component("Version", shapes.VERSION), "held": shapes.HELD}
        )
        meta = {"meta": schema.component("RecordMeta", meta)}
        whole_shape = shapes.extended(
            schema.document(self.record_type), self.added_shape(schema) | meta
        )
        return self.part_or(whole_shape, schema)

    def entry(self, key: str, as_of: datetime | None) -> Entry:
        """The entry in force. Gone where that is a tombstone, Missing where there is none."""
        entry = Entry.objects.in_force(as_of).versions_of(self.record_type.name, key).first()
        if entry is None:
            raise self.missing(key)
        if entry.withdrawn:
            raise Gone(entry)
        return entry

    def missing(self, key: str) -> Missing:
        name, plural = self.record_type.name, self.record_type.plural
        first = Entry.objects.versions_of(name, key).last()
        if first:
            return Missing(
                _("This %(type)s was first published at %(instant)s.")
                % {"type": name, "instant": spell(first.recorded_at)}
            )
        return Missing(
            _("There is no %(type)s with this key. /api/v1/%(plural)s/ lists them all.")
            % {"type": name, "plural": plural}
        )


class RecordVersions(RecordDetail):
    """Every version of one document that was published, the newest first; none is ever lost."""

    only = ("as_of", "page_size", "cursor", "count")
    usual_ordering = "-recorded_at"
    renderer_classes = (JSON,)

    def parameters(self):
        return ()

    @property
    def operation(self) -> str:
        return f"{self.record_type.plural}_versions"

    @property
    def summary(self) -> str:
        return f"{self.record_type.label}: every version, byte for byte"

    def get(self, request, key: str):
        query = self.query(request)
        known = Entry.objects.recorded_by(query.as_of) if query.as_of else Entry.objects.all()
        entries = known.versions_of(self.record_type.name, key)
        found = page(entries, query.ordering, query.cursor, query.page_size)
        if not found.entries:
            raise self.missing(key)
        data = {
            **({"count": entries.count()} if query.count else {}),
            **self.neighbours(query, found),
            "results": [self.result(entry, query.as_of) for entry in found.entries],
            "meta": self.meta(query, _("Versions of %(key)s") % {"key": key}),
        }
        return self.answer(query, data, next=data["next"], prev=data["previous"])

    def shape(self, schema):
        document = {"anyOf": [schema.document(self.record_type), {"type": "null"}]}
        more = {"withdrawn": {"type": "boolean"}, "document": document}
        item = shapes.record(shapes.VERSION["properties"] | more)
        return shapes.listing(item, schema.component("Meta", shapes.META))

    def result(self, entry: Entry, as_of: datetime | None) -> dict[str, Any]:
        document = None if entry.withdrawn else stored(entry)
        return {**of_entry(entry, as_of), "withdrawn": entry.withdrawn, "document": document}
