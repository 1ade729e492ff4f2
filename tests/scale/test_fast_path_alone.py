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
    return Asked(None, environ, key=("1", "an address"))


def test_what_takes_long_goes_to_a_thread(path, monkeypatch):
    kept, made, left = SimpleNamespace(slow=0), [], []

    def slowly(*_given, **_named) -> None:
        made.append(1)
        time.sleep(1.5 * fast_path.QUICK)

    monkeypatch.setattr(making, "to_make_at_once", lambda *_given: kept)
    monkeypatch.setattr(making, "made_now", slowly)
    for _time in range(fast_path.TOO_OFTEN + 2):
        path.make(asked(), None, left.append)
    assert (len(made), len(left)) == (fast_path.TOO_OFTEN, fast_path.TOO_OFTEN + 2)


def test_once_in_a_while_it_may_take_long(path, monkeypatch):
    kept, seconds = SimpleNamespace(slow=0), [0.03, 0.03, 0, 0.03, 0.03, 0]
    monkeypatch.setattr(making, "to_make_at_once", lambda *_given: kept)
    monkeypatch.setattr(making, "made_now", lambda *_given, **_named: time.sleep(seconds.pop()))
    for _time in range(6):
        path.make(asked(), None, lambda _asked: None)
    assert seconds == []


def test_what_goes_wrong_goes_to_a_thread_and_into_the_log(path, monkeypatch, caplog):
    def wrongly(*_given: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(fast_path.keys, "key_of", wrongly)
    request = asked()
    path.answer([request])
    assert path.handed == [request]
    assert "ZeroDivisionError" in caplog.text
