"""The security log: who signed in, who was refused, who published; never what somebody typed."""

import json
import logging

import pytest
from django.contrib.auth.models import User
from django.test import Client

from config.logs import JsonFormatter
from disputes import publishing
from timeline import ledger
from timeline.models import Entry

from ..factories import make_event
from .databases import empty_place, manage

pytestmark = pytest.mark.django_db
SECRET = "correct horse battery staple"
OTHER = "another-long-secret-phrase"


@pytest.fixture
def lines(caplog) -> list[dict]:
    """What is written, as it is written; the whole of the log, not the security log alone."""
    found: list[dict] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(json.loads(JsonFormatter().format(record)))

    root, tracker, handler = logging.getLogger(), logging.getLogger("tracker"), Kept()
    former = tracker.level
    root.addHandler(handler)
    tracker.setLevel(logging.INFO)
    yield found
    root.removeHandler(handler)
    tracker.setLevel(former)


@pytest.fixture
def editor() -> User:
    return User.objects.create_superuser("kim", password=SECRET)


def events(lines: list[dict]) -> list[tuple]:
    return [
        (line["message"], line.get("account"), line.get("user"), line.get("address"))
        for line in lines
        if line["logger"] == "tracker.security"
    ]


def sign_in(client: Client, name: str, password: str) -> int:
    return client.post("/admin/login/", {"username": name, "password": password}).status_code


def test_signing_in_and_out(editor, lines):
    client = Client(REMOTE_ADDR="192.0.2.7")
    assert sign_in(client, "kim", SECRET) == 302
    client.post("/admin/logout/")
    first, second = events(lines)
    assert first == ("signed in", "kim", "kim", "192.0.2.7")
    assert second == ("signed out", "kim", "kim", "192.0.2.7")
    assert all(line["request_id"] for line in lines)


def test_a_wrong_password_and_a_name_that_nobody_has(editor, lines):
    client = Client()
    sign_in(client, "kim", OTHER)
    sign_in(client, SECRET, "kim")  # the password in the wrong field
    assert events(lines) == [
        ("sign-in failed", "kim", None, "127.0.0.1"),
        ("sign-in failed", None, None, "127.0.0.1"),
    ]
    assert {line["level"] for line in lines if line["logger"] == "tracker.security"} == {"WARNING"}


def test_who_fails_too_often_is_locked_out_at_that_address_alone(editor, lines):
    guesses = [sign_in(Client(REMOTE_ADDR="192.0.2.9"), "kim", OTHER) for _ in range(6)]
    assert guesses == [200, 200, 200, 200, 429, 429]
    assert sign_in(Client(REMOTE_ADDR="192.0.2.9"), "kim", SECRET) == 429
    assert ("locked out", "kim", None, "192.0.2.9") in events(lines)
    assert sign_in(Client(REMOTE_ADDR="192.0.2.10"), "kim", SECRET) == 302


def test_behind_proxies_the_lock_and_the_log_know_who_asks(editor, lines, settings):
    settings.PROXIES = 1
    for _ in range(6):
        forged = Client(headers={"X-Forwarded-For": "198.51.100.1, 192.0.2.9"})
        sign_in(forged, "kim", OTHER)
    assert {address for *_event, address in events(lines)} == {"192.0.2.9"}
    here = Client(headers={"X-Forwarded-For": "192.0.2.10"})
    assert sign_in(here, "kim", SECRET) == 302


def test_a_password_that_is_changed(editor, lines):
    client = Client()
    client.force_login(editor)
    lines.clear()
    given = {"old_password": SECRET, "new_password1": OTHER, "new_password2": OTHER}
    assert client.post("/admin/password_change/", given).status_code == 302
    assert events(lines) == [("password set", "kim", "kim", "127.0.0.1")]
    editor.refresh_from_db()
    lines.clear()
    editor.save()  # nothing of the password
    assert events(lines) == []


def test_what_is_forbidden(lines):
    reader = User.objects.create_user("lee", is_staff=True, password=SECRET)
    client = Client()
    client.force_login(reader)
    lines.clear()
    assert client.get("/admin/auth/user/").status_code == 403
    (line,) = [line for line in lines if line["logger"] == "tracker.security"]
    told = (line["message"], line["user"], line["method"], line["path"])
    assert told == ("permission denied", "lee", "GET", "/admin/auth/user/")


def test_a_form_without_its_token_is_forbidden(editor, lines):
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client, "kim", SECRET) == 403
    assert events(lines) == [("permission denied", None, None, "127.0.0.1")]


def test_publishing_and_withdrawing_once_it_is_certain(lines, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        event = make_event(key="noted")
        assert events(lines) == []
    with django_capture_on_commit_callbacks(execute=True):
        publishing.withdraw(event, by="Kim Minji", reason="a mistake")
    (*_before, published, withdrawn) = [line for line in lines if "records" in line]
    assert published["message"] == "published"
    assert any(name.startswith("event noted ") for name in published["records"])
    assert (withdrawn["message"], withdrawn["by"]) == ("withdrawn", "Kim Minji")
    assert (withdrawn["records"], withdrawn["count"]) == (["event noted 2"], 1)


def test_a_publication_of_many_is_one_line_of_bounded_length(
    lines, django_capture_on_commit_callbacks
):
    make_event(key="many")
    document = Entry.objects.get(type="event", key="many").data
    changes = [ledger.Change("event", f"many-{n}", {**document, "n": n}) for n in range(50)]
    with django_capture_on_commit_callbacks(execute=True):
        ledger.append_all(changes, "Kim Minji", "an import")
    (line,) = [line for line in lines if "records" in line]
    assert (line["count"], len(line["records"])) == (50, ledger.NAMED)


def test_no_password_is_ever_written(editor, lines):
    client = Client()
    sign_in(client, "kim", OTHER)
    sign_in(client, SECRET, OTHER)
    sign_in(client, "kim", SECRET)
    given = {"old_password": SECRET, "new_password1": OTHER, "new_password2": OTHER}
    client.post("/admin/password_change/", given)
    client.get(f"/admin/login/?next=/{SECRET}")
    for _ in range(7):
        sign_in(client, "kim", f"{SECRET}!")
    assert len(events(lines)) > 8
    text = json.dumps(lines)
    assert SECRET not in text
    assert OTHER not in text
    editor.refresh_from_db()
    assert editor.password not in text


def test_a_command_writes_the_same_lines_to_standard_error(tmp_path):
    with empty_place(tmp_path, "commands") as database:
        assert manage(database, "migrate", "-v0").returncode == 0
        more = {"LOG_FORMAT": "json", "DJANGO_SUPERUSER_PASSWORD": SECRET}
        words = ["createsuperuser", "--noinput", "--username=park", "--email=p@example.org"]
        done = manage(database, *words, **more)
    (line,) = [json.loads(line) for line in done.stderr.splitlines() if "security" in line]
    assert (line["message"], line["account"]) == ("account made", "park")
    assert SECRET not in done.stderr
