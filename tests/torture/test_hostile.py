"""Hostile requests to every route, for long: each is answered in time, and none with a failure."""

import logging
import time
from collections.abc import Iterator
from secrets import randbits
from urllib.parse import quote, urlencode

import pytest
from django.contrib.auth.models import User
from django.test import Client

from timeline import views

from ..admin.pages import address, form_of
from ..factories import MAKERS, make_event
from .figures import note
from .hostile import Malice
from .stages import SECONDS

pytestmark = pytest.mark.django_db
PATIENCE = 10  # seconds for one answer


def asked(client: Client, malice: Malice) -> tuple[int, str]:
    """Status of one hostile request, and what it was."""
    method, path = malice.method(), quote(malice.path(), safe="/%")
    query = urlencode(malice.query(), doseq=True, errors="replace")
    headers = malice.headers()
    kind = headers.pop("Content-Type", "application/x-www-form-urlencoded")
    body = {} if method in ("get", "head", "trace") else {"data": query, "content_type": kind}
    arguments = {"headers": headers, **body}
    response = getattr(client, method)(f"{path}?{query}", **arguments)
    if response.streaming:
        b"".join(response)
    return response.status_code, f"{method} {path}?{query} {headers}"[:2_000]


def hostile(clients: list[Client], malice: Malice, seconds: float) -> Iterator[tuple]:
    """(status, request, seconds) of each."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        begun = time.monotonic()
        status, request = asked(malice.chance.choice(clients), malice)
        yield status, request, time.monotonic() - begun


@pytest.fixture(autouse=True)
def _unlogged() -> Iterator[None]:
    """pytest would keep a line for each of a hundred thousand refusals."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def clients() -> list[Client]:
    """A stranger, and somebody who may do everything."""
    for name, make in MAKERS.items():
        make(key=f"{name}-hostile")
    make_event(key="walked")
    staff = Client(raise_request_exception=False)
    staff.force_login(User.objects.create_superuser("staff"))
    return [Client(raise_request_exception=False), staff]


def test_no_hostile_request_is_a_failure(clients):
    begun, tried, failures, slowest = time.monotonic(), 0, [], 0.0
    for status, request, seconds in hostile(clients, Malice(randbits(32)), SECONDS):
        tried, slowest = tried + 1, max(slowest, seconds)
        failures += [(status, seconds, request)] if status >= 500 or seconds > PATIENCE else []
    assert failures == []
    note("hostile requests", begun, hostile=tried, **{"5xx": 0},
         slowest_ms=round(slowest * 1000))  # fmt: skip


def test_no_hostile_form_is_a_failure(clients):
    """Each field of the desk's forms, filled with harm and saved, then read by everybody."""
    begun, malice, tried, slowest = time.monotonic(), Malice(randbits(32)), 0, 0.0
    stranger, staff = clients
    records = [make(key=f"{name}-form") for name, make in MAKERS.items()]
    while time.monotonic() < begun + SECONDS:
        record = malice.chance.choice(records)
        form = form_of(staff.get(address(record)))
        typed = [name for name in form if "csrf" not in name and "_FORMS" not in name]
        names = malice.chance.sample(typed, malice.chance.choice([1, 1, 2, 5]))
        harm = {name: malice.text()[:20_000] for name in names}
        at = time.monotonic()
        saved = staff.post(address(record), form | harm | {"reason": malice.text()[:200]})
        read = stranger.get(f"/en/{record.document_type}s/{record.key}/")
        assert (saved.status_code < 500, read.status_code < 500) == (True, True), harm
        tried, slowest = tried + 1, max(slowest, time.monotonic() - at)
    assert slowest < PATIENCE
    note("hostile forms", begun, hostile=tried, **{"5xx": 0},
         slowest_ms=round(slowest * 1000))  # fmt: skip


def test_a_failure_is_seen_among_hostile_requests(clients, monkeypatch):
    """The control: a page that fails is found."""

    def fails(*_arguments: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(views.slices, "of", fails)
    assert any(status == 500 for status, *_rest in hostile(clients, Malice(1), 60))
