"""All who ask for the version at once are answered by one question, which came after them."""

import asyncio
import socket
import time

import pytest
from django.db import connection

from config import lines, newest
from timeline.models import Entry

from ..record.appending import add

pytestmark = pytest.mark.django_db(transaction=True)
SQLITE = "connection.vendor == 'sqlite'"
MANY = 40


async def asked(question, number: int) -> list:
    return await asyncio.gather(*(question.newest() for _ in range(number)))


def test_the_version_is_the_newest_entry():
    question = newest.of_the_record()

    async def twice() -> None:
        assert await question.newest() is None
        await asyncio.to_thread(published)
        assert await question.newest() == told[-1]
        question.line.close()

    told = []

    def published() -> None:
        add("a")
        told.append(Entry.objects.newest())
        connection.close()

    if connection.vendor == "sqlite":  # whose tests share one connection
        add("a")
        assert asyncio.run(question.newest()) == Entry.objects.newest()
        question.line.close()
    else:
        asyncio.run(twice())


@pytest.mark.skipif(SQLITE, reason="SQLite answers at once")
def test_one_question_is_for_all_who_wait(monkeypatch):
    add("a")
    question, sent = newest.of_the_record(), []
    send = lines.PostgresqlLine.send
    monkeypatch.setattr(lines.PostgresqlLine, "send", lambda self: (sent.append(1), send(self)))

    async def all_() -> None:
        assert await asked(question, MANY) == [Entry_newest] * MANY
        assert len(sent) == 1
        first = asyncio.gather(*(question.newest() for _ in range(MANY)))
        while len(sent) < 2:
            await asyncio.sleep(0)
        later = await asked(question, MANY)  # a question is under way: theirs is the next
        assert (later, len(sent)) == ([Entry_newest] * MANY, 3)
        await first
        question.line.close()

    Entry_newest = Entry.objects.newest()
    asyncio.run(all_())


@pytest.mark.skipif(SQLITE, reason="SQLite is no server")
def test_a_server_that_says_nothing_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(lines, "PATIENCE", 0.3)
    question = newest.of_the_record()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        given = question.line.usual.get_connection_params()
        given |= {"host": "127.0.0.1", "port": silent.getsockname()[1], "sslmode": "disable"}
        monkeypatch.setattr(question.line.usual, "get_connection_params", lambda: given)
        with pytest.raises(newest.Unknown):
            asyncio.run(question.newest())
        assert (question.busy, question.waiting, question.asked) == (False, [], [])


@pytest.mark.skipif(SQLITE, reason="SQLite is no server")
def test_a_connection_that_comes_too_late_is_closed(monkeypatch):
    """Whoever comes after the time is over gets a connection of their own, and it stays."""
    add("a")
    question, expected, opened = newest.of_the_record(), Entry.objects.newest(), []
    connected = lines._connected

    def slowly(usual):
        found = connected(usual)
        opened.append(found)
        time.sleep(0.6 if len(opened) == 1 else 0)
        return found

    async def late() -> None:
        with pytest.raises(newest.Unknown):
            await question.newest()
        assert await question.newest() == expected
        await asyncio.sleep(0.8)
        assert [bool(one.closed) for one in opened] == [True, False]
        assert await question.newest() == expected
        assert len(opened) == 2
        question.line.close()

    monkeypatch.setattr(lines, "_connected", slowly)
    monkeypatch.setattr(lines, "PATIENCE", 0.3)
    asyncio.run(late())


@pytest.mark.skipif(SQLITE, reason="SQLite is no server")
def test_a_connection_that_is_lost_is_made_anew():
    add("a")
    question, expected = newest.of_the_record(), Entry.objects.newest()

    async def lost() -> None:
        assert await question.newest() == expected
        number = question.line.connection.get_backend_pid()
        await asyncio.to_thread(end, number)
        found = []
        for _time in range(50):
            try:
                found.append(await question.newest())
                break
            except newest.Unknown:
                await asyncio.sleep(0.02)
        assert found == [expected]
        question.line.close()

    def end(number: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [number])
        connection.close()

    asyncio.run(lost())


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="of a file")
def test_a_file_that_cannot_be_read_says_nothing(monkeypatch, tmp_path):
    question = newest.of_the_record()
    given = question.line.usual.get_connection_params() | {"database": str(tmp_path / "a" / "b")}
    monkeypatch.setattr(question.line.usual, "get_connection_params", lambda: given)
    with pytest.raises(newest.Unknown):
        asyncio.run(question.newest())
