"""For load balancers and container health checks."""

from collections.abc import Callable, Iterator

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from timeline import ledger_head
from timeline.models import Entry


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the process answers; it asks nobody else."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when readers can be served; else 503 and what is wrong, without the database's words."""
    found = dict(_checks())
    ready = all(answer == "ok" for answer in found.values())
    body = {"status": "ok" if ready else "unavailable", "checks": found}
    if ready:
        newest = Entry.objects.newest()
        body |= {"database": connection.vendor, "version": newest[0] if newest else 0}
    return JsonResponse(body, status=200 if ready else 503)


def _checks() -> Iterator[tuple[str, str]]:
    """Each check after the other; where one fails, those that need it are left out."""
    for name, check in CHECKS.items():
        try:
            answer = check()
        except DatabaseError:
            answer = "no answer"
        yield name, answer
        if answer != "ok":
            return


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(plan)} not applied" if plan else "ok"


def _chain_head() -> str:
    return "ok" if ledger_head.follows() else "does not follow from the entry before it"


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "chain_head": _chain_head,
}
