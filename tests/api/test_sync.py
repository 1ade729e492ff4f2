"""A copy is kept in sync with a live server while the record is edited, and ends equal to it."""

import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import orjson
import pytest
from django.db import connection

from disputes.publishing import publish, withdraw
from timeline import record_types

from ..factories import EDITOR, make_actor, make_event

pytestmark = pytest.mark.django_db(transaction=True)


class Copy:
    """All that a stranger needs: two addresses and a number."""

    def __init__(self, root: str, turn: AbstractContextManager) -> None:
        self.root, self.since, self.turn = root, 0, turn
        self.documents: dict[tuple[str, str], Any] = {}

    def get(self, address: str) -> Any:
        with self.turn, urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 (ours)
            return orjson.loads(answer.read())

    def sync(self) -> None:
        address = f"{self.root}changes/?since={self.since}&page_size=3"
        while address:
            answer = self.get(address)
            for change in answer["results"]:
                name, self.since = (change["type"], change["key"]), change["id"]
                if change["withdrawn"]:
                    self.documents.pop(name, None)
                else:
                    self.documents[name] = change["document"]
            address = answer["next"]

    def published(self) -> dict[tuple[str, str], Any]:
        """What the server's lists say, page by page."""
        found = {}
        for record_type in record_types.all_types():
            address = f"{self.root}{record_type.plural}/?ordering=key"
            while address:
                answer = self.get(address)
                found |= {(d["type"], d["key"]): d for d in answer["results"]}
                address = answer["next"]
        for document in found.values():
            document.pop({"dispute": "status", "commitment": "fulfilment"}.get(document["type"]), 0)
        return found


def edits() -> Iterator[None]:
    """Publications, corrections and withdrawals, one after the other."""
    for number in range(6):
        event = make_event(key=f"event-of-{number}")
        yield
        actor = make_actor(key=f"actor-of-{number}")
        yield
        event.title_en = f"Corrected {number}"
        event.save()
        publish(event, EDITOR, "a correction")
        yield
        if number % 2:
            withdraw(actor, EDITOR, "a mistake")
            yield
            publish(actor, EDITOR, "it was none")
        if number % 3 == 0:
            withdraw(event, EDITOR, "entered twice")
        yield


def a_turn() -> AbstractContextManager:
    """On PostgreSQL nobody waits. Tests on SQLite share one connection in memory: one at a time."""
    return threading.Lock() if connection.vendor == "sqlite" else nullcontext()


def test_a_copy_follows_the_record_while_it_is_edited(live_server):
    make_event(key="from-the-start")
    turn = a_turn()
    copy = Copy(f"{live_server.url}/api/v1/", turn)
    copy.sync()
    assert ("event", "from-the-start") in copy.documents
    done, rounds = threading.Event(), []

    def follow() -> None:
        while not done.is_set():
            copy.sync()
            rounds.append(copy.since)
            time.sleep(0.005)

    follower = threading.Thread(target=follow)
    follower.start()
    try:
        steps = edits()
        while True:
            with turn:
                if next(steps, steps) is steps:
                    break
            time.sleep(0.02)
    finally:
        done.set()
        follower.join()
    copy.sync()
    assert copy.documents == copy.published()
    assert len(set(rounds)) > 1  # it saw states between the first and the last
