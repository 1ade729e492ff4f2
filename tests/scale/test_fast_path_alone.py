"""When the fast path leaves a request to a thread."""

import time
from collections import deque
from types import SimpleNamespace

import pytest

from config.entrance import Entrance
from config.serving import fast_path, pausing
from config.serving.plain import Asked
from timeline import again, making

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


def kept(*took: float) -> SimpleNamespace:
    return SimpleNamespace(took=deque(took, maxlen=again.LAST))


@pytest.fixture
def making_takes(path, monkeypatch):
    """Make an answer so many times that takes these seconds each time; how many were made here."""
    same, made = kept(), []
    monkeypatch.setattr(making, "to_make_at_once", lambda *_given: same)
    monkeypatch.setattr(making, "made_now", lambda *_given, **_named: made.append(1))

    def times(*seconds: float) -> int:
        for took in seconds:
            path.until = time.perf_counter() + fast_path.TURN
            path.make(asked(), None, lambda _asked: None)
            same.took.append(took)  # here, or in the thread
        return len(made)

    return times


LONG = 1.5 * fast_path.QUICK


def test_what_takes_long_goes_to_a_thread(making_takes):
    assert making_takes(LONG, LONG, LONG, LONG, LONG) == again.LAST


def test_and_comes_back_when_it_takes_long_no_more(making_takes):
    assert making_takes(LONG, LONG, LONG, LONG, 0, 0, LONG, 0) == again.LAST + 3


def test_those_who_wait_for_the_same_do_not_make_it_slower(path):
    slow_once = kept(LONG)
    path.until = time.perf_counter() + fast_path.TURN
    assert not any(path.takes_long(slow_once) for _one in range(10))


def test_a_turn_has_an_end(path, monkeypatch):
    left = []
    monkeypatch.setattr(making, "to_make_at_once", lambda *_given: kept())
    path.until = time.perf_counter() - 1
    path.make(asked(), None, left.append)
    assert len(left) == 1


def test_what_goes_wrong_goes_to_a_thread_and_into_the_log(path, monkeypatch, caplog):
    def wrongly(*_given: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(fast_path, "asked_for", wrongly)
    request = asked()
    path.answer([request])
    assert path.handed == [request]
    assert "ZeroDivisionError" in caplog.text
