"""Readings as CSV, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from timeline import edtf
from timeline.api.tables import cell
from timeline.models import Entry

COLUMNS = (
    "survey",
    "country",
    "date",
    "date_earliest",
    "date_latest",
    "value",
    "unit",
    "sample",
    "note",
    "sources",
)


def of_surveys(entries: Iterable[Entry]) -> str:
    """All readings of some surveys, one a line."""
    written = StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow(COLUMNS)
    for entry in entries:
        lines.writerows(_rows(entry))
    return written.getvalue()


def _rows(entry: Entry) -> Iterator[list]:
    doc = entry.data
    for reading in doc["readings"]:
        earliest, latest = edtf.bounds(reading["date"])
        yield [
            entry.key,
            doc["country"],
            reading["date"],
            earliest,
            latest,
            reading["value"],
            doc["unit"],
            reading["sample"],
            cell((reading["note"] or {}).get("en")),
            cell(" ".join(source["url"] or "" for source in reading["sources"])),
        ]
