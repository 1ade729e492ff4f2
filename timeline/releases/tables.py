"""The tables of a release: one for each type, one for each list of rows inside its documents."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..api import structure
from ..api.shapes import Schema
from ..api.structure import Column
from ..record_types import RecordType

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer", "minimum": 1}
RECORD = Column("record", ("record",), "string", TEXT | {"description": "The record's key."})
POSITION = Column("position", ("position",), "integer", WHOLE | {"description": "Its place."})


@dataclass(frozen=True)
class Table:
    """One table; rows inside documents name the record they belong to, and their place in it."""

    name: str
    record_type: RecordType
    columns: list[Column]
    inside: str = ""  # the list in the document whose rows these are

    @property
    def key(self) -> list[str]:
        return [RECORD.name, POSITION.name] if self.inside else ["key"]

    @property
    def title(self) -> str:
        label = str(self.record_type.label_plural)
        return f"{label}: {self.inside.replace('_', ' ')}" if self.inside else label

    def rows(self, document: dict[str, Any]) -> Iterator[list[Any]]:
        """The rows that a document has in this table, as values."""
        if not self.inside:
            yield [column.value(document) for column in self.columns]
            return
        for place, item in enumerate(document[self.inside] or (), 1):
            row = item if isinstance(item, dict) else {"value": item}
            own = [column.value(row) for column in self.columns[2:]]
            yield [document["key"], place, *own]


def tables_of(record_type: RecordType) -> list[Table]:
    """The type's own table first."""
    shape = structure.shape_of(record_type)
    own = [c for c in structure.columns(shape) if c.kind != "json"]
    found = [Table(record_type.plural, record_type, own)]
    for name, item in structure.lists(shape).items():
        columns = [RECORD, POSITION, *_inner(item)]
        found.append(Table(f"{record_type.plural}_{name}", record_type, columns, name))
    return found


def _inner(item: Schema) -> Iterator[Column]:
    if structure.properties(item):
        yield from (c for c in structure.columns(item) if c.kind != "json")
    else:
        yield Column("value", ("value",), "string", item)
