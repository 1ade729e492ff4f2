"""The documents' shapes as JSON Schema, for the API's description. Every key is always there."""

from functools import singledispatch
from typing import Any

from drf_spectacular.extensions import OpenApiSerializerExtension
from rest_framework import serializers

from ..models import Quad, Side, TranslationState
from ..models.texts import LANGUAGES
from . import parts
from .agreements import IssuedAt
from .base import Computed, Nothing, Translations
from .desk import models_by_type
from .disputes import SIDES, BySide
from .fields import Choice, Day, Edtf, Flag, Line, Number, Reference, Text, Whole
from .parts import CitationPart, KeyPart, PlainKey, Rows
from .sources import OriginalTitle

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
LINE: Schema = {"type": ["string", "null"]}
DAY: Schema = {"type": "string", "format": "date"}
EMPTY_LIST: Schema = {"type": "array", "items": {"type": "string"}, "maxItems": 0}
EDTF: Schema = {"type": "string", "maxLength": 64, "description": "EDTF (ISO 8601-2)"}


def record(properties: dict[str, Schema]) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}


def or_null(schema: Schema) -> Schema:
    if isinstance(schema.get("type"), str) and "enum" not in schema:
        return schema | {"type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def texts(schema: Any) -> Schema:
    return schema.component("Text", record(dict.fromkeys(LANGUAGES, LINE)))


def codes(enumeration: Any) -> Schema:
    return {"type": "string", "enum": [code for code in enumeration.values if code]}


def shape(field: Any, schema: Any) -> Schema:
    """A field's shape; `schema` is what names the shapes of parts."""
    found = _shape(field, schema)
    return or_null(found) if getattr(field, "allow_null", False) else found


@singledispatch
def _shape(field: Any, schema: Any) -> Schema:
    raise TypeError(f"{type(field).__name__} has no shape.")


@_shape.register
def _(field: serializers.Serializer, schema: Any) -> Schema:
    return schema.resolve_serializer(field, "response").ref


@_shape.register
def _(field: Line, schema: Any) -> Schema:
    return TEXT | ({"maxLength": field.max_length} if field.max_length else {})


@_shape.register
def _(field: Edtf, schema: Any) -> Schema:
    return EDTF


@_shape.register
def _(field: Day, schema: Any) -> Schema:
    return DAY


@_shape.register
def _(field: Choice, schema: Any) -> Schema:
    return {"type": "string", "enum": [code for code in field.choices if code]}


@_shape.register
def _(field: Number, schema: Any) -> Schema:
    return {"type": "number"}


@_shape.register
def _(field: Whole, schema: Any) -> Schema:
    return {"type": "integer"}


@_shape.register
def _(field: Flag, schema: Any) -> Schema:
    return {"type": "boolean"}


@_shape.register
def _(field: Text, schema: Any) -> Schema:
    return texts(schema)


@_shape.register
def _(field: OriginalTitle, schema: Any) -> Schema:
    """Beside the three languages that of the source may stand."""
    return record(dict.fromkeys(LANGUAGES, LINE)) | {"additionalProperties": TEXT}


@_shape.register
def _(field: Translations, schema: Any) -> Schema:
    states = codes(TranslationState)
    return schema.component("Translations", record(dict.fromkeys(LANGUAGES, states)))


@_shape.register
def _(field: Nothing, schema: Any) -> Schema:
    return {"type": "null"} if field.empty is None else EMPTY_LIST


@_shape.register
def _(field: Reference, schema: Any) -> Schema:
    model = models_by_type()[field.type]
    return record({"key": TEXT} | {name: _embedded(model, name, schema) for name in field.embeds})


def _embedded(model: Any, name: str, schema: Any) -> Schema:
    """A value of a record as it stands in the documents that refer to it."""
    return texts(schema) if name in ("title", "name") and model.headline else LINE


@_shape.register
def _(field: PlainKey, schema: Any) -> Schema:
    return TEXT


@_shape.register
def _(field: KeyPart, schema: Any) -> Schema:
    return shape(field.to, schema)


@_shape.register
def _(field: Rows, schema: Any) -> Schema:
    return {"type": "array", "items": shape(field.child, schema)}


@_shape.register
def _(field: BySide, schema: Any) -> Schema:
    side = {"type": "string", "enum": [code for code, _prefix in SIDES]}
    return {"type": "array", "items": record({field.side: side, field.value: texts(schema)})}


@_shape.register
def _(field: IssuedAt, schema: Any) -> Schema:
    references = field.references().items()
    return record({name: or_null(_shape(reference, schema)) for name, reference in references})


@_shape.register
def _(field: Computed, schema: Any) -> Schema:
    if field.field_name == "type":
        return {"type": "string", "const": field.parent.model.document_type}
    if field.field_name == "sources":
        return shape(parts.sources(), schema)
    if field.field_name == "agreement":
        return record({"key": TEXT, "title": texts(schema)})
    return COMPUTED[field.field_name]


COMPUTED: dict[str, Schema] = {
    "title": record(dict.fromkeys(LANGUAGES, TEXT)),
    "date": EDTF,
    "date_earliest": or_null(DAY) | {"description": "The first day that `date` may mean."},
    "date_latest": or_null(DAY) | {"description": "The last day that `date` may mean."},
    "disputes": {"type": "array", "items": TEXT},
    "url": {"type": "string", "description": "The page, without a language's prefix."},
    "quad": or_null(codes(Quad)),
    "obligated": codes(Side),
}


QUOTATION = "What the source says, in its own language. The key is there only with a quotation."


class NodeShape(OpenApiSerializerExtension):
    """A document or a part of one."""

    target_class = parts.Node
    match_subclasses = True

    def get_name(self, auto_schema: Any, direction: Any) -> str:
        return type(self.target).__name__.removesuffix("Document").removesuffix("Part")

    def map_serializer(self, auto_schema: Any, direction: Any) -> Schema:
        fields = self.target.fields.items()
        properties = {name: shape(field, auto_schema) for name, field in fields}
        if isinstance(self.target, CitationPart):
            properties["key"] = TEXT
            embedded = dict.fromkeys(CitationPart.EMBEDDED, LINE)
            properties = {"key": TEXT} | embedded | properties
            quotation = {"quotation": TEXT | {"description": QUOTATION}}
            shape_of_one = record({n: p for n, p in properties.items() if n != "quotation"})
            return shape_of_one | {"properties": properties | quotation}
        return record(properties)
