import re

import pytest
from django.test import Client

from disputes.documents import document_of
from disputes.models import Proposal, State

from ..admin.pages import address, editor, opened, press, researcher
from ..factories import make_event, make_source
from .proposing import decide, versions

pytestmark = pytest.mark.django_db


def corrected(client, event, reason="Corrected.", **typed):
    press(client, address(event), opened(client, event), reason=reason, **typed)
    event.refresh_from_db()
    return event


def compared(client, event, a, b):
    page = client.get(f"{address(event, 'history')}compare/?a={a}&b={b}")
    return [(d.field, d.language, d.before, d.after) for d in page.context["found"]]


def restore(client, event, version, reason="As it was."):
    url = f"{address(event, 'history')}restore/{version}/"
    form = client.get(url).context["form"]
    return client.post(url, {"reason": reason, "revision": form["revision"].value()})


def test_any_two_versions_are_compared():
    client = editor()
    event = corrected(client, make_event(title_en="One"), title_en="Two")
    event = corrected(client, event, title_en="Three", title_ko="셋")
    assert compared(client, event, 1, 3) == [
        ("title", "en", "One", "Three"),
        ("title", "ko", "", "셋"),
    ]
    assert compared(client, event, 2, 1) == [("title", "en", "Two", "One")]


@pytest.mark.parametrize("query", ["", "?a=1", "?a=1&b=9", "?a=x&b=1", "?a=1&b=" + "9" * 40])
def test_versions_that_are_not_there_are_not_found(query):
    event = make_event()
    assert editor().get(f"{address(event, 'history')}compare/{query}").status_code == 404


def test_a_version_is_restored_as_a_new_one():
    client = editor()
    event = corrected(client, make_event(title_en="One"), title_en="Two")
    assert restore(client, event, 1).status_code == 302
    first, _second, third = versions(event)
    assert (third.version, third.reason, third.document) == (3, "As it was.", first.document)
    event.refresh_from_db()
    assert (event.title_en, document_of(event)) == ("One", third.data)


def test_rows_are_restored_too():
    client, source = editor(), make_source()
    event = make_event(sources=[source, make_source()])
    corrected(client, event, **{"citations-0-DELETE": "on"})
    assert len(versions(event)[1].data["sources"]) == 1
    restore(client, event, 1)
    assert versions(event)[2].document == versions(event)[0].document


def test_a_researchers_restore_is_a_proposal():
    event = corrected(editor(), make_event(title_en="One"), title_en="Two")
    assert restore(researcher(), event, 1).status_code == 302
    proposal = Proposal.objects.get()
    assert (proposal.data["title"]["en"], len(versions(event))) == ("One", 2)
    decide(editor("other"), proposal, "approve")
    assert versions(event)[2].data["title"]["en"] == "One"


def test_a_withdrawn_record_is_recovered():
    client = editor()
    event = make_event(title_en="One")
    client.post(address(event, "withdraw"), {"reason": "Doubtful."})
    refused = researcher().get(f"{address(event, 'history')}restore/1/")
    assert refused.status_code == 403
    assert restore(client, event, 1, "It did happen.").status_code == 302
    event.refresh_from_db()
    last = versions(event)[-1]
    assert (event.state, last.version, last.data["title"]["en"]) == (State.PUBLISHED, 3, "One")


def test_a_restore_is_refused_after_a_save_in_the_meantime():
    client = editor()
    event = corrected(client, make_event(title_en="One"), title_en="Two")
    url = f"{address(event, 'history')}restore/1/"
    seen = client.get(url).context["form"]["revision"].value()
    corrected(client, event, title_en="Three")
    response = client.post(url, {"reason": "As it was.", "revision": seen})
    assert response.context["form"].non_field_errors() == [
        "Somebody saved the record in the meantime. Compare once more."
    ]
    assert len(versions(event)) == 3


def test_readers_see_what_changed_between_two_versions():
    client = editor("someone@example.org")
    event = make_event(title_en="One day", title_ko="어느 날")
    event = corrected(client, event, title_en="Two days")
    page = Client().get(f"/en/events/{event.key}/versions/1..2/")
    html = page.content.decode()
    assert "<del>One</del><ins>Two</ins> <del>day</del><ins>days</ins>" in html
    assert "someone@" not in html
    listing = Client().get(f"/en/events/{event.key}/versions/").content.decode()
    assert 'href="1..2/"' in listing
    other = Client().get(f"/ko/events/{event.key}/versions/1..2/")
    assert (page.status_code, other.status_code) == (200, 200)


@pytest.mark.parametrize("pair", ["1..2", "0..1", "99999999999999999999..1", "1..x"])
def test_versions_that_never_were_have_no_public_page(pair):
    event = make_event()
    assert Client().get(f"/en/events/{event.key}/versions/{pair}/").status_code == 404


def test_a_record_that_was_never_public_shows_who_worked_on_it():
    event = make_event(published=False)
    hana, kim = researcher("hana"), editor("kim")
    press(hana, address(event), opened(hana, event), "_submit", title_en="Handed in")
    press(kim, address(event), opened(kim, event), "_draft", draft_comment="Which page?")
    page = hana.get(address(event, "history")).content.decode()
    assert "It was never published." in page
    assert sorted(set(re.findall(r"<td>(hana|kim)\b", page))) == ["hana", "kim"]
    assert "Which page?" in page and "by kim" in page
