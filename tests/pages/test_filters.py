"""The form above a list: what is offered, and what is typed where there is too much to offer."""

import pytest

from timeline import forms

from ..factories import make_actor, make_event

pytestmark = pytest.mark.django_db


def form_of(client, address: str) -> str:
    page = client.get(address).content.decode()
    return page.split('<form class="filters"')[1].split("</form>")[0]


def test_actors_are_offered_by_name(client):
    make_actor(key="iaea", name_en="The agency")
    make_event()
    form = form_of(client, "/en/timeline/?actor=iaea")
    assert 'value="iaea" checked> The agency' in form
    assert 'name="actor__in"' not in form


def test_more_actors_than_can_be_offered_are_typed_by_their_keys(client, monkeypatch):
    monkeypatch.setattr(forms, "MOST_OPTIONS", 1)
    for key in ("iaea", "icj"):
        make_event(initiators=[make_actor(key=key)])
    form = form_of(client, "/en/timeline/?actor=iaea&actor=icj")
    assert 'name="actor__in" value="iaea,icj"' in form
    assert 'href="/en/actors/"' in form
    assert "<option" not in form.split('name="actor__in"')[1].split("</p>")[0]
    asked = client.get("/en/timeline/?actor__in=iaea,icj")
    assert [entry.type for entry in asked.context["page"].entries] == ["event", "event"]
