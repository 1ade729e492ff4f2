"""Many connections, and slow ones: no errors, bounded time, flat memory, nobody starves."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from subprocess import Popen
from threading import Timer
from urllib.request import urlopen

import pytest

from ..safety.databases import serving
from .figures import note
from .stages import SECONDS, memory, stage, workers
from .wrk import load

pytestmark = pytest.mark.django_db(transaction=True)
PATHS = [
    "/en/",
    "/ko/timeline/",
    "/ja/events/",
    "/api/v1/timeline/",
    "/api/v1/events/?page_size=1&q=N",  # not in memory, and different each time
    "/en/search/?q=N",
    "/healthz",
]
MOST = 500  # MB that a server with two workers may take, however slowly it came to that
FILLING = 8  # times three seconds of load, at most, until memory is full
CONNECTIONS = (16, 64, 256, 512)
SMALL = {"ANSWERS_IN_MEMORY": "8000000"}  # so that memory is full early, and must stay so


@pytest.mark.wrk
def test_many_connections_are_answered_without_errors_and_with_flat_memory(tmp_path):
    begun, said, sizes = time.monotonic(), [], []
    with (
        stage(tmp_path, "load", 30) as (database, _events),
        serving(database, workers=2, **SMALL) as (site, process),
    ):
        for _round in range(FILLING):  # until what is remembered is there
            said.append(load(site, PATHS, CONNECTIONS[0], 3, tmp_path))
            sizes.append(memory(process, "VmRSS"))
            if len(sizes) > 1 and sizes[-1] < sizes[-2] * 1.03:
                break
        filled = sizes[-1]
        for connections in CONNECTIONS:
            said.append(load(site, PATHS, connections, max(3, SECONDS), tmp_path))
            sizes.append(memory(process, "VmRSS"))
        peak = memory(process)
    print("connections:", list(zip(said, sizes, strict=True)))
    assert [answer.failed for answer in said] == [0] * len(said)
    assert min(answer.requests for answer in said) > 0
    assert max(answer.slowest for answer in said) < 15_000
    assert sizes[-1] < min(filled * 1.25 + 20, MOST)
    note("16 to 512 connections", begun, requests=sum(answer.requests for answer in said),
         failed=0, slowest_ms=max(answer.slowest for answer in said), peak_MB=peak)  # fmt: skip


@pytest.mark.wrk
def test_the_count_of_failures_sees_them(tmp_path):
    """The control: pages that are not there are failures."""
    with stage(tmp_path, "missing", 1) as (database, _events), serving(database) as served:
        said = load(served[0], ["/en/events/nothing/"], 4, 3, tmp_path)
        assert (said.failed, said.requests > 0) == (said.requests, True)


@pytest.mark.wrk
def test_reloads_under_load_fail_no_request(tmp_path):
    begun = time.monotonic()
    with (
        stage(tmp_path, "reloads", 5) as (database, _events),
        serving(database, workers=2) as (site, process),
    ):
        former, seconds = set(workers(process)), max(SECONDS, 6)
        every = list(range(2, int(seconds) - 3, 15))
        timers = [Timer(t, os.kill, [process.pid, signal.SIGHUP]) for t in every]
        for timer in timers:
            timer.start()
        said = load(site, PATHS[:4], 32, seconds, tmp_path)
        for timer in timers:
            timer.join()
        assert gone(former, process)
        peak = memory(process)
    assert (said.failed, said.requests > 0) == (0, True)
    note("reloads under load", begun, harms=len(every), requests=said.requests, failed=said.failed,
         slowest_ms=said.slowest, peak_MB=peak)  # fmt: skip


def gone(former: set[int], process: Popen) -> bool:
    """Whether the workers of before the reload have ended, within half a minute."""
    end = time.monotonic() + 30
    while former & set(workers(process)) and time.monotonic() < end:
        time.sleep(0.2)
    return former.isdisjoint(workers(process))


def let_go(client: socket.socket) -> bool:
    """Whether the server ends the connection, within half a minute."""
    client.settimeout(30)
    try:
        return client.recv(10) == b""
    except ConnectionResetError:
        return True


def beginnings() -> list[bytes]:
    """Requests that never end: half a head, half a form for the sign-in, an answer not taken."""
    form = b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5000\r\n\r\nusern"
    return [b"", b"GET /en/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ", form]


@contextmanager
def slow_clients(site: str, number: int) -> Iterator[list[socket.socket]]:
    """Open connections that have sent the beginning of a request, and hold on."""
    port = int(site.rpartition(":")[2])
    kinds = beginnings()
    with ExitStack() as stack:
        found = []
        for count in range(number):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", port), 10))
            client.sendall(kinds[count % len(kinds)])
            found.append(client)
        yield found


def answered(site: str, patience: float) -> float | None:
    """Seconds until an ordinary reader has the first page; None: not in that time."""
    begun = time.monotonic()
    try:
        with urlopen(f"{site}/en/", timeout=patience) as answer:  # noqa: S310 (ours)
            answer.read()
    except OSError:
        return None
    return time.monotonic() - begun


def drip(clients: list[socket.socket]) -> None:
    """One byte more from each that is still there."""
    for client in clients:
        try:
            client.sendall(b"x")
        except OSError:
            continue  # the server has let it go


def test_slow_clients_and_half_open_requests_starve_nobody(tmp_path):
    begun, waits, rounds = time.monotonic(), [], 0
    with (
        stage(tmp_path, "slow", 3) as (database, _events),
        serving(database, workers=1) as (site, process),
    ):
        while time.monotonic() < begun + SECONDS or not rounds:
            with slow_clients(site, 300) as clients:
                for _request in range(20):
                    drip(clients)
                    waits.append(answered(site, 10))
            rounds += 1
        peak = memory(process)
    assert None not in waits
    note("slow and half-open clients", begun, harms=300 * rounds, requests=len(waits), failed=0,
         slowest_ms=round(1000 * max(waits)), peak_MB=peak)  # fmt: skip


def test_without_the_patient_worker_slow_clients_starve_the_others(tmp_path):
    """The control: the same clients against gunicorn's own threads."""
    stock = {"GUNICORN_CMD_ARGS": "--worker-class=gthread --threads=4"}
    with (
        stage(tmp_path, "starved", 1) as (database, _events),
        serving(database, 1, **stock) as (site, _process),
        slow_clients(site, 30),
    ):
        time.sleep(0.5)
        assert answered(site, 3) is None


def test_a_client_that_never_ends_its_request_is_let_go(tmp_path):
    with (
        stage(tmp_path, "endless", 1) as (database, _events),
        serving(database) as (site, _process),
        slow_clients(site, 3) as clients,
    ):
        assert [let_go(client) for client in clients] == [True] * 3
