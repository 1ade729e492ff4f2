"""What a document says itself, without what is derived or copied from other records."""

from typing import Any

from timeline.comparison import OWN_OF_REFERENCE

from . import BY_TYPE


def own(type_: str, document: dict[str, Any]) -> dict[str, Any]:
    """The fields that may be written, references as keys: two documents with the same own values
    make the same record."""
    fields = BY_TYPE[type_]().fields
    return {name: _own(document.get(name)) for name, field in fields.items() if not field.read_only}


def _own(value: Any) -> Any:
    if isinstance(value, list):
        return [_own(item) for item in value]
    if isinstance(value, dict):
        names = OWN_OF_REFERENCE if "key" in value else value
        return {name: _own(value[name]) for name in names if name in value}
    return value
