"""The invented record copied from a filled SQLite database into an empty one of PostgreSQL.

To make it takes as long as all the rest of filling: so it is made once for both engines.
"""

import csv
import io
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from django.db import connection, models, transaction

from timeline.models import Entry, MonthCount, Term

from .bare import bare_tables

BATCH = 2000  # rows


@transaction.atomic
def copy(path: Path) -> None:
    """Copy all tables of the record. OSError where the file is not there."""
    if not path.exists():
        raise FileNotFoundError(path)
    source = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    with bare_tables(), connection.cursor() as cursor:
        for model in (Entry, MonthCount, Term):
            table, fields = model._meta.db_table, model._meta.concrete_fields
            columns = ", ".join(f.column for f in fields)
            texts = [f for f in fields if isinstance(f, models.CharField | models.TextField)]
            filled = ", ".join(f.column for f in texts if not f.null)  # "" is not NULL there
            form = f"FORMAT csv, FORCE_NOT_NULL ({filled})"
            rows = source.execute(f"SELECT {columns} FROM {table} ORDER BY id")  # noqa: S608
            cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN WITH ({form})", _Lines(rows))
            newest = f"(SELECT max(id) FROM {table})"  # noqa: S608
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {newest})")
    source.close()


class _Lines(io.RawIOBase):
    """Rows as a file of CSV, which psycopg reads piece by piece."""

    def __init__(self, rows: sqlite3.Cursor) -> None:
        self.pieces, self.rest = _pieces(rows), b""

    def read(self, size: int = -1) -> bytes:
        if not self.rest:
            self.rest = next(self.pieces, b"")
        given, self.rest = self.rest[:size], self.rest[size:]
        return given


def _pieces(rows: sqlite3.Cursor) -> Iterator[bytes]:
    while some := rows.fetchmany(BATCH):
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(some)
        yield text.getvalue().encode()
