"""The databases of settings.py, from their addresses: one, or a primary and its replicas."""

from collections.abc import Sequence
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

PRIMARY = "default"
# PostgreSQL compiles what it believes to be much, asks other processes to help, and makes room to
# remember very many rows: for questions like ours each takes longer than to answer them.
SMALL_QUESTIONS = "-c jit=off -c max_parallel_workers_per_gather=0 -c enable_memoize=off"
CONNECT_TIMEOUT = 2  # seconds, where another database can answer instead


def databases(
    primary: str, replicas: Sequence[str], read_only: bool, options: str, max_age: int
) -> dict[str, dict[str, Any]]:
    """DATABASES: `default`, and `replica1`, `replica2` … . `options`: PGOPTIONS.

    ImproperlyConfigured for replicas of a database that has none.
    """
    found = {PRIMARY: _database(primary, read_only, options)}
    if replicas and found[PRIMARY]["ENGINE"].endswith("sqlite3"):
        raise ImproperlyConfigured(
            "DATABASE_REPLICA_URLS is set, but SQLite has no replicas. "
            "Point DATABASE_URL at a PostgreSQL primary, or leave DATABASE_REPLICA_URLS out."
        )
    for number, url in enumerate(replicas, start=1):
        found[f"replica{number}"] = _replica(url, options)
    for database in found.values():
        # To open a connection takes longer than most answers, on SQLite too.
        database["CONN_MAX_AGE"] = max_age
        if replicas:
            database["OPTIONS"].setdefault("connect_timeout", CONNECT_TIMEOUT)
    return found


def bounded(options: str, seconds: int) -> str:
    """PGOPTIONS with a bound for each statement; 0 is none."""
    return f"{options} -c statement_timeout={seconds}s".strip() if seconds else options


def _database(url: str, read_only: bool, options: str) -> dict[str, Any]:
    database = environ.Env.db_url_config(url)
    given = database.setdefault("OPTIONS", {})
    if database["ENGINE"].endswith("sqlite3"):
        given["transaction_mode"] = "IMMEDIATE"
        given["timeout"] = 20
        given["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        given["init_command"] += " PRAGMA query_only=ON;" if read_only else ""
        return database
    database["CONN_HEALTH_CHECKS"] = True
    database["TEST"] = {"TEMPLATE": "template0", "CHARSET": "UTF8"}
    if read_only:
        options = f"{options} -c default_transaction_read_only=on".strip()
    given["options"] = f"{SMALL_QUESTIONS} {options}".strip()  # what comes later prevails
    return database


def _replica(url: str, options: str) -> dict[str, Any]:
    """Nothing is ever written there, even where the address is that of a primary."""
    database = _database(url, read_only=True, options=options)
    if not database["ENGINE"].endswith("postgresql"):
        raise ImproperlyConfigured("DATABASE_REPLICA_URLS: each is postgres://user@host:5432/name.")
    database["TEST"] = {"MIRROR": PRIMARY}
    return database
