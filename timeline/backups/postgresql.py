"""PostgreSQL: pg_dump and pg_restore in the custom format, at one exported snapshot."""

import os
import subprocess
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from . import manifest

ENDING = "pgdump"
_VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
}
_TABLES = (
    "SELECT tablename FROM pg_tables "
    "WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"
)


def copy(connection: BaseDatabaseWrapper, file: Path) -> dict[str, Any]:
    """Dump the database into the file; gives what the dump holds: both read one snapshot."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
        _run(["pg_dump", *options, f"--file={file}"], connection)
        return _contents(cursor)


def fault(file: Path) -> str:
    """Why pg_restore cannot read the file to its end; "" for nothing."""
    try:
        _run(["pg_restore", "--file=/dev/null", str(file)])
    except OSError as error:
        return str(error)
    return ""


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        return cursor.fetchone() is None


def put_back(connection: BaseDatabaseWrapper, file: Path) -> None:
    """Restore in one transaction: all of it, or nothing."""
    options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
    name = connection.get_connection_params()["dbname"]
    connection.close()
    _run(["pg_restore", *options, f"--dbname={name}", str(file)], connection)


def contents(connection: BaseDatabaseWrapper) -> dict[str, Any]:
    with connection.cursor() as cursor:
        return _contents(cursor)


def _contents(cursor: Any) -> dict[str, Any]:
    cursor.execute(_TABLES)
    return manifest.contents(cursor, [name for (name,) in cursor.fetchall()])


def _run(command: list[str], connection: BaseDatabaseWrapper | None = None) -> None:
    """Run PostgreSQL's own program; the password goes by the environment, which `ps` hides.

    OSError with what the program said when it fails or is not installed.
    """
    given = connection.get_connection_params() if connection else {}
    variables = {v: str(given[k]) for k, v in _VARIABLES.items() if given.get(k)}
    done = subprocess.run(  # noqa: S603 (a fixed program, options of our own)
        command, env=os.environ | variables, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise OSError(f"{command[0]}: {done.stderr.strip()}")
