"""Parts of documents that are rows on the desk: citations, links, outcomes, readings."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from .fields import AssignMixin, Line, Reference

MAX_ROWS = 500  # of one list in a document


class Node(serializers.Serializer):
    """A document or a part of one: reads a row, and writes validated values back to it."""

    def to_representation(self, instance: Any) -> dict[str, Any]:
        compact = self.context.get("compact")
        out = {}
        for name, field in self.fields.items():
            if compact and field.read_only:
                continue
            value = field.to_representation(field.get_attribute(instance))
            if not compact or value not in (None, [], {}):
                out[name] = value
        return out

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """As DRF's, but a key that no document has is a fault, not silence."""
        if isinstance(data, dict) and (unknown := [k for k in data if k not in self.fields]):
            raise serializers.ValidationError(
                {str(k)[:80]: [_("No such field here.")] for k in unknown}
            )
        return super().to_internal_value(data)

    def assign_columns(self, record: Any, values: dict[str, Any]) -> None:
        for field in self._writable_fields:
            if not isinstance(field, Rows) and field.source in values:
                field.assign(record, values[field.source])

    def assign_rows(
        self, record: Any, values: dict[str, Any], only: set[str] | None = None
    ) -> None:
        for field in self._writable_fields:
            named = only is None or field.field_name in only
            if isinstance(field, Rows) and field.source in values and named:
                field.replace(record, values[field.source])


class Rows(AssignMixin, serializers.ListField):
    """A list of parts, each a row of `relation` on the record, in order.

    `fixed` are columns that every row of the list has (the role of a participation).
    """

    def __init__(self, part: "Part", relation: str, **kwargs: Any) -> None:
        self.relation = relation
        self.fixed = kwargs.pop("fixed", {})
        super().__init__(
            child=part, **{"default": list, "required": False, "max_length": MAX_ROWS} | kwargs
        )

    def to_internal_value(self, data: Any) -> list[Any]:
        values = super().to_internal_value(data)
        seen = []
        for index, value in enumerate(values):
            if (identity := self.child.identity(value)) is not None and identity in seen:
                raise serializers.ValidationError({index: [_("It stands in this list already.")]})
            seen.append(identity)
        return values

    def rows(self, record: Any) -> list[Any]:
        if record.pk is None:
            return []
        return [
            row
            for row in getattr(record, self.relation).all()
            if all(getattr(row, name) == value for name, value in self.fixed.items())
        ]

    def to_representation(self, record: Any) -> list[Any]:
        return [self.child.to_representation(row) for row in self.rows(record)]

    def replace(self, record: Any, values: list[Any]) -> None:
        """Make the record's rows these, in this order."""
        for row in self.rows(record):
            row.delete()
        manager = getattr(record, self.relation)
        for position, value in enumerate(values):
            row = manager.model(**{manager.field.name: record}, **self.fixed)
            if hasattr(row, "position"):
                row.position = position
            self.child.write(row, value)
        getattr(record, "_prefetched_objects_cache", {}).pop(self.relation, None)


class Part(Node):
    """A part that is an object in the document; `unique` fields tell it from its neighbours."""

    unique: ClassVar[tuple[str, ...]] = ()

    def identity(self, value: dict[str, Any]) -> tuple | None:
        return tuple(value.get(name) or "" for name in self.unique) or None

    def write(self, row: Any, values: dict[str, Any]) -> None:
        self.assign_columns(row, values)
        row.save()
        self.assign_rows(row, values)


class KeyPart(AssignMixin, serializers.Field):
    """A part that only points at another record: a bearing, a participation, a signature."""

    def __init__(self, to: Reference, **kwargs: Any) -> None:
        self.to = to
        super().__init__(**kwargs)

    def bind(self, field_name: str, parent: Any) -> None:
        super().bind(field_name, parent)
        self.to.bind(self.to.type, self)

    def to_representation(self, row: Any) -> Any:
        return self.to.to_representation(row)

    def to_internal_value(self, data: Any) -> str:
        return self.to.run_validation(data)

    def identity(self, key: str) -> str:
        return key

    def write(self, row: Any, key: str) -> None:
        self.to.assign(row, key)
        row.save()


class PlainKey(Reference):
    """A reference that is only the key, in the document too."""

    def represent(self, target: Any) -> Any:
        return target and target.key


def disputes(relation: str = "bearings") -> Rows:
    """The disputes it bears on, as keys; the first is the main one."""
    return Rows(KeyPart(PlainKey("dispute", required=True)), relation)


class CitationPart(Part):
    """One citation. In content files a bare key, where there is no more to say."""

    unique = ("source", "locator", "claim")
    EMBEDDED: ClassVar[tuple[str, ...]] = (
        "title",
        "publisher",
        "published",
        "language",
        "kind",
        "url",
        "archive_url",
    )

    def to_representation(self, row: Any) -> Any:
        own = {"locator": row.locator or None, "claim": row.claim or None, "note": row.note or None}
        if row.quotation:  # documents from before there were quotations stay as they are
            own["quotation"] = row.quotation
        if self.context.get("compact"):
            said = {name: value for name, value in own.items() if value}
            return {"key": row.source.key, **said} if said else row.source.key
        source = {name: getattr(row.source, name) or None for name in self.EMBEDDED}
        return {"key": row.source.key, **source, **own}

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        data = {"key": data} if isinstance(data, str) else data
        if isinstance(data, dict):  # what is embedded for readers is not written back
            data = {name: value for name, value in data.items() if name not in self.EMBEDDED}
        return super().to_internal_value(data)

    def get_fields(self) -> dict[str, Any]:
        return {
            "key": Reference("source", source="source", required=True),
            "locator": Line(max_length=200),
            "claim": Line(max_length=300),
            "note": Line(),
            "quotation": Line(),
        }


def sources() -> Rows:
    return Rows(CitationPart(), "citations")
