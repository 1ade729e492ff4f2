"""The lists that readers page through are read from an index, in its order, on both engines."""

import re
from hashlib import sha256

import pytest
from django.db import connection

from timeline import ledger
from timeline.cursors import COLUMNS, NEXT, _beyond, decode, encode
from timeline.models import Entry

from .appending import BY, REASON, add, change

pytestmark = pytest.mark.django_db

NUMBER = 600


@pytest.fixture
def many():
    changes = (
        change(
            f"k{n:04}",
            date=f"{1960 + n % 60}-{n % 12 + 1:02}",
            disputes=[f"d{n % 6}"],
            kind="talks",
        )
        for n in range(NUMBER)
    )
    ledger.append_all(changes, BY, REASON)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def plan(entries) -> str:
    if connection.vendor == "postgresql":  # which would rather read so small a table whole
        with connection.cursor() as cursor:
            for way in ("seqscan", "bitmapscan", "sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
    return entries.explain().replace('"', "")


def index_range(index: str, first: str) -> str:
    """A pattern of the plan that reads a range of an index in its order."""
    if connection.vendor == "postgresql":
        return rf"Index Scan (Backward )?using {index} .*\n\s*Index Cond: .*starts_on [<>]= "
    return rf"SEARCH timeline_entry USING INDEX {index} \({first}.*starts_on[<>]\?\)"


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
    assert re.search(index_range("entry_timeline", ""), found), found


@pytest.mark.parametrize("descending", [False, True])
def test_a_page_of_one_type_is_a_range_of_its_index(many, descending):
    entries = Entry.objects.current().of_type("event").dated()
    found = plan(page_after(entries, "date", descending))
    assert re.search(index_range("entry_by_date", "type=.*"), found), found


def test_two_filters_are_two_ranges_of_the_terms_index(many):
    entries = Entry.objects.current().of_type("event").under("dispute", "d1").dated()
    entries = entries.with_term("kind", "talks").order_by(entries.starts, "key")
    found = plan(entries[:51])
    assert len(re.findall(r"(?i)using (?:covering index )?term_lookup", found)) == 2, found
    assert "once" not in found  # which has a place for each entry


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite keeps rows together")
def test_postgresql_keeps_a_usual_document_in_its_row():
    noise = "".join(sha256(bytes([n])).hexdigest() for n in range(50))  # no search knows it
    add("long", note=noise)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reltoastrelid::regclass FROM pg_class WHERE oid = 'timeline_entry'::regclass"
        )
        cursor.execute(f"SELECT count(*) FROM {cursor.fetchone()[0]}")
        assert cursor.fetchone() == (0,)
