"""What documents are made of, read off their serializers: paths into them, columns of tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from drf_spectacular.plumbing import ComponentRegistry

from .. import record_types
from ..record_types import RecordType
from .schema import RecordSchema
from .shapes import Schema

SEPARATOR = "|"  # between several values in one cell
MAX_DEPTH = 6


@dataclass(frozen=True)
class Column:
    """One column of a table: where its value stands in the document, and what it is.

    `kind`: string, integer, number, boolean, date; list (of codes or keys, in one cell) or json.
    `optional`: documents may lack the key.
    """

    name: str
    path: tuple[str, ...]
    kind: str
    shape: Schema
    optional: bool = False

    @property
    def description(self) -> str:
        return self.shape.get("description", "")

    def value(self, document: dict[str, Any]) -> Any:
        """The cell's value, before it is written; None where there is none."""
        found: Any = document
        for name in self.path:
            found = found.get(name) if isinstance(found, dict) else None
        if self.kind != "list" or found is None:
            return found
        return [item["key"] if isinstance(item, dict) else item for item in found]


class _Described(RecordSchema):
    """The description's machinery without an address."""

    def __init__(self) -> None:
        self.registry = ComponentRegistry()
        self.view = self.path = None


def shape_of(record_type: RecordType) -> Schema:
    """The whole shape of a type's documents, without references."""
    return _shapes(record_type.name)


@cache
def _shapes(name: str) -> Schema:
    schema = _Described()
    return inlined(schema.document(record_types.get(name)), schema)


def described(shape: Any) -> Schema:
    """What `shape(schema)` gives, without references."""
    schema = _Described()
    return inlined(shape(schema), schema)


def inlined(node: Any, schema: RecordSchema) -> Any:
    if isinstance(node, list):
        return [inlined(part, schema) for part in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        component = schema.registry[name, "schemas"]
        return inlined(component.schema, schema)
    return {name: inlined(part, schema) for name, part in node.items()}


def paths(shape: Schema, depth: int = MAX_DEPTH) -> Iterator[str]:
    """Every path into documents of this shape, such as `title.en` or `links.sources.key`."""
    for name, part in properties(shape).items():
        yield name
        if depth > 1:
            yield from (f"{name}.{rest}" for rest in paths(_item(part), depth - 1))


def columns(shape: Schema, inside: tuple[str, ...] = ()) -> Iterator[Column]:
    """A table's columns for documents of this shape; rows within a document stand in one cell."""
    optional = _optional(shape)
    for name, part in properties(shape).items():
        path, bare = (*inside, name), _bare(part)
        if properties(bare):
            yield from columns(bare, path)
        elif kind := _kind(bare):
            yield Column("_".join(path), path, kind, part, name in optional)


def properties(shape: Schema) -> dict[str, Schema]:
    """The keys of an object, null or not."""
    found: dict[str, Schema] = {}
    for part in _parts(shape):
        found |= part.get("properties", {})
    return found


def _parts(shape: Schema) -> tuple[Schema, ...]:
    return (_bare(shape), *_bare(shape).get("allOf", ()))


def _optional(shape: Schema) -> set[str]:
    """The keys that an object of this shape may lack."""
    found = set()
    for part in _parts(shape):
        names = set(part.get("properties", ()))
        found |= names - set(part.get("required", names))
    return found


def lists(shape: Schema) -> dict[str, Schema]:
    """The lists in a document that may hold something, with the shape of what they hold."""
    found = {name: _bare(part) for name, part in properties(shape).items()}
    return {
        name: bare["items"]
        for name, bare in found.items()
        if bare.get("type") == "array" and "items" in bare and bare.get("maxItems") != 0
    }


def is_required(shape: Schema) -> bool:
    """Whether a value of this shape is never null."""
    types = shape.get("type")
    nullable = "anyOf" in shape or (isinstance(types, list) and "null" in types)
    return not nullable


def _item(shape: Schema) -> Schema:
    bare = _bare(shape)
    return bare.get("items", {}) if bare.get("type") == "array" else bare


def _bare(shape: Schema) -> Schema:
    """The shape without its null."""
    options = [part for part in shape.get("anyOf", ()) if part.get("type") != "null"]
    return options[0] if len(options) == 1 else shape


def _kind(shape: Schema) -> str:
    """What a cell holds; "" for what is never anything."""
    types = shape.get("type")
    named = [t for t in (types if isinstance(types, list) else [types]) if t != "null"]
    if not named or shape.get("maxItems") == 0:
        return ""
    if named[0] == "array":
        items = shape.get("items", {})
        keyed = "key" in properties(items) or items.get("type") == "string"
        return "list" if keyed else "json"
    if named[0] == "object":
        return "json"
    return "date" if shape.get("format") == "date" else named[0]
