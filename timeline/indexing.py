"""The indexes beside the entries, in each engine's own way: full text, and the terms."""

from collections.abc import Collection

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

TermRow = tuple[str, str, str | None, int]  # name, value, starts_on, entry
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
_KEEP_TOKENS = {
    "sqlite": [],
    "postgresql": [
        "ALTER TABLE timeline_entry ADD COLUMN search_tokens tsvector "
        "GENERATED ALWAYS AS (to_tsvector('simple', search_text)) STORED",
        "DROP INDEX timeline_search",
        "CREATE INDEX timeline_search ON timeline_entry USING gin (search_tokens)",
    ],
}
_MAKE_TOKENS_ANEW = {
    "sqlite": [],
    "postgresql": [
        "DROP INDEX timeline_search",
        "ALTER TABLE timeline_entry DROP COLUMN search_tokens",
        *_CREATE["postgresql"],
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


_ADD_TERMS = {
    "sqlite": "VALUES (%s, %s, %s, %s)",
    "postgresql": "SELECT * FROM unnest(%s::text[], %s::text[], %s::date[], %s::bigint[])",
}


def add_terms(connection: BaseDatabaseWrapper, rows: Collection[TermRow]) -> None:
    """Insert the rows: there are some fifteen for each entry, so most of publishing is this.

    `bulk_create` takes three times as long: it goes through each field of each row.
    """
    if not rows:
        return
    into = "INSERT INTO timeline_term (name, value, starts_on, entry_id) "
    statement = into + _ADD_TERMS[connection.vendor]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(statement, [list(column) for column in zip(*rows, strict=True)])
        else:
            cursor.executemany(statement, rows)


def keep_tokens(connection: BaseDatabaseWrapper) -> None:
    """PostgreSQL: store what the index was made of, or each hit of a phrase makes it again."""
    _run(connection, _KEEP_TOKENS)


def make_tokens_anew(connection: BaseDatabaseWrapper) -> None:
    """The reverse of `keep_tokens`."""
    _run(connection, _MAKE_TOKENS_ANEW)


# What a day adds to the words of an entry, so that the index finds the words of a month, of a year,
# or of what lasts longer than a day: no word's token begins like these (see `search.py`).
_TOKENS = {
    "sqlite": "search_text || coalesce(' y' || substr(starts_on, 1, 4) || ' m' || "
    "replace(substr(starts_on, 1, 7), '-', '') || {lasts}, '')",
    "postgresql": "search_text || coalesce("
    "' y' || lpad(extract(year FROM starts_on)::text, 4, '0') || ' m' || "
    "lpad((extract(year FROM starts_on) * 100 + extract(month FROM starts_on))::text, 6, '0') "
    "|| {lasts}, '')",
}
_LASTS = "CASE WHEN ends_on IS NULL OR ends_on > starts_on THEN ' l' ELSE '' END"
_ADD_DAYS = {
    "sqlite": [
        *_DROP["sqlite"],
        "ALTER TABLE timeline_entry ADD COLUMN search_tokens text "
        f"GENERATED ALWAYS AS ({_TOKENS['sqlite'].format(lasts=_LASTS)}) VIRTUAL",
        "CREATE VIRTUAL TABLE timeline_search USING fts5("
        "search_tokens, content='timeline_entry', content_rowid='id', tokenize='unicode61')",
        "INSERT INTO timeline_search(timeline_search) VALUES ('rebuild')",
        "CREATE TRIGGER timeline_search_insert AFTER INSERT ON timeline_entry BEGIN "
        "INSERT INTO timeline_search(rowid, search_tokens) VALUES (NEW.id, NEW.search_tokens); END",
    ],
    "postgresql": [
        "DROP INDEX timeline_search",
        "ALTER TABLE timeline_entry DROP COLUMN search_tokens, ADD COLUMN search_tokens tsvector "
        "GENERATED ALWAYS AS (to_tsvector('simple', "
        f"{_TOKENS['postgresql'].format(lasts=_LASTS)})) STORED",
        "CREATE INDEX timeline_search ON timeline_entry USING gin (search_tokens)",
    ],
}
_LEAVE_DAYS_OUT = {
    "sqlite": [
        *_DROP["sqlite"],
        "ALTER TABLE timeline_entry DROP COLUMN search_tokens",
        *_CREATE["sqlite"],
        "INSERT INTO timeline_search(timeline_search) VALUES ('rebuild')",
    ],
    "postgresql": [*_MAKE_TOKENS_ANEW["postgresql"], *_KEEP_TOKENS["postgresql"]],
}


def add_days(connection: BaseDatabaseWrapper) -> None:
    """Index the words of each entry together with its month and its year."""
    _run(connection, _ADD_DAYS)


def leave_days_out(connection: BaseDatabaseWrapper) -> None:
    """The reverse of `add_days`."""
    _run(connection, _LEAVE_DAYS_OUT)


_KNOW_VALUES = {
    "sqlite": [],
    "postgresql": [
        "CREATE STATISTICS timeline_term_values (mcv) ON name, value FROM timeline_term",
        "ANALYZE timeline_term",
    ],
}
_FORGET_VALUES = {"sqlite": [], "postgresql": ["DROP STATISTICS timeline_term_values"]}


def know_values(connection: BaseDatabaseWrapper) -> None:
    """PostgreSQL: learn how many entries have each of the frequent values of each name. It takes
    the two for independent otherwise, and believes in a fifteenth of what there is.
    """
    _run(connection, _KNOW_VALUES)


def forget_values(connection: BaseDatabaseWrapper) -> None:
    """The reverse of `know_values`."""
    _run(connection, _FORGET_VALUES)


def _run(connection: BaseDatabaseWrapper, statements: dict[str, list[str]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
