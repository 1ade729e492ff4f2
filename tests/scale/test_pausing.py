"""What is made in the poller is what a thread makes, and nothing else waits for it."""

import time
from collections.abc import Iterator

import pytest
from django.db import connection

from config.serving import lines, pausing
from timeline import questions
from timeline.models import Entry

from ..record.appending import add

pytestmark = pytest.mark.django_db(transaction=True)
SQLITE = "connection.vendor == 'sqlite'"
NUMBERS = "SELECT id FROM timeline_entry WHERE key = %s"


@pytest.fixture
def found(loop) -> Iterator[lines.Lines]:
    found = lines.Lines(connection, loop, 2)
    yield found
    found.close()


def keys_of(*wanted: str) -> list[int]:
    return [questions.rows(connection, NUMBERS, [key])[0][0] for key in wanted]


def slow(seconds: float) -> list[tuple]:
    return questions.rows(connection, "SELECT 1 FROM pg_sleep(%s)", [seconds])


@pytest.mark.skipif(SQLITE, reason="its tests share one connection")
def test_a_function_asks_in_the_poller_what_it_asks_in_a_thread(loop, found):
    add("a"), add("b")
    expected, told = keys_of("a", "b"), []
    runners = pausing.Runners(found.ask)
    for _time in range(3):
        runners.run(lambda: keys_of("a", "b"), lambda *both: told.append(both))
    loop.until(lambda: len(told) == 3)
    assert told == [(expected, None)] * 3
    assert len(runners.free) == 3


@pytest.mark.parametrize("way", ["stopping", "at once"])
def test_what_goes_wrong_is_told_to_who_asked(loop, found, way):
    def make():
        try:
            questions.rows(connection, "SELECT nothing_of_the_kind", [])
        except connection.Database.Error as error:
            return str(error)

    told = []
    run = pausing.Runners(found.ask).run
    if way == "at once":
        if connection.vendor != "sqlite":
            pytest.skip("PostgreSQL does not answer at once")
        run = lambda make, done: pausing.at_once(found.ask, make, done)  # noqa: E731
    for _time in range(2):  # the runner is as good as before
        run(make, lambda *both: told.append(both))
        run(lambda: 1 / 0, lambda *both: told.append(both))
    loop.until(lambda: len(told) == 4)
    texts = [answer for answer, _error in told if answer]
    assert len(texts) == 2
    assert all("nothing_of_the_kind" in text for text in texts)
    assert [type(error) for _answer, error in told if error] == [ZeroDivisionError] * 2


@pytest.mark.skipif(SQLITE, reason="SQLite answers at once")
def test_others_go_on_meanwhile(loop, found):
    add("a")
    order = []
    runners = pausing.Runners(found.ask)
    runners.run(lambda: slow(0.3), lambda *_told: order.append("slow"))
    runners.run(lambda: keys_of("a"), lambda *_told: order.append("quick"))
    loop.until(lambda: len(order) == 2)
    assert order == ["quick", "slow"]


@pytest.mark.skipif(SQLITE, reason="SQLite answers at once")
def test_more_questions_than_lines_wait_for_one_that_is_free(loop, found):
    told = []
    for number in range(5):
        found.ask("SELECT %s FROM pg_sleep(0.05)", [number], lambda *both: told.append(both))
    loop.until(lambda: len(told) == 5)
    assert sorted(rows[0][0] for rows, _error in told) == [0, 1, 2, 3, 4]


@pytest.mark.skipif(SQLITE, reason="SQLite answers at once")
def test_who_waits_for_a_line_too_long_is_told(loop, monkeypatch):
    monkeypatch.setattr(lines, "PATIENCE", 0.3)
    found, told = lines.Lines(connection, loop, 1), []
    for _number in range(5):
        found.ask("SELECT 1 FROM pg_sleep(5)", [], lambda *both: told.append(both))
    begun = time.monotonic()
    loop.until(lambda: len(told) == 5, found)
    found.close()
    assert time.monotonic() - begun < 2
    assert all(error for _rows, error in told)


def test_whoever_asks_in_another_way_is_refused():
    usual = connection.copy()
    pausing.closed_to_others(usual)
    with pytest.raises(pausing.Refused), usual.cursor():
        pass
    assert Entry.objects.newest() is None  # the test's own connection is another one
