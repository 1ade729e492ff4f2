"""The record's tables without indexes, constraints and triggers, while very much is written."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

TABLES = ("timeline_entry", "timeline_term")
_POSTGRESQL = (  # what takes a thing away, and what makes it again
    "SELECT format('DROP TRIGGER %%I ON %%s', tgname, tgrelid::regclass), pg_get_triggerdef(oid) "
    "FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = %s::regclass",
    "SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname), "
    "format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, "
    "pg_get_constraintdef(oid)) "
    "FROM pg_constraint WHERE contype IN ('u', 'f', 'c') AND conrelid = %s::regclass",
    "SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid) "
    "FROM pg_index LEFT JOIN pg_constraint ON conindid = indexrelid "
    "WHERE conindid IS NULL AND indrelid = %s::regclass",
)
_SQLITE = (
    "SELECT 'DROP ' || type || ' ' || name, sql FROM sqlite_master "
    "WHERE type IN ('index', 'trigger') AND sql IS NOT NULL AND tbl_name = %s",
)
_FASTER = {
    "postgresql": ["SET LOCAL maintenance_work_mem = '1GB'", "SET LOCAL synchronous_commit = off"],
    "sqlite": ["PRAGMA cache_size = -1000000"],
}


@contextmanager
def bare_tables() -> Iterator[None]:
    """They are taken away now and made again at the end, in the caller's transaction."""
    found = list(_parts())
    _run([gone for gone, _made in found] + _FASTER[connection.vendor])
    yield
    made = [made for _gone, made in reversed(found)]
    if connection.vendor == "sqlite":
        made.append("INSERT INTO timeline_search(timeline_search) VALUES ('rebuild')")
    _run(made)


def _parts() -> Iterator[tuple[str, str]]:
    questions = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
    with connection.cursor() as cursor:
        for question in questions:
            for table in TABLES:
                cursor.execute(question, [table])
                yield from cursor.fetchall()


def _run(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
