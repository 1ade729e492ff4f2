"""SQLite: its online backup, which copies one state while others write."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from . import manifest

ENDING = "sqlite3"
_TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' "
    "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'timeline\\_search%' ESCAPE '\\'"
)


def copy(connection: BaseDatabaseWrapper, file: Path) -> dict[str, Any]:
    """Copy the database into the file; gives what the copy holds."""
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as target:
        connection.connection.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, without a -wal beside it
        return _contents(target.cursor())


def fault(file: Path) -> str:
    """What SQLite finds wrong with the file; "" for nothing."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)) as opened:
        try:
            found = [row[0] for row in opened.execute("PRAGMA integrity_check(1)")]
            rows = opened.execute("PRAGMA foreign_key_check").fetchmany(1)
        except sqlite3.DatabaseError as error:
            return str(error)
    return "" if found == ["ok"] and not rows else f"{found} {rows}"


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*) FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        )
        return cursor.fetchone()[0] == 0


def put_back(connection: BaseDatabaseWrapper, file: Path) -> None:
    """Write a copy beside the database's file and put it in its place in one step."""
    place = Path(connection.settings_dict["NAME"])
    connection.close()
    part = place.with_name(place.name + ".restoring")
    part.unlink(missing_ok=True)
    with (
        closing(sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)) as source,
        closing(sqlite3.connect(part)) as target,
    ):
        source.backup(target)
    with part.open("rb") as opened:
        os.fsync(opened.fileno())
    for ending in ("-wal", "-shm"):  # of the empty database: not of what comes into its place
        place.with_name(place.name + ending).unlink(missing_ok=True)
    part.replace(place)


def contents(connection: BaseDatabaseWrapper) -> dict[str, Any]:
    with connection.cursor() as cursor:
        return _contents(cursor)


def _contents(cursor: Any) -> dict[str, Any]:
    cursor.execute(_TABLES)
    return manifest.contents(cursor, [name for (name,) in cursor.fetchall()])
