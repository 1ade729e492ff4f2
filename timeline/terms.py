"""The inverted index: which filters find a document, and with which values."""

from datetime import date
from typing import Any

from . import record_types
from .documents import values_at
from .edtf import bounds

EMBEDS = "embeds"  # under this name: which other records' values stand in the document
MAX_VALUE = 200  # characters of a term's value


def terms_of(document: dict[str, Any]) -> set[tuple[str, str]]:
    """The (name, value) pairs under which the document is found."""
    record_type = record_types.get(document["type"])
    found = {
        (name, str(value)[:MAX_VALUE])
        for name, paths in record_type.terms.items()
        for path in paths
        for value in values_at(document, path)
    }
    embedded = {
        (EMBEDS, f"{type_}:{key}")
        for type_, path in record_type.embeds
        for key in values_at(document, path)
    }
    return found | embedded


def starts_and_ends(document: dict[str, Any]) -> tuple[date | None, date | None]:
    """Bounds of the document's date; None is an open end, and an open start is put at the end."""
    if not document.get("date"):
        return None, None
    earliest, latest = bounds(document["date"])
    return earliest or latest, latest


def series_of(document: dict[str, Any]) -> str | None:
    """What the document is a state of (a status: its dispute), or None."""
    path = record_types.get(document["type"]).series
    return next(values_at(document, path), None) if path else None
