"""The tracker on several PostgreSQL servers: its own cluster, published on and read from."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

import orjson
import pytest
from django.conf import settings

from deploy.cluster import Cluster, running

from ..safety.databases import environment, manage

# One process has them all, one cluster after the other.
on_a_cluster = (pytest.mark.cluster, pytest.mark.xdist_group("cluster"))
NAME = "tracker"
EVENTS = "/api/v1/events/?page_size=500"


@contextmanager
def recorded(replicas: int = 2, synchronous: int = 0) -> Iterator[Cluster]:
    """A cluster with the tracker's database and a record of every type in it."""
    with running(replicas, synchronous) as cluster:
        cluster.create_database(NAME)
        done = manage(cluster.primary.url(NAME), "migrate", "-v0")
        assert done.returncode == 0, done.stderr
        publish(cluster, "everything")
        cluster.catch_up()
        yield cluster


def addresses(cluster: Cluster) -> dict[str, str]:
    """The variables of a web node: whoever leads, and the replicas."""
    replicas = ",".join(node.url(NAME) for node in cluster.replicas)
    return {"DATABASE_URL": cluster.url(NAME), "DATABASE_REPLICA_URLS": replicas}


def publish(cluster: Cluster, *keys: str) -> None:
    """Publish events of these keys on the primary."""
    subprocess.run(
        [sys.executable, "-m", "tests.scale.publishing", *keys],
        cwd=settings.BASE_DIR,
        env=environment(cluster.primary.url(NAME)),
        check=True,
    )


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return orjson.loads(self.body)

    @property
    def said(self) -> tuple[int, int]:
        """The version that an answer about events claims, and how many events it has."""
        return self.json["meta"]["version"], len(self.json["results"])


class Reader:
    """One connection to a site, opened again when it is cut."""

    def __init__(self, site: str) -> None:
        self.connection = HTTPConnection(urlsplit(site).netloc, timeout=30)

    def ask(self, path: str, **headers: str) -> Answer:
        self.connection.request(
            "GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )
        response = self.connection.getresponse()
        return Answer(response.status, dict(response.getheaders()), response.read())


def ask(site: str, path: str = EVENTS, **headers: str) -> Answer:
    reader = Reader(site)
    try:
        return reader.ask(path, **headers)
    finally:
        reader.connection.close()


def until(site: str, true: Callable[[dict], bool], seconds: float = 20) -> dict:
    """/readyz as soon as it says what is awaited."""
    end = time.monotonic() + seconds
    while not true(found := ask(site, "/readyz").json):
        assert time.monotonic() < end, found
        time.sleep(0.2)
    return found


def serves(found: dict) -> list[bool]:
    """Of /readyz: whether readers are sent to the primary, to each of the replicas."""
    return [database["serves"] for database in found["databases"]]


@dataclass
class Load:
    """Readers without a pause until `end`; what each got, and how long the slowest took."""

    site: str
    paths: list[str]
    statuses: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    slowest: float = 0
    headers: dict[str, str] = field(default_factory=dict)
    over: Event = field(default_factory=Event)

    def read(self, number: int) -> None:
        reader, turn = Reader(self.site), number
        while not self.over.is_set():
            turn += 1
            begun = time.monotonic()
            try:
                answer = reader.ask(self.paths[turn % len(self.paths)], **self.headers)
            except (OSError, HTTPException) as error:
                reader = Reader(self.site)
                self.faults.append(repr(error))
                continue
            self.slowest = max(self.slowest, time.monotonic() - begun)
            self.statuses.append(answer.status)


@contextmanager
def load(site: str, paths: list[str], readers: int = 4) -> Iterator[Load]:
    """Readers at work during the block; afterwards the result is whole."""
    found = Load(site, paths)
    threads = [Thread(target=found.read, args=[number]) for number in range(readers)]
    for thread in threads:
        thread.start()
    try:
        yield found
    finally:
        found.over.set()
        for thread in threads:
            thread.join(60)
