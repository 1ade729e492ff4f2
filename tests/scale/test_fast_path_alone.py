"""When the fast path leaves a request to a thread."""

import time
from types import SimpleNamespace

import pytest

from config.entrance import Entrance
from config.serving import fast_path, pausing
from config.serving.plain import Asked
from timeline import making

pytestmark = pytest.mark.django_db
HOST = "a.example"


@pytest.fixture
def path(monkeypatch) -> fast_path.FastPath:
    """Of an engine that answers at once; what it hands on is in `handed`."""
    monkeypatch.setattr(pausing, "closed_to_others", lambda _usual: None)
    handed: list[Asked] = []
    found = fast_path.FastPath(Entrance(None), None, lambda *_sent: None, handed.append)
    found.waits, found.run = False, lambda make, told: told(make(), None)
    found.handed = handed
    return found


def asked() -> Asked:
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/api/v1/events/", "HTTP_HOST": HOST}
    return Asked(None, environ, b"", key=("1", "an address"))


@pytest.fixture
def making_takes(path, monkeypatch):
    """Make an answer so many times that takes these seconds each time; how many were made here."""
    kept, made = SimpleNamespace(slow=0, took=0), []
    monkeypatch.setattr(making, "to_make_at_once", lambda *_given: kept)

    def times(*seconds: float) -> int:
        def make(*_given, **_named) -> None:
            made.append(1)

        monkeypatch.setattr(making, "made_now", make)
        for took in seconds:
            path.until = time.perf_counter() + fast_path.TURN
            path.make(asked(), None, lambda _asked: None)
            kept.took = took  # here, or in the thread
        return len(made)

    return times


def test_what_takes_long_goes_to_a_thread(making_takes):
    long = 1.5 * fast_path.QUICK
    assert making_takes(long, long, long, long, long) == 1 + fast_path.TWICE


def test_and_comes_back_when_it_takes_long_no_more(making_takes):
    long = 1.5 * fast_path.QUICK
    assert making_takes(long, long, long, long, 0, 0, long, 0, 0) == 1 + fast_path.TWICE + 4


def test_a_turn_has_an_end(path, monkeypatch):
    left = []
    kept = SimpleNamespace(slow=0, took=0)
    monkeypatch.setattr(making, "to_make_at_once", lambda *_given: kept)
    path.until = time.perf_counter() - 1
    path.make(asked(), None, left.append)
    assert len(left) == 1


def test_what_goes_wrong_goes_to_a_thread_and_into_the_log(path, monkeypatch, caplog):
    def wrongly(*_given: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(fast_path.keys, "key_of", wrongly)
    request = asked()
    path.answer([request])
    assert path.handed == [request]
    assert "ZeroDivisionError" in caplog.text
