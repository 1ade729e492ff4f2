"""Without a thread a request is answered as with one, and never by what is no longer so."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, parse_headers
from threading import Event, Thread
from urllib.parse import urlsplit

import orjson
import pytest

from ..safety.databases import environment, serving
from ..torture.stages import stage

pytestmark = pytest.mark.django_db(transaction=True)
THREADS_ALONE = ["--access-logfile=/dev/null"]  # whoever wants gunicorn's own log gets its threads
OWN = {
    "content-security-policy",
    "date",
    "server",
    "x-request-id",
    "connection",
    "keep-alive",
    "transfer-encoding",
}
QUESTIONS = [
    ("GET", "/api/v1/events/", {}),
    ("GET", "/api/v1/events/", {"Accept-Encoding": "gzip"}),
    ("GET", "/api/v1/events/?page_size=2&ordering=-date", {"Origin": "https://example.org"}),
    ("HEAD", "/api/v1/events/", {}),
    ("GET", "/api/v1/events.csv", {}),
    ("GET", "/api/v1/events/?nothing=1", {}),
    ("GET", "/ko/", {"Accept-Language": "ko"}),
    ("GET", "/en/search/?q=%EA%B0%95%EC%A0%9C", {}),
    ("GET", "/api/v1/events/", {"Connection": "close"}),
    ("GET", "/en/%EA%B0%95/", {}),
    ("POST", "/api/v1/events/", {}),
    ("GET", "/admin/login/", {}),
    ("GET", "/healthz", {}),
]
READERS, ROUNDS = 4, 5


# Of a policy, each process has its own order.
def ask(site: str, method: str, path: str, given: dict[str, str]) -> tuple:
    """Status, headers but what a server says of itself, body."""
    http = HTTPConnection(urlsplit(site).netloc, timeout=20)
    http.request(method, path, headers=given)
    answer = http.getresponse()
    headers = {n.lower(): v for n, v in answer.getheaders() if n.lower() not in OWN}
    found = answer.status, headers, answer.read()
    http.close()
    return found


def test_both_ways_answer_alike(tmp_path):
    with (
        stage(tmp_path, "alike", 7) as (database, _events),
        serving(database, arguments=THREADS_ALONE) as (usual, _process),
        serving(database) as (other, _process),
    ):
        for method, path, given in QUESTIONS:
            given = given | {"Host": "127.0.0.1"}
            expected = ask(usual, method, path, given)
            for _time in ("made", "from memory", "again"):
                found = ask(other, method, path, given)
                if "csrf" not in str(expected[2]):
                    assert found == expected, (method, path)
                assert found[0] == expected[0]
            if etag := expected[1].get("etag"):
                known = given | {"If-None-Match": etag}
                assert ask(other, method, path, known)[0] == 304
                assert ask(other, method, path, known) == ask(usual, method, path, known)


@pytest.mark.parametrize("anew", [{}, {"ANSWERS_IN_MEMORY": "0"}], ids=["kept", "made anew"])
def test_no_answer_is_older_than_what_was_acknowledged_when_it_was_asked(tmp_path, anew):
    """A writer gives event after event the number of its round, and says so after each commit."""
    acknowledged: dict[str, int] = {}
    enough, wrong, seen = Event(), [], set()

    def read(site: str) -> None:
        while not enough.is_set():
            floor = dict(acknowledged)
            answer = orjson.loads(ask(site, "GET", "/api/v1/events/", {})[2])
            titles = {e["key"]: e["title"]["en"] for e in answer["results"]}
            rounds = {key: int(title.removeprefix("Written ")) for key, title in titles.items()
                      if title.startswith("Written ")}  # fmt: skip
            seen.add((answer["meta"]["version"], sum(rounds.values())))
            wrong.extend(key for key, least in floor.items() if rounds.get(key, 0) < least)

    with (
        stage(tmp_path, "stale", 5) as (database, _events),
        serving(database, **anew) as (site, _process),
        subprocess.Popen(
            [sys.executable, "-m", "tests.scale.publishing_on"],
            env=environment(database),
            stdout=subprocess.PIPE,
            text=True,
        ) as writer,
    ):
        readers = [Thread(target=read, args=[site]) for _ in range(READERS)]
        for reader in readers:
            reader.start()
        for line in writer.stdout:
            key, number = line.split()
            acknowledged[key] = int(number)
            if int(number) > ROUNDS:
                break
        enough.set()
        for reader in readers:
            reader.join(30)
        writer.terminate()
    assert wrong == []
    assert len(seen) > ROUNDS  # versions that were read
    assert len({version - written for version, written in seen}) == 1  # each agrees with itself


@contextmanager
def connected(site: str) -> Iterator[socket.socket]:
    host, _colon, port = urlsplit(site).netloc.partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as client:
        yield client


def request(path: str, *lines: str) -> bytes:
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *lines, "", ""]).encode()


def answers_to(client: socket.socket, number: int) -> list[tuple[int, bytes]]:
    """Status and body of so many answers that follow each other."""
    found = []
    with client.makefile("rb") as file:
        for _one in range(number):
            status, headers = int(file.readline().split()[1]), parse_headers(file)
            found.append((status, file.read(int(headers["Content-Length"]))))
    return found


LIST, DETAIL = "/api/v1/events/", "/api/v1/events/site-1/"


@pytest.fixture(scope="module")
def kept() -> Iterator[tuple[ExitStack, dict[str, str]]]:
    """What lasts for all tests here, and what they have called it."""
    with ExitStack() as stack:
        yield stack, {}


@pytest.fixture
def site(kept, tmp_path_factory) -> str:
    """With one thread; two answers are in memory."""
    stack, found = kept
    if "site" not in found:
        place = stage(tmp_path_factory.mktemp("site"), "site", 7)
        database, _events = stack.enter_context(place)
        server = serving(database, arguments=["--threads=1"])
        found["site"], _process = stack.enter_context(server)
        for path in (LIST, DETAIL):
            assert ask(found["site"], "GET", path, {"Host": "127.0.0.1"})[0] == 200
    return found["site"]


def test_what_is_known_needs_no_thread(site):
    slow = request("/healthz").replace(b"GET", b"POST")
    slow = slow[:-2] + b"Content-Length: 100000\r\n\r\n" + b"x" * 66_000
    with connected(site) as busy:
        busy.sendall(slow)  # the only thread waits for the rest
        time.sleep(0.5)
        begun = time.monotonic()
        assert ask(site, "GET", LIST, {"Host": "127.0.0.1"})[0] == 200
        assert time.monotonic() - begun < 3


def test_a_beginning_that_follows_a_request_takes_no_thread(site):
    with connected(site) as slow:
        slow.sendall(request("/healthz") + b"G")
        assert answers_to(slow, 1)[0][0] == 200
        begun = time.monotonic()
        assert ask(site, "GET", "/healthz", {"Host": "127.0.0.1"})[0] == 200  # by the only thread
        assert time.monotonic() - begun < 3
        slow.sendall(request(LIST)[1:] + request("/healthz"))
        assert [status for status, _body in answers_to(slow, 2)] == [200, 200]


def test_requests_that_follow_at_once_are_answered_in_their_order(site):
    with connected(site) as client:
        client.sendall(request(LIST) + request("/en/") + request(DETAIL) + request(LIST))
        found = answers_to(client, 4)
        client.sendall(request(LIST))  # and the connection goes on
        time.sleep(0.3)
        client.sendall(request(DETAIL))
        found += answers_to(client, 2)
    assert [status for status, _body in found] == [200] * 6
    assert found[0] == found[3] == found[4]
    assert found[2] == found[5] != found[0]


def test_a_request_that_comes_in_parts_is_waited_for(site):
    whole = request(LIST)
    with connected(site) as client:
        for _time in range(2):
            for place in range(0, len(whole), 20):
                client.sendall(whole[place : place + 20])
                time.sleep(0.02)
            assert answers_to(client, 1)[0][0] == 200


def test_who_does_not_read_keeps_nobody_waiting_and_gets_all(site):
    many = 1000  # answers of 10 kB and more: more than both sides' buffers

    def send_all() -> None:
        for _one in range(many):
            client.sendall(request(LIST))
            time.sleep(0.002)  # one by one

    with connected(site) as client:
        sender = Thread(target=send_all)
        sender.start()
        time.sleep(3)
        begun = time.monotonic()
        for path in (LIST, "/healthz"):  # without a thread, and by the only one
            assert ask(site, "GET", path, {"Host": "127.0.0.1"})[0] == 200
        assert time.monotonic() - begun < 3
        found = answers_to(client, many)
        sender.join(20)
    assert len(set(found)) == 1


def test_who_goes_away_before_the_answer_harms_nobody(site):
    for _time in range(50):
        with connected(site) as client:
            client.sendall(request(LIST))
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    assert ask(site, "GET", LIST, {"Host": "127.0.0.1"})[0] == 200


def test_known_answers_are_counted_and_have_their_lines(tmp_path):
    log = tmp_path / "log"
    with (
        stage(tmp_path, "counted", 2) as (database, _events),
        serving(database, log=log, METRICS="1", LOG_FORMAT="json") as (site, _process),
    ):
        given = {"Host": "127.0.0.1", "X-Request-ID": "from-the-proxy"}
        for _time in range(5):
            ask(site, "GET", LIST, given)
        told = ask(site, "GET", "/metrics", {"Host": "127.0.0.1"})[2].decode()
    assert 'tracker_public_answers_total{source="memory"} 4.0' in told
    lines = [orjson.loads(line) for line in log.read_bytes().splitlines() if line[:1] == b"{"]
    mine = [line for line in lines if line.get("request_id") == "from-the-proxy"]
    assert [line["status"] for line in mine] == [200] * 5
    assert len({line["bytes"] for line in mine}) == 1
