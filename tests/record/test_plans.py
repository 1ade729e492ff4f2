"""The lists that readers page through are read from an index, in its order, on both engines."""

import re

import pytest
from django.db import connection

from timeline import ledger
from timeline.cursors import COLUMNS, NEXT, _beyond, decode, encode
from timeline.models import Entry

from .appending import BY, REASON, change

pytestmark = pytest.mark.django_db

NUMBER = 600


@pytest.fixture
def many():
    changes = (
        change(f"k{n:04}", date=f"{1960 + n % 60}-{n % 12 + 1:02}", disputes=[f"d{n % 6}"])
        for n in range(NUMBER)
    )
    ledger.append_all(changes, BY, REASON)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def plan(entries) -> str:
    if connection.vendor == "sqlite":
        return entries.explain()
    with connection.cursor() as cursor:  # so small a table would be read whole
        cursor.execute("SET LOCAL enable_seqscan = off")
    return entries.explain()


def index_of(plan: str) -> list[str]:
    return re.findall(r"entry_\w+|term_\w+", plan)


def page_after(entries, ordering: str, descending: bool):
    columns = COLUMNS[ordering]
    middle = entries.order_by(*columns)[NUMBER // 2]
    __, position = decode(encode(middle, ordering, NEXT), ordering)
    order = [f"{'-' * descending}{column}" for column in columns]
    return entries.filter(_beyond(columns, position, descending)).order_by(*order)[:51]


@pytest.mark.parametrize("descending", [False, True])
def test_a_page_of_the_timeline_is_a_range_of_its_index(many, descending):
    entries = Entry.objects.current().on_the_timeline().dated()
    found = plan(page_after(entries, "date", descending))
    assert index_of(found)[0] == "entry_timeline"
    assert re.search(r"starts_on\s*[<>]", found.replace('"', ""))


@pytest.mark.parametrize("descending", [False, True])
def test_a_page_of_one_type_is_a_range_of_its_index(many, descending):
    entries = Entry.objects.current().of_type("event").dated()
    found = plan(page_after(entries, "date", descending))
    assert index_of(found)[0] == "entry_by_date"
