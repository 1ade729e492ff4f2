"""Everything that was published and withdrawn, in the order of recording: what a copy follows."""

from typing import Any

from .. import record_types
from ..cursors import page, stream
from ..declarations import instant_parameter, number_parameter
from ..entries import EntryQuerySet
from ..models import Entry
from ..queries import Query
from . import history, shapes, structure
from .base import ApiView
from .formats import is_download
from .meta import of_entry
from .rendering import JSON, stored
from .tables import Csv, JsonLines

PAGED = ("page_size", "cursor", "count")  # what a download has no use for
SINCE = number_parameter(
    "since",
    0,
    2**53,
    None,
    "What was recorded after this number: the `meta.version` of any answer, or the last `id` read.",
)
START = instant_parameter(
    "from", "What was recorded after this instant: the difference of the whole record, with `to`."
)
END = instant_parameter("to", "What was recorded by this instant; a bare day is its end, UTC.")


class Changes(ApiView):
    """Publications and withdrawals (`document` null, with the reason), the oldest first.

    To keep a copy: apply all of them, remember `meta.version`, and ask again with `since`.
    """

    operation = "changes_list"
    summary = "All publications and withdrawals, in the order of recording"
    own = (SINCE, START, END)
    only = "type type__in updated_since as_of page_size cursor count".split()
    usual_ordering = "recorded_at"
    renderer_classes = (JSON, Csv, JsonLines)

    @property
    def types(self):
        return record_types.all_types()

    def get(self, request):
        query = self.query(request)
        history.refuse_empty(query.extra)
        entries = self._entries(query)
        if is_download(self):
            return self._download(query, entries)
        found = page(entries, query.ordering, query.cursor, query.page_size)
        data = {
            **({"count": entries.count()} if query.count else {}),
            **self.neighbours(query, found),
            "results": [change(entry) for entry in found.entries],
            "meta": self.meta(query, "Changes"),
        }
        return self.answer(query, data, next=data["next"], prev=data["previous"])

    def known(self):
        found = super().known()
        return (
            found if not is_download(self) else {n: p for n, p in found.items() if n not in PAGED}
        )

    def _entries(self, query: Query) -> EntryQuerySet:
        entries = Entry.objects.recorded_by(query.as_of) if query.as_of else Entry.objects.all()
        entries = entries.recorded_after(query.extra.get("since", 0))
        if start := query.extra.get("from"):
            entries = entries.recorded_later_than(start)
        if end := query.extra.get("to"):
            entries = entries.recorded_by(end)
        if query.updated_since:
            entries = entries.recorded_since(query.updated_since)
        return entries.of_type(*query.chosen_types) if query.chosen_types else entries

    def _download(self, query: Query, entries: EntryQuerySet) -> Any:
        rows = ((entry, change(entry)) for entry in stream(entries, query.ordering))
        columns = list(structure.columns(shapes.record(self._item())))
        return self.download(query, "Changes", "changes", columns, rows)

    def _item(self) -> shapes.Schema:
        return {
            "id": {"type": "integer", "description": "Counts up; give the last one as `since`."},
            **shapes.REFERENCE["properties"],
            **shapes.VERSION["properties"],
            "withdrawn": {"type": "boolean"},
        }

    def shape(self, schema):
        documents = [schema.document(t) for t in self.types]
        document = {"anyOf": [*documents, {"type": "null"}]}
        item = shapes.record(self._item() | {"document": document})
        return shapes.listing(item, schema.component("Meta", shapes.META))


def change(entry: Entry) -> dict[str, Any]:
    """One publication or withdrawal, with the whole document as it was published."""
    return {
        "id": entry.pk,
        "type": entry.type,
        "key": entry.key,
        **of_entry(entry),
        "withdrawn": entry.withdrawn,
        "document": None if entry.withdrawn else stored(entry),
    }
