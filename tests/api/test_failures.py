"""What no view answers is a problem document too, wherever in the tracker it fails."""

import pytest
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError, OperationalError
from django.test import Client

from timeline.entries import EntryManager

pytestmark = pytest.mark.django_db


def asked(address: str, **headers: str):
    return Client(raise_request_exception=False, headers=headers).get(address)


def test_a_host_that_is_not_ours():
    response = asked("/api/v1/events/", Host="evil.example")
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json() == {
        "type": "about:blank",
        "title": "Bad request",
        "status": 400,
        "detail": "The request cannot be read.",
        "instance": "/api/v1/events/",
        "errors": [],
    }


@pytest.mark.parametrize(("error", "status"), [(OperationalError, 503), (DatabaseError, 500)])
@pytest.mark.parametrize("address", ["/api/v1/events/", "/api/v1/nothing", "/api/v1/docs/"])
def test_a_database_that_is_away_or_fails(monkeypatch, address, error, status):
    def away(_entries):
        raise error("password of the database")

    monkeypatch.setattr(EntryManager, "newest", away)
    response = asked(address, Origin="https://example.org")
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert (response["Cache-Control"], response["Content-Language"]) == ("no-store", "en")
    assert b"password" not in response.content
    assert response.json()["instance"] == address


def test_pages_fail_as_pages(monkeypatch):
    assert asked("/en/events/", Host="evil.example").status_code == 400
    monkeypatch.setattr(EntryManager, "newest", lambda _entries: 1 / 0)
    response = asked("/en/events/")
    assert (response.status_code, response["Content-Type"]) == (500, "text/html; charset=utf-8")


def test_a_database_that_leaves_a_middleware_alone_is_away_too(monkeypatch):
    def away(_middleware, _request):
        raise OperationalError("password of the database")

    monkeypatch.setattr(SessionMiddleware, "process_request", away)
    response = asked("/admin/")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert b"password" not in response.content
