"""A release's tables in one SQLite file, which has the same bytes whenever it is built again."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from ..api.structure import SEPARATOR
from .tables import Table

TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
WRITER = 3_040_001  # stands in the header instead of the version of the library that wrote it
AT = {24: 1, 92: 1, 96: WRITER}  # offsets in the header: change counter, valid for, writer


class Database:
    """An SQLite file that is written once, then packed. Not made under a transaction of ours."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("page_size=4096", "encoding='UTF-8'", "journal_mode=OFF", "synchronous=OFF"):
            self.connection.execute(f"PRAGMA {pragma}")

    def __enter__(self) -> Self:
        self.connection.execute("BEGIN")
        return self

    def __exit__(self, *_failure: object) -> None:
        self.connection.execute("COMMIT")
        self.connection.execute("VACUUM")
        self.connection.close()
        self._even_header()

    def create(self, table: Table) -> None:
        columns = [f"{quoted(c.name)} {TYPES.get(c.kind, 'TEXT')}" for c in table.columns]
        key = ", ".join(quoted(name) for name in table.key)
        rules = [f"PRIMARY KEY ({key})"]
        if table.inside:
            parent = quoted(table.record_type.plural)
            rules.append(f"FOREIGN KEY ({quoted(table.key[0])}) REFERENCES {parent} (key)")
        body = ", ".join([*columns, *rules])
        self.connection.execute(f"CREATE TABLE {quoted(table.name)} ({body})")

    def insert(self, table: Table, row: Sequence[Any]) -> None:
        marks = ", ".join("?" * len(row))
        values = [_stored(value) for value in row]
        statement = f"INSERT INTO {quoted(table.name)} VALUES ({marks})"  # noqa: S608 (our names)
        self.connection.execute(statement, values)

    def _even_header(self) -> None:
        """What depends on the library and not on the content is made the same everywhere."""
        with self.path.open("r+b") as file:
            for offset, number in AT.items():
                file.seek(offset)
                file.write(number.to_bytes(4, "big"))


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _stored(value: Any) -> Any:
    return SEPARATOR.join(value) if isinstance(value, list) else value
