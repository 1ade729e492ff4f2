"""Writes the files of a release, document by document, in the order of their keys."""

import csv
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from .. import record_types
from ..api.tables import cell
from ..models import Entry
from ..record_types import RecordType
from .database import Database
from .tables import Table, tables_of

DATABASE = "tracker.sqlite"
Progress = Callable[[str], Any]


@dataclass
class Written:
    """What was written so far: tables with their numbers of rows, documents with theirs."""

    folder: Path
    rows: dict[str, int] = field(default_factory=dict)  # file → rows
    tables: dict[str, Table] = field(default_factory=dict)  # file → table


def write_documents(folder: Path, as_of: datetime, progress: Progress) -> Written:
    """CSV, JSON Lines and one SQLite file of all that the record said at that instant."""
    written = Written(folder)
    for name in ("csv", "jsonl"):
        (folder / name).mkdir(parents=True)
    with Database(folder / DATABASE) as database:
        for record_type in record_types.all_types():
            _write_type(record_type, written, database, as_of)
            progress(record_type.plural)
    return written


def documents(record_type: RecordType, as_of: datetime) -> Iterator[Entry]:
    """The type's entries at that instant, in the same order on every database."""
    entries = Entry.objects.as_of(as_of).of_type(record_type.name)
    return entries.defer("search_text").in_byte_order().iterator(500)


def _write_type(
    record_type: RecordType, written: Written, database: Database, as_of: datetime
) -> None:
    sheets = [_Sheet(table, written, database) for table in tables_of(record_type)]
    name = f"jsonl/{record_type.plural}.jsonl"
    written.rows[name] = 0
    with (written.folder / name).open("w", encoding="utf-8", newline="") as lines:
        for entry in documents(record_type, as_of):
            written.rows[name] += 1
            lines.write(entry.document + "\n")
            for sheet in sheets:
                sheet.add(entry.data)
    for sheet in sheets:
        sheet.close()


class _Sheet:
    """One table as a CSV file and in the database."""

    def __init__(self, table: Table, written: Written, database: Database) -> None:
        self.table, self.written, self.database = table, written, database
        self.name, self.count = f"csv/{table.name}.csv", 0
        path = written.folder / self.name
        self.file: TextIO = path.open("w", encoding="utf-8", newline="")
        self.csv = csv.writer(self.file, lineterminator="\n")
        self.csv.writerow([column.name for column in table.columns])
        database.create(table)

    def add(self, document: dict[str, Any]) -> None:
        for row in self.table.rows(document):
            self.csv.writerow([cell(value) for value in row])
            self.database.insert(self.table, row)
            self.count += 1

    def close(self) -> None:
        self.file.close()
        self.written.rows[self.name] = self.count
        self.written.tables[self.name] = self.table


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
