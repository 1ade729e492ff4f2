"""/healthz asks nobody; /readyz asks the database, the migrations and the chain."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from timeline.models import Entry

from ..factories import make_event
from ..record.tampering import tamper

pytestmark = pytest.mark.django_db


def ready() -> tuple[int, dict]:
    response = Client().get("/readyz")
    return response.status_code, response.json()


def test_a_sound_tracker_is_ready():
    make_event()
    checks = {"database": "ok", "migrations": "ok", "chain_head": "ok"}
    version = Entry.objects.head().pk
    body = {"status": "ok", "checks": checks, "database": connection.vendor, "version": version}
    assert ready() == (200, body)


def test_an_empty_record_is_ready():
    assert ready()[1]["version"] == 0


def test_a_migration_that_was_not_applied_is_named():
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")
    status, body = ready()
    assert (status, body["checks"]["database"]) == (503, "ok")
    assert body["checks"]["migrations"] == "1 not applied"
    assert "chain_head" not in body["checks"]


def test_a_head_that_does_not_follow_is_seen():
    event = make_event()
    tamper(event.key, reason="It was never so.")
    assert ready()[0] == 503
    assert ready()[1]["checks"]["chain_head"] == "does not follow from the entry before it"


def test_a_database_that_does_not_answer_is_said_without_its_words(monkeypatch):
    def fails(*_arguments: object) -> None:
        raise OperationalError("password=secret")

    monkeypatch.setattr(connection, "cursor", fails)
    response = Client().get("/readyz")
    assert (response.status_code, response.json()) == (
        503,
        {"status": "unavailable", "checks": {"database": "no answer"}},
    )
    assert Client().get("/healthz").json() == {"status": "ok"}
