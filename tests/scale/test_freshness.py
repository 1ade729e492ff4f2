"""Readers while something is published: every answer is that of one version of the record."""

from threading import Barrier, Event, Thread

import orjson
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory

from timeline import ledger
from timeline.freshness import FreshnessMiddleware
from timeline.models import Entry
from timeline.remembering import answers

from ..record.appending import BY, add, change
from .asking import ask

READERS, PUBLICATIONS = 3, 15
ADDRESS = "/api/v1/events/?page_size=500"


@pytest.mark.django_db
def test_an_answer_during_which_something_is_published_is_made_again():
    """The view publishes in its first run: what it then answers is of two versions."""
    add("a")
    seen = []

    def view(request) -> HttpResponse:
        seen.append(request.newest[0])
        if len(seen) == 1:
            add("b")
        return HttpResponse(f"version {request.newest[0]}")

    answers.clear()
    middleware = FreshnessMiddleware(view)
    response = middleware(RequestFactory().get("/api/v1/x"))
    newest = Entry.objects.newest()[0]
    assert response.content.decode() == f"version {newest}"
    assert seen == [newest - 1, newest]
    again = middleware(RequestFactory().get("/api/v1/x"))
    assert (again.content, again["ETag"], len(seen)) == (response.content, response["ETag"], 2)


@pytest.mark.django_db
def test_an_answer_that_never_comes_to_rest_is_sent_but_not_remembered():
    numbers = iter("abcdefgh")

    def view(request) -> HttpResponse:
        add(next(numbers))
        return HttpResponse("always another")

    answers.clear()
    response = FreshnessMiddleware(view)(RequestFactory().get("/api/v1/x"))
    assert (response.content, response["Cache-Control"]) == (b"always another", "no-store")
    assert "ETag" not in response
    assert not answers.kept and not answers.making


@pytest.mark.django_db(transaction=True)
def test_one_of_many_who_ask_at_once_makes_the_answer(monkeypatch):
    add("a")
    monkeypatch.setattr("timeline.freshness.Entry.objects.newest", lambda: (1, None))
    made, entered, barrier = [], Event(), Barrier(READERS)

    def view(request) -> HttpResponse:
        made.append(request)
        entered.wait(0.3)  # long enough for the others to ask too
        return HttpResponse("an answer")

    middleware, given = FreshnessMiddleware(view), []

    def ask() -> None:
        barrier.wait(10)
        given.append(middleware(RequestFactory().get("/api/v1/x")).content)

    answers.clear()
    run([Thread(target=ask) for _ in range(READERS)])
    assert (len(made), given) == (1, [b"an answer"] * READERS)
    assert not answers.making


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="its tests share one connection")
@pytest.mark.parametrize("asked", [lambda: Client().get(ADDRESS).content, lambda: ask(ADDRESS)[2]])
@pytest.mark.django_db(transaction=True)
def test_readers_never_get_another_version_than_the_answer_says(asked):
    """Each publication adds one event, so the number of events tells the version."""
    add("first")
    done, answered, wrong, read = Event(), Event(), [], []
    start = Entry.objects.newest()[0]

    def reader() -> None:
        floor = 0
        while not done.is_set():
            floor = max(floor, version_now())
            answer = orjson.loads(asked())
            version, number = answer["meta"]["version"], len(answer["results"])
            read.append(version)
            answered.set()
            if number != version - start + 1 or version < floor:
                wrong.append((version, number, floor))
        connection.close()

    def writer() -> None:
        for number in range(PUBLICATIONS):
            ledger.append_all([change(f"more-{number}")], BY, "published meanwhile")
            answered.wait(5)
            answered.clear()
        done.set()
        connection.close()

    run([*(Thread(target=reader) for _ in range(READERS)), Thread(target=writer)])
    assert wrong == []
    assert len(set(read)) > PUBLICATIONS // 2


def version_now() -> int:
    return Entry.objects.newest()[0]


def run(threads: list[Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
