"""The full-text index over `Entry.search_text`, in each engine's own way."""

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

_CREATE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE timeline_search USING fts5("
        "search_text, content='timeline_entry', content_rowid='id', tokenize='unicode61')",
        "CREATE TRIGGER timeline_search_insert AFTER INSERT ON timeline_entry BEGIN "
        "INSERT INTO timeline_search(rowid, search_text) VALUES (NEW.id, NEW.search_text); END",
    ],
    "postgresql": [
        "CREATE INDEX timeline_search ON timeline_entry "
        "USING gin (to_tsvector('simple', search_text))",
    ],
}
_DROP = {
    "sqlite": ["DROP TRIGGER timeline_search_insert", "DROP TABLE timeline_search"],
    "postgresql": ["DROP INDEX timeline_search"],
}


def create(connection: BaseDatabaseWrapper) -> None:
    _run(connection, _CREATE)


def drop(connection: BaseDatabaseWrapper) -> None:
    _run(connection, _DROP)


def empty(connection: BaseDatabaseWrapper) -> None:
    """Forget everything, after the entries themselves were removed (tests, full restores)."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO timeline_search(timeline_search) VALUES ('delete-all')")


def error(connection: BaseDatabaseWrapper) -> str:
    """What SQLite says when its index is not that of the entries; PostgreSQL keeps its own."""
    if connection.vendor == "sqlite":
        try:
            with connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO timeline_search(timeline_search, rank) "
                    "VALUES ('integrity-check', 1)"
                )
        except DatabaseError as found:
            return str(found)
    return ""


def _run(connection: BaseDatabaseWrapper, statements: dict[str, list[str]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
