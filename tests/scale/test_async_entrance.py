"""The entrance of an event loop answers as the usual one, and never what is no longer so."""

import asyncio
import subprocess
import sys
from http.client import HTTPConnection
from threading import Event, Thread
from urllib.parse import urlsplit

import orjson
import pytest
from a2wsgi.wsgi import Body, build_environ

from config.async_entrance import environ_of, in_ascii, whole
from timeline import keys

from ..safety.databases import environment, serving
from ..torture.stages import stage

ASGI = ["--worker-class=asgi", "config.asgi:application"]
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
    ("GET", "/en/%EA%B0%95/", {}),
    ("POST", "/api/v1/events/", {}),
    ("GET", "/admin/login/", {}),
    ("GET", "/healthz", {}),
]
READERS, ROUNDS = 4, 8


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


@pytest.mark.django_db(transaction=True)
def test_both_entrances_answer_alike(tmp_path):
    with (
        stage(tmp_path, "alike", 7) as (database, _events),
        serving(database) as (usual, _process),
        serving(database, arguments=ASGI) as (other, _process),
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


@pytest.mark.django_db(transaction=True)
def test_no_answer_is_older_than_what_was_acknowledged_when_it_was_asked(tmp_path):
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
        serving(database, arguments=ASGI) as (site, _process),
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


def test_both_understand_a_request_alike():
    headers = [(b"host", b"a.example"), (b"accept", b"text/csv"), (b"accept", b"*/*"),
               (b"if-none-match", b'"x"'), (b"accept-encoding", b"gzip"),
               (b"origin", b"https://b.example"), (b"x-forwarded-proto", b"https")]  # fmt: skip
    scope = {"method": "GET", "path": "/api/v1/강/", "root_path": "", "scheme": "https",
             "query_string": b"b=%20&a=1", "headers": headers, "http_version": "1.1"}  # fmt: skip
    usual = build_environ(scope, Body(None, None))
    mine = environ_of(scope)
    version = (7, None)
    key = keys.key_of(mine, "a.example", version)
    assert key == keys.key_of(usual, "a.example", version)
    for name, value in mine.items():
        assert usual[name] == value


def test_bytes_that_are_no_ascii_are_understood_as_they_ought_to_have_been_sent():
    for sent, meant in (("강=제&b=%20".encode(), b"%EA%B0%95=%EC%A0%9C&b=%20"), (b"\xff", b"%FF")):
        scope = {"type": "http", "query_string": sent}
        assert in_ascii(scope) == scope | {"query_string": meant}
    assert in_ascii({"type": "lifespan"}) == {"type": "lifespan"}


def test_a_body_that_breaks_off_is_no_body():
    messages = iter([{"type": "http.request", "body": b"a", "more_body": True},
                     {"type": "http.disconnect"}])  # fmt: skip

    async def receive() -> dict:
        return next(messages)

    async def read() -> None:
        received = whole(receive)
        assert (await received())["body"] == b"a"
        with pytest.raises(ConnectionResetError):
            await received()

    asyncio.run(read())
