"""A page deep in a list is one range of an index, on both engines."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ..factories import make_event
from .answers import ask

pytestmark = pytest.mark.django_db


def plan_of_second_page(address: str) -> str:
    """The database's plan for the page after the first, which holds one entry."""
    following = ask(f"{address}page_size=1")["next"]
    with CaptureQueriesContext(connection) as asked:
        Client().get(following.partition("testserver")[2])
    page = next(query["sql"] for query in asked.captured_queries if "LIMIT 2" in query["sql"])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # or so few rows are read whole, and sorted
            for way in ("seqscan", "bitmapscan", "sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
        keyword = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
        cursor.execute(f"{keyword} {page}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


@pytest.mark.parametrize(
    ("address", "index", "column"),
    [
        ("events/?", "entry_by_date", "starts_on"),
        ("events/?ordering=-date&", "entry_by_date", "starts_on"),
        ("events/?ordering=key&", "entry_one_current_version", "key"),
        ("timeline/?", "entry_timeline", "starts_on"),
        ("timeline/?ordering=-date&", "entry_timeline", "starts_on"),
    ],
)
def test_a_page_begins_inside_an_index(address, index, column):
    for number in range(1, 5):
        make_event(date=f"2019-08-0{number}")
    plan = plan_of_second_page(address)
    sign = "<" if "-date" in address else ">"
    if connection.vendor == "postgresql":
        expected = f"{column} {sign}= " if column == "starts_on" else f"({column})::text {sign}= "
        assert f"using {index} " in plan
        assert expected in next(line for line in plan.splitlines() if "Index Cond" in line)
    else:
        assert f"USING INDEX {index}" in plan
        assert f"{column}{sign}?" in plan
