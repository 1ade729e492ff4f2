"""What is made in an event loop is what a thread makes, and nothing else waits for it."""

import asyncio

import pytest
from django.core.exceptions import SynchronousOnlyOperation
from django.db import connection, connections

from config import in_loop, lines
from timeline import questions
from timeline.models import Entry

from ..record.appending import add

pytestmark = pytest.mark.django_db(transaction=True)
SQLITE = "connection.vendor == 'sqlite'"
NUMBERS = "SELECT id FROM timeline_entry WHERE key = %s"


def keys_of(*wanted: str) -> list[int]:
    return [questions.rows(connection, NUMBERS, [key])[0][0] for key in wanted]


def run(make):
    """What it makes in a loop, of lines to the database under test."""

    async def made():
        found = lines.Lines(connections["default"], 2)
        try:
            return await in_loop.run(make, connections["default"], found.rows)
        finally:
            found.close()

    return asyncio.run(made())


@pytest.mark.skipif(SQLITE, reason="its tests share one connection")
def test_a_function_asks_in_a_loop_what_it_asks_in_a_thread():
    add("a"), add("b")
    expected = keys_of("a", "b")
    assert run(lambda: keys_of("a", "b")) == expected


def test_what_asks_in_another_way_is_refused():
    with pytest.raises(SynchronousOnlyOperation):
        run(Entry.objects.newest)


def test_what_goes_wrong_is_told_to_who_asked():
    def make():
        try:
            questions.rows(connection, "SELECT nothing_of_the_kind", [])
        except connection.Database.Error as error:
            return str(error)

    assert "nothing_of_the_kind" in run(make)


@pytest.mark.skipif(SQLITE, reason="SQLite answers at once")
def test_others_go_on_meanwhile():
    slow = lambda: questions.rows(connection, "SELECT 1 FROM pg_sleep(%s)", [0.3])  # noqa: E731
    order = []

    async def made(name: str, make) -> None:
        await in_loop.run(make, connections["default"], found.rows)
        order.append(name)

    async def both() -> None:
        await asyncio.gather(made("slow", slow), made("quick", lambda: keys_of("a")))
        found.close()

    add("a")
    found = lines.Lines(connections["default"], 2)
    asyncio.run(both())
    assert order == ["quick", "slow"]


@pytest.mark.skipif(SQLITE, reason="SQLite answers at once")
def test_who_has_gone_does_not_keep_a_line():
    found = lines.Lines(connections["default"], 1)

    async def gone() -> None:
        left = asyncio.create_task(found.rows("SELECT 1 FROM pg_sleep(0.2)", []))
        await asyncio.sleep(0.05)
        left.cancel()
        assert await found.rows("SELECT 2", []) == [(2,)]
        found.close()

    asyncio.run(gone())
