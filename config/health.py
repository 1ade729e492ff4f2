"""For load balancers and container health checks."""

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from timeline import ledger_head
from timeline.models import Entry

from . import replicas
from .databases import PRIMARY


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the process answers; it asks nobody else."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when readers can be served; else 503 and what is wrong, without the database's words.

    With replicas: the checks are those of the database that readers get, and each one's lag stands
    beside them. Without the primary the status is "reading only", and that is ready.
    """
    if not settings.DATABASE_REPLICA_URLS:
        return _answer(_found(PRIMARY))
    watch = replicas.watch
    alias = watch.order()[0]
    with watch.reading(alias):
        body = _found(alias)
    body["databases"] = [
        {
            "name": "primary" if name == PRIMARY else name,
            "version": seen.version,
            "lag_seconds": seen.lag,
            "serves": watch.serves(name),
        }
        for name, seen in watch.seen.items()
    ]
    if body["status"] == "ok" and watch.seen[PRIMARY].version is None:
        body["status"] = "reading only"
    return _answer(body)


def _answer(body: dict[str, Any]) -> JsonResponse:
    return JsonResponse(body, status=503 if body["status"] == "unavailable" else 200)


def _found(alias: str) -> dict[str, Any]:
    checks = dict(_checks(connections[alias]))
    if any(answer != "ok" for answer in checks.values()):
        return {"status": "unavailable", "checks": checks}
    newest = Entry.objects.newest()
    return {
        "status": "ok",
        "checks": checks,
        "database": connections[alias].vendor,
        "version": newest[0] if newest else 0,
    }


def _checks(connection: BaseDatabaseWrapper) -> Iterator[tuple[str, str]]:
    """Each check after the other; where one fails, those that need it are left out."""
    for name, check in CHECKS.items():
        try:
            answer = check(connection)
        except DatabaseError:
            answer = "no answer"
        yield name, answer
        if answer != "ok":
            return


def _database(connection: BaseDatabaseWrapper) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _migrations(connection: BaseDatabaseWrapper) -> str:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(plan)} not applied" if plan else "ok"


def _chain_head(_connection: BaseDatabaseWrapper) -> str:
    return "ok" if ledger_head.follows() else "does not follow from the entry before it"


CHECKS: dict[str, Callable[[BaseDatabaseWrapper], str]] = {
    "database": _database,
    "migrations": _migrations,
    "chain_head": _chain_head,
}
