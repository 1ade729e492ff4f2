"""One document by its key, and every version of it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from .. import compiled
from ..cursors import page
from ..instants import spell
from ..models import Entry
from ..queries import Query
from . import formats, projection, shapes
from .meta import of_entry
from .problems import Gone, Missing
from .records import RecordView, whole
from .rendering import JSON, stored
from .tables import Csv, JsonLines


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
        entry = compiled.in_force(self.record_type.name, key, as_of)
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
