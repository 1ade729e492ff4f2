"""Tables as CSV, and documents as JSON Lines."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from ..queries import Query
from . import projection
from .formats import Document, Download, Listing
from .rendering import dumps
from .structure import SEPARATOR, Column

# What a spreadsheet takes for the beginning of a formula, in full width too.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


class Csv(Download):
    """RFC 4180 in UTF-8, with the names of the columns first."""

    media_type = "text/csv"
    format = "csv"
    attached = True

    def write(self, listing: Listing) -> Iterator[str]:
        writer = csv.writer(_Echo())
        yield writer.writerow([column.name for column in listing.columns])
        for _entry, document in listing.rows:
            yield writer.writerow(cells(document, listing.columns))


class JsonLines(Download):
    """One document on each line."""

    media_type = "application/jsonl"
    format = "jsonl"
    charset = None  # JSON is UTF-8

    def write(self, listing: Listing) -> Iterator[bytes]:
        for _entry, document in listing.rows:
            yield line(document, listing.query)


class _Echo:
    """A file whose lines are given back."""

    def write(self, text: str) -> str:
        return text


def line(document: Document, query: Query) -> bytes:
    return dumps(projection.project(document, query)) + b"\n"


def cells(document: Document, columns: Iterable[Column]) -> list[Any]:
    return [cell(column.value(document)) for column in columns]


def cell(value: Any) -> Any:
    """A value as it stands in a cell; what a spreadsheet would run gets an apostrophe first."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        plain = all(isinstance(item, str) for item in value)
        value = SEPARATOR.join(value) if plain else dumps(value).decode()
    elif isinstance(value, dict):
        value = dumps(value).decode()
    elif isinstance(value, datetime):
        value = dumps(value).decode().strip('"')  # as in JSON
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
