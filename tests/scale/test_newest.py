"""All who ask for the version at once are answered by one question, which came after them."""

import socket
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection

from config.serving import lines, newest
from timeline.models import Entry

from ..record.appending import add

pytestmark = pytest.mark.django_db(transaction=True)
SQLITE = "connection.vendor == 'sqlite'"
MANY = 40
Asked = Callable[..., list]


@pytest.fixture
def record(loop) -> Iterator[newest.OfTheRecord]:
    found = newest.OfTheRecord(lines.line(connection.copy(), loop))
    yield found
    found.line.close()


@pytest.fixture
def asked(loop, record) -> Asked:
    """What so many are told who ask at once."""

    def ask(number: int = 1) -> list:
        told: list = []
        for _one in range(number):
            record.want(lambda *both: told.append(both))
        record.ask()
        loop.until(lambda: len(told) == number, record.line)
        return told

    return ask


@pytest.mark.skipif(SQLITE, reason="its tests share one connection")
def test_the_version_is_the_newest_entry(asked):
    assert asked() == [(None, None)]
    for key in "ab":
        add(key)
        assert asked() == [(Entry.objects.newest(), None)]


@pytest.mark.skipif(SQLITE, reason="SQLite answers at once")
def test_one_question_is_for_all_who_wait(loop, record, asked, monkeypatch):
    add("a")
    expected, sent = (Entry.objects.newest(), None), []
    send = lines.PostgresqlLine.send
    monkeypatch.setattr(lines.PostgresqlLine, "send", lambda self: (sent.append(1), send(self)))
    assert asked(MANY) == [expected] * MANY
    assert len(sent) == 1
    first: list = []
    record.want(lambda *both: first.append(both))
    record.ask()
    later = asked(MANY)  # a question is under way: theirs is the next
    assert (first, later, len(sent)) == ([expected], [expected] * MANY, 3)


@pytest.mark.skipif(SQLITE, reason="SQLite is no server")
def test_a_server_that_says_nothing_is_not_waited_for(record, asked, monkeypatch):
    monkeypatch.setattr(lines, "PATIENCE", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        given = record.line.usual.get_connection_params()
        given |= {"host": "127.0.0.1", "port": silent.getsockname()[1], "sslmode": "disable"}
        monkeypatch.setattr(record.line.usual, "get_connection_params", lambda: given)
        ((version, error),) = asked()
    assert version is None
    assert error is not None
    assert (record.busy, record.waiting) == (False, [])


@pytest.mark.skipif(SQLITE, reason="SQLite is no server")
def test_a_connection_that_comes_too_late_is_closed(loop, asked, monkeypatch):
    """Whoever comes after the time is over gets a connection of their own, and it stays."""
    add("a")
    expected, opened = (Entry.objects.newest(), None), []
    connected = lines._connected

    def slowly(usual):
        found = connected(usual)
        opened.append(found)
        time.sleep(0.6 if len(opened) == 1 else 0)
        return found

    monkeypatch.setattr(lines, "_connected", slowly)
    monkeypatch.setattr(lines, "PATIENCE", 0.3)
    ((_version, error),) = asked()
    assert isinstance(error, TimeoutError)
    assert asked() == [expected]
    loop.until(lambda: bool(opened[0].closed))
    assert not opened[1].closed
    assert asked() == [expected]
    assert len(opened) == 2


@pytest.mark.skipif(SQLITE, reason="SQLite is no server")
def test_a_connection_that_is_lost_is_made_anew(record, asked):
    add("a")
    expected = Entry.objects.newest()
    assert asked() == [(expected, None)]
    with connection.cursor() as cursor:
        number = record.line.connection.get_backend_pid()
        cursor.execute("SELECT pg_terminate_backend(%s)", [number])
    told = [asked()[0][0] for _time in range(3)]
    assert told[-1] == expected


@pytest.mark.skipif(SQLITE, reason="SQLite is no server")
def test_instants_are_told_in_utc_wherever_the_server_stands(record, asked, monkeypatch):
    add("a")
    given = record.line.usual.get_connection_params()
    given["options"] = f"{given.get('options', '')} -c timezone=Asia/Seoul"
    monkeypatch.setattr(record.line.usual, "get_connection_params", lambda: given)
    (((number, instant), _error),) = asked()
    assert (number, instant) == Entry.objects.newest()
    assert instant.utcoffset() == timedelta(0)


@pytest.mark.skipif(SQLITE, reason="SQLite is no server")
def test_the_server_is_told_to_give_up_too(record, asked):
    add("a")
    asked()
    told: list = []
    begun = time.monotonic()
    record.line.ask("SELECT 1 FROM pg_sleep(20)", (), lambda *both: told.append(both))
    record.line.loop.until(lambda: bool(told))
    assert time.monotonic() - begun < lines.PATIENCE + 1
    assert "statement timeout" in str(told[0][1])


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="of a file")
def test_a_file_that_cannot_be_read_says_nothing(record, asked, monkeypatch, tmp_path):
    given = record.line.usual.get_connection_params() | {"database": str(tmp_path / "a" / "b")}
    monkeypatch.setattr(record.line.usual, "get_connection_params", lambda: given)
    ((version, error),) = asked()
    assert version is None
    assert "unable to open" in str(error)
