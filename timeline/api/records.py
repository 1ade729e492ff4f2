"""What lists and details of the record's types share: stored documents, never serialised again."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from ..documents import loads
from ..models import Entry
from ..queries import Query
from . import formats, inclusion, projection, shapes, structure
from .base import ApiView
from .formats import Document
from .rendering import dumps, stored
from .schema import RecordSchema
from .structure import Column

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
            if more:
                yield from (stored(entry, **more.get(entry.key, {})) for entry in entries)
            else:
                yield from map(stored, entries)
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
