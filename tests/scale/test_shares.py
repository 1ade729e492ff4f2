"""Clients are spread over a server's workers, and wait for none that takes no more."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from config.serving import shares
from config.serving.shares import PLACES, Share

from ..safety.databases import empty_place, manage, serving
from ..torture.stages import workers

CLIENTS, ESTABLISHED = 16, "01"
ENOUGH = CLIENTS // 4  # of each of two workers: half, where neither is kept from its core
PATIENCE = 60  # seconds, on a machine with much else to do


@pytest.fixture
def two() -> tuple[Share, Share]:
    table = memoryview(bytearray(PLACES * 8)).cast("i")
    found = Share(1, table), Share(2, table)
    for share in found:
        share.tell(0)
    return found


@pytest.fixture
def clock(monkeypatch):
    """Sets the time of day."""
    now = [0.0]
    monkeypatch.setattr(shares.time, "monotonic", lambda: now[0])
    return lambda seconds: now.__setitem__(0, seconds)


def test_who_has_more_leaves_the_next_one_for_a_moment(two, clock):
    one, other = two
    one.tell(1)
    clock(10)
    assert one.leaves_next(1)
    assert not other.leaves_next(0)
    clock(10 + shares.CHANCE / 2)
    assert one.leaves_next(1)
    clock(10 + shares.CHANCE)
    assert not one.leaves_next(1)  # it is busy
    assert one.leaves_next(2)  # but the one after it is left to it again


def test_a_client_that_comes_later_is_another_one(two, clock):
    one, _other = two
    clock(10)
    assert one.leaves_next(1)
    clock(10 + shares.PASSED + shares.CHANCE)
    assert one.leaves_next(1)


def test_equal_shares_are_no_reason_to_wait(two):
    one, other = two
    other.tell(3)
    assert not one.leaves_next(3)
    assert one.leaves_next(4)


def test_one_worker_too_many_waits_for_none_of_its_place(two):
    one, _other = two
    last = Share(1 + PLACES, one.table)
    last.tell(0)
    assert not one.leaves_next(0)
    assert one.place == last.place


def test_nothing_is_left_to_who_takes_no_more(two):
    one, other = two
    other.leave()
    assert not one.leaves_next(5)


def test_nothing_is_left_to_the_dead(two):
    one, other = two
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    other.table[other.place] = ended.pid
    assert not one.leaves_next(5)


@pytest.mark.django_db(transaction=True)
def test_workers_share_their_clients(tmp_path):
    with empty_place(tmp_path, "shares") as database:
        assert manage(database, "migrate", "-v0").returncode == 0
        with serving(database, workers=2) as (site, process):
            until(lambda: min(shares_of(site, process)) >= ENOUGH)  # once both have begun
            killed = workers(process)[0]
            os.kill(killed, signal.SIGKILL)
            until(lambda: killed not in workers(process) and len(workers(process)) == 2)
            until(lambda: min(shares_of(site, process)) >= ENOUGH)  # with the new one


def shares_of(site: str, process: subprocess.Popen) -> list[int]:
    """How many clients each worker has, when some more have come at once; then they go."""
    address, mine = urlsplit(site), workers(process)
    with ExitStack() as stack:
        for _client in range(CLIENTS):
            place = address.hostname, address.port
            stack.enter_context(socket.create_connection(place, timeout=10))
        until(lambda: sum(len(clients(site, pid)) for pid in mine) == CLIENTS)
        found = [len(clients(site, pid)) for pid in mine]
    until(lambda: not any(clients(site, pid) for pid in mine))
    return found


def clients(site: str, pid: int) -> set[str]:
    """The connections to the site that a worker has accepted."""
    port = f":{urlsplit(site).port:04X}"
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    accepted = {row[9] for row in rows if row[1].endswith(port) and row[3] == ESTABLISHED}
    links = []
    with suppress(OSError):  # closed meanwhile
        for link in Path(f"/proc/{pid}/fd").iterdir():
            links.append(os.readlink(link))
    return {link[8:-1] for link in links if link.startswith("socket:")} & accepted


def until(what):
    """What it says once it says something; AssertionError where it never does."""
    end = time.monotonic() + PATIENCE
    while not (found := what()):
        assert time.monotonic() < end
        time.sleep(0.02)
    return found
