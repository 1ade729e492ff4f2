"""READ_ONLY=1: readers notice nothing, the desk says so, and nobody can write, by no way."""

import pytest
from django.test import Client

from timeline import backups

from ..admin.pages import address, editor, messages_of, opened, press
from ..factories import make_event
from .databases import empty_place, manage


@pytest.mark.django_db
def test_readers_notice_nothing(settings):
    event = make_event()
    before = {p: Client().get(p).content for p in ("/en/", f"/api/v1/events/{event.key}/")}
    settings.READ_ONLY = True
    assert {p: Client().get(p).content for p in before} == before


@pytest.mark.django_db
def test_the_desk_says_so_and_refuses_every_form(settings):
    event, client = make_event(title_en="As it was"), editor()
    form = opened(client, event)
    settings.READ_ONLY = True
    page = client.get(address(event))
    assert messages_of(page) == ["The desk is read-only for now: nothing can be saved."]
    response = press(client, address(event), form, title_en="As it is", reason="Because.")
    assert (response.status_code, response["Retry-After"]) == (503, "600")
    assert b"The desk is read-only for now" in response.content
    event.refresh_from_db()
    assert event.title_en == "As it was"


@pytest.mark.django_db
def test_without_the_setting_the_desk_says_nothing():
    assert messages_of(editor().get(address(make_event()))) == []


@pytest.mark.django_db(transaction=True)
def test_the_connection_itself_refuses_to_write(tmp_path):
    make_event(key="kept")
    backup = backups.make(tmp_path)
    write = "from disputes.models import Event; print(Event.objects.update(title_en='x'))"
    with empty_place(tmp_path, "read_only") as database:
        assert manage(database, "restore", str(backup)).returncode == 0
        refused = manage(database, "shell", "-v0", "-c", write, READ_ONLY="1")
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "read-only transaction" in refused.stderr or "readonly database" in refused.stderr
        allowed = manage(database, "shell", "-v0", "-c", write)
        assert (allowed.returncode, allowed.stdout) == (0, "1\n")
