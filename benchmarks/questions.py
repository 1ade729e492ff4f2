"""The database's own time for what an address asks: all questions but that for the version."""

import time
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client

from timeline.entries import NEWEST
from timeline.models import Entry

from .growth import kinds

ADDRESSES, TIMES = 20, 3
PAGE = "newest first"
KINDS = ("list", PAGE, "search, Korean", "search, rare", "density")
Question = tuple[str, Any]


def questions() -> dict[str, float]:
    """Milliseconds by kind of address: median and longest of some, each the best of a few times."""
    found = {}
    paths = kinds(Entry.objects.db, ADDRESSES)
    for kind in KINDS:
        took = [[best(question) for question in asked(path)] for path in paths[kind]]
        sums = [sum(times) for times in took]
        found |= {f"{kind}, median": median(sums), f"{kind}, longest": max(sums)}
        if kind == PAGE:  # before its entries are read
            found[f"{kind}, their numbers, median"] = median(times[0] for times in took)
    return found


def asked(path: str) -> list[Question]:
    found: list[Question] = []

    def noting(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
        found.append((sql, values))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(noting):
        assert Client().get(path, HTTP_HOST="127.0.0.1").status_code == 200  # noqa: S101
    return [question for question in found if question[0] != NEWEST]


def best(question: Question) -> float:
    """Milliseconds until its last row is there."""
    took = []
    for _time in range(TIMES):
        start = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(*question)
            cursor.fetchall()
        took.append(1000 * (time.perf_counter() - start))
    return min(took)
