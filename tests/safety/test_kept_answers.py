"""What each process keeps in memory is what everybody may read, whoever asked for it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from disputes.models import Event
from timeline.remembering import answers

from ..factories import make_event

pytestmark = pytest.mark.django_db
SECRET, NAME = "a-draft-for-colleagues", "walker-at-the-desk"


@pytest.fixture
def at_the_desk() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser(NAME))
    return client


def test_nothing_of_the_desk_is_kept(at_the_desk):
    make_event(key="public")
    draft = Event.objects.create(key=SECRET, title_en=SECRET, date="2020", kind="statement")
    desk = [
        reverse("admin:disputes_event_change", args=[draft.pk]),
        *(reverse(f"admin:{name}") for name in ("index", "disputes_event_changelist", "audit")),
    ]
    private = [*desk, "/i18n/setlang/", "/healthz", "/readyz"]
    shown = [at_the_desk.get(address) for address in private]
    assert SECRET in shown[0].content.decode()
    assert len(answers.kept) == 0
    public = (
        "/en/",
        "/ko/events/",
        "/api/v1/events/",
        f"/en/events/{SECRET}/",
        "/api/v1/timeline/",
    )
    said = {address: at_the_desk.get(address).content for address in public}
    assert len(answers.kept) >= 4
    for answer in answers.kept.values():
        text = answer.content.decode()
        assert (NAME in text, answer.cookies.output()) == (False, "")
    found = {address for address, body in said.items() if SECRET.encode() in body}
    assert found <= {f"/en/events/{SECRET}/"}  # the address itself, repeated to who typed it


def test_who_is_signed_in_reads_what_everybody_reads(at_the_desk):
    make_event(key="public")
    for address in ("/en/", "/en/events/public/", "/ko/timeline/", "/api/v1/events/public/"):
        mine = at_the_desk.get(address)
        answers.clear()
        assert (mine.status_code, mine.content) == (200, Client().get(address).content)
