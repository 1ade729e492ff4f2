"""The server's own bounds: how long a client may take, and a statement of the database."""

import errno
import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from types import SimpleNamespace

import pytest
from django.conf import settings
from gunicorn.config import Config

from config.databases import SMALL_QUESTIONS
from config.serving import patient
from config.serving.patient import MAX_HEAD, MAX_WAITED_BODY, PatientWorker, missing, overdue

from .databases import environment, serving

HEAD = b"POST /admin/login/ HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n"


@pytest.mark.parametrize(
    ("there", "more"),
    [
        (b"", 1),
        (b"GET / HTTP/1.1\r\nHost: a\r\n", 1),
        (b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", 0),
        (HEAD % 10, 10),
        (HEAD % 10 + b"123456789", 1),
        (HEAD % 10 + b"1234567890", 0),
        (HEAD % 10**9, MAX_WAITED_BODY),
        (b"GET / HTTP/1.1\r\nX: 1\r\ncontent-length:7\r\n\r\n", 7),
    ],
)
def test_a_request_begins_when_it_is_whole(there, more):
    assert missing(there) == more


def test_an_endless_head_is_waited_for_no_longer():
    assert missing(b"X" * (MAX_HEAD - 1)) == 1
    assert missing(b"X" * MAX_HEAD) == 0  # a thread refuses it


@pytest.mark.parametrize(
    ("name", "value"), [("bind", ["unix:/tmp/x.sock"]), ("certfile", "server.pem")]
)
def test_what_it_cannot_serve_it_refuses_at_the_start(name, value):
    cfg = Config()
    PatientWorker.check_config(cfg, None)
    cfg.settings[name].value = value
    with pytest.raises(RuntimeError, match="put a proxy before it"):
        PatientWorker.check_config(cfg, None)


@pytest.fixture
def connected() -> tuple:
    """A worker that only accepts, and a client of it."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)
    found = PatientWorker(0, os.getpid(), [listener], None, 30, Config(), None)
    found.poller = patient.selectors.DefaultSelector()
    client = socket.create_connection(listener.getsockname())
    found.accept(listener)
    yield found, client
    for opened in (client, listener, *(conn.sock for conn in found.pending_conns)):
        opened.close()


def test_many_clients_are_welcomed_at_once_but_not_all(connected):
    found, client = connected
    address = client.getpeername()
    with ExitStack() as stack:
        for _number in range(patient.ACCEPTED_AT_ONCE + 3):
            stack.enter_context(socket.create_connection(address))
        found.accept(found.sockets[0])
        assert found.nr_conns == 1 + patient.ACCEPTED_AT_ONCE
        found.accept(found.sockets[0])
        assert found.nr_conns == 1 + patient.ACCEPTED_AT_ONCE + 3


def test_where_no_more_can_be_accepted_the_worker_goes_on(connected):
    found, _client = connected
    warned = []
    found.log = SimpleNamespace(warning=lambda *told: warned.append(told))

    class Full:
        def accept(self):
            raise OSError(errno.EMFILE, "Too many open files")

    found.accept(Full())
    assert (len(warned), found.nr_conns) == (1, 1)


def test_a_body_that_stops_coming_ends_its_thread(connected, monkeypatch):
    found, _client = connected
    conn = found.pending_conns[0]
    patience = conn.sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, 16)
    assert patience[0] == patient.SILENT_SECONDS


def test_who_takes_too_long_is_cut(connected):
    found, client = connected
    conn = found.pending_conns[0]
    found.busy[conn] = time.monotonic() + patient.REQUEST_SECONDS
    found.murder_pending()
    assert conn in found.busy
    found.busy[conn] = time.monotonic() - 1
    found.murder_pending()
    client.settimeout(5)
    assert (client.recv(1), found.busy) == (b"", {})


def test_those_whose_time_is_over_are_taken_out():
    now = time.monotonic()
    conns = {"late": now - 1, "early": now + 60}
    assert (overdue(conns), list(conns)) == (["late"], ["early"])


POST = b"POST /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n"
SECOND = b"0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
AMBIGUOUS = {
    "a length and chunks": POST
    + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
    + SECOND,
    "two lengths": POST + b"Content-Length: 5\r\nContent-Length: 0\r\n\r\n" + SECOND,
    "a space before the colon": POST + b"Transfer-Encoding : chunked\r\n\r\n" + SECOND,
    "a length with a sign": POST + b"Content-Length: +5\r\n\r\n" + SECOND,
    "chunks under another name": POST + b"Transfer-Encoding: xchunked\r\n\r\n" + SECOND,
}


def test_a_request_that_could_end_in_two_places_is_refused(tmp_path):
    with serving(f"sqlite:///{tmp_path}/none.sqlite3") as (address, _process):
        found = {name: statuses(address, raw) for name, raw in AMBIGUOUS.items()}
        plain = statuses(address, POST.replace(b"POST", b"GET") + b"Connection: close\r\n\r\n")
    refused = {name: answers for name, answers in found.items() if answers[0] in (400, 501)}
    assert (found, plain) == (refused, [200])
    assert {len(answers) for answers in found.values()} == {1}


def statuses(address: str, raw: bytes) -> list[int]:
    """Of all answers that come until the server closes."""
    host, _colon, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as client:
        client.sendall(raw)
        with client.makefile("rb") as answer:
            lines = answer.read().splitlines()
    return [int(line.split()[1]) for line in lines if line.startswith(b"HTTP/1.1 ")]


@pytest.mark.parametrize(("given", "seconds"), [({}, "30"), ({"STATEMENT_TIMEOUT": "5"}, "5")])
def test_the_web_bounds_its_statements(given, seconds):
    code = (
        "import config.wsgi; from django.conf import settings; "
        "print(settings.DATABASES['default']['OPTIONS']['options'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env=environment("postgres://nobody@127.0.0.1:1/nothing", **given),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == f"{SMALL_QUESTIONS} -c statement_timeout={seconds}s"
