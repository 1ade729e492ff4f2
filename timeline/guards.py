"""Triggers that keep the record append-only, whoever holds the connection.

An entry may be closed once (`superseded_at` from null to an instant); no other UPDATE, no DELETE
and, on PostgreSQL, no TRUNCATE of entries or terms passes; nor, on SQLite, an INSERT OR REPLACE,
which removes the row in its way without a DELETE. Tests that flush tables lift them around the
flush.
"""

import re

from django.db.backends.base.base import BaseDatabaseWrapper

MESSAGE = "the record is append-only"
_COLUMNS = [
    "id",
    "type",
    "key",
    "version",
    "starts_on",
    "ends_on",
    "on_timeline",
    "series",
    "recorded_at",
    "document",
    "search_text",
    "reason",
    "editor",
    "digest",
]


def install(connection: BaseDatabaseWrapper) -> None:
    """Set the triggers."""
    with connection.cursor() as cursor:
        for statement in _STATEMENTS[connection.vendor]:
            cursor.execute(statement)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Remove the triggers (tests and full restores only)."""
    with connection.cursor() as cursor:
        for table, name in _NAMES:
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the triggers that are not in force as they were set."""
    with connection.cursor() as cursor:
        cursor.execute(_IN_FORCE[connection.vendor])
        found = dict(cursor.fetchall())
    named = re.compile(r"CREATE TRIGGER (\w+)")
    due = {m[1]: s for s in _STATEMENTS[connection.vendor] if (m := named.match(s))}
    if connection.vendor == "postgresql":  # keeps no text of a trigger, but its function's
        due = dict.fromkeys(due, _REFUSE)
    return [name for name, definition in due.items() if found.get(name) != definition]


def _changed(different: str) -> str:
    """SQL: any column other than superseded_at differs, or it was closed already."""
    columns = " OR ".join(f"NEW.{c} {different} OLD.{c}" for c in _COLUMNS)
    return f"OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL OR {columns}"


def _sqlite(table: str, event: str, name: str, when: str = "") -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} {when} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )


def _postgresql(table: str, event: str, name: str, when: str = "") -> str:
    each = "STATEMENT" if event == "TRUNCATE" else "ROW"
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} {when} "
        "EXECUTE FUNCTION timeline_refuse()"
    )


def _no_replace(table: str, same: str) -> str:
    """SQLite: refuse a row in the place of another."""
    there = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id OR {same})"  # noqa: S608 (our names)
    return _sqlite(table, "INSERT", f"{table}_no_replace", f"WHEN {there}")


def _triggers(make, different: str, truncate: bool) -> list[str]:
    statements = [
        make(
            "timeline_entry",
            "UPDATE",
            "timeline_entry_no_update",
            f"WHEN ({_changed(different)})",
        ),
        make("timeline_entry", "DELETE", "timeline_entry_no_delete"),
        make("timeline_term", "UPDATE", "timeline_term_no_update"),
        make("timeline_term", "DELETE", "timeline_term_no_delete"),
    ]
    if truncate:
        statements.append(make("timeline_entry", "TRUNCATE", "timeline_entry_no_truncate"))
        statements.append(make("timeline_term", "TRUNCATE", "timeline_term_no_truncate"))
    return statements


_NAMES = [
    (f"timeline_{table}", f"timeline_{table}_no_{event}")
    for table in ("entry", "term")
    for event in ("update", "delete", "truncate", "replace")
]
_REFUSE = (
    f" BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END "
)
_STATEMENTS = {
    "sqlite": [
        *_triggers(_sqlite, "IS NOT", truncate=False),
        _no_replace(
            "timeline_entry",
            "(type = NEW.type AND key = NEW.key AND "
            "(version = NEW.version OR superseded_at IS NULL AND NEW.superseded_at IS NULL))",
        ),
        _no_replace(
            "timeline_term", "(entry_id = NEW.entry_id AND name = NEW.name AND value = NEW.value)"
        ),
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION timeline_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$${_REFUSE}$$",
        *_triggers(_postgresql, "IS DISTINCT FROM", truncate=True),
    ],
}
_IN_FORCE = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
    "WHERE tgenabled IN ('O', 'A') AND NOT tgisinternal "
    "AND tgrelid IN ('timeline_entry'::regclass, 'timeline_term'::regclass)",
}
