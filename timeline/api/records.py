"""Lists, details and versions of the record's types: stored documents, never serialised again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from .. import record_types
from ..cursors import page
from ..instants import spell
from ..models import Entry
from ..queries import Query
from . import shapes
from .base import ApiView
from .meta import of_entry
from .problems import Gone, Missing
from .rendering import stored
from .schema import RecordSchema


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


class RecordList(RecordView):
    """The documents of one type."""

    only = None

    @property
    def operation(self) -> str:
        return f"{self.record_type.plural}_list"

    @property
    def summary(self) -> str:
        return f"{self.record_type.label_plural}, page by page"

    @property
    def title(self) -> Any:
        return self.record_type.label_plural

    def get(self, request):
        query = self.on_that_day(self.query(request))
        selection = self.selection(query)
        found = selection.page()
        more = self.additions(found.entries, query)
        data = {
            **({"count": selection.total()} if query.count else {}),
            **self.neighbours(query, found),
            "results": [stored(entry, **more.get(entry.key, {})) for entry in found.entries],
            "meta": self.meta(query, self.title),
        }
        return self.answer(query, data, next=data["next"], prev=data["previous"])

    def shape(self, schema):
        document = schema.document(self.record_type)
        item = shapes.extended(document, self.added_shape(schema))
        return shapes.listing(item, schema.component("Meta", shapes.META))


class Timeline(RecordList):
    """The documents of all types that stand on the timeline, in one order."""

    operation = "timeline_list"
    summary = "All that is dated, merged"
    title = "Timeline"

    @property
    def types(self):
        return record_types.timeline_types()

    def shape(self, schema):
        items = {"oneOf": [schema.document(record_type) for record_type in self.types]}
        return shapes.listing(items, schema.component("Meta", shapes.META))


class RecordDetail(RecordView):
    """One document: its own keys, what is added for the day, and `meta`."""

    only = ("as_of", "format")

    @property
    def operation(self) -> str:
        return f"{self.record_type.plural}_read"

    @property
    def summary(self) -> str:
        return f"{self.record_type.label}, by its key"

    def get(self, request, key: str):
        query = self.on_that_day(self.query(request))
        entry = self.entry(key, query.as_of)
        own = self.additions([entry], query).get(entry.key, {})
        title = (entry.data.get("title") or {}).get("en") or entry.key
        meta = self.meta(query, title) | {"record": of_entry(entry, query.as_of)}
        return self.answer(query, stored(entry, **own, meta=meta))

    def shape(self, schema):
        meta = shapes.record(
            shapes.META["properties"] | {"record": schema.component("Version", shapes.VERSION)}
        )
        more = self.added_shape(schema) | {"meta": schema.component("RecordMeta", meta)}
        return shapes.extended(schema.document(self.record_type), more)

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

    only = ("as_of", "page_size", "cursor", "count", "format")
    usual_ordering = "-recorded_at"

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
