"""A researcher's change of what is public: made, written on, taken back."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from disputes.models import Event, Proposal, ProposalState, State

from ..admin.pages import (
    add_row,
    address,
    buttons_of,
    editor,
    form_of,
    opened,
    press,
    researcher,
    selected,
)
from ..factories import make_event, make_source, make_survey
from .proposing import (
    decide,
    desk_and_record_agree,
    page_of,
    propose,
    versions,
)

pytestmark = pytest.mark.django_db


def test_a_researchers_save_on_a_public_record_is_a_proposal_and_changes_nothing():
    event, source = make_event(title_en="As it was", title_ko="옛"), make_source()
    client = researcher()
    assert buttons_of(client.get(address(event))) == ["_save"]
    form = add_row(opened(client, event), "citations", source=source.pk, locator="p. 4")
    press(client, address(event), form, "_save", title_en="As it is", reason="The court says so.")
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.reason, proposal.proposer.username) == (
        "open",
        "The court says so.",
        "researcher",
    )
    assert proposal.base == versions(event)[0]
    assert proposal.data["title"]["en"] == "As it is"
    assert proposal.data["translations"]["ko"] == "stale"
    assert [s["locator"] for s in proposal.data["sources"]] == [None, "p. 4"]
    event.refresh_from_db()
    assert (event.title_en, event.citations.count(), len(versions(event))) == ("As it was", 1, 1)
    assert desk_and_record_agree(event)


def test_a_proposal_needs_a_reason_and_keeps_the_input_without_one():
    event = make_event()
    client = researcher()
    response = press(client, address(event), opened(client, event), "_save", title_en="Mine")
    assert response.context["adminform"].form.errors == {
        "reason": ["Say why you change what is public."]
    }
    assert (form_of(response)["title_en"], Proposal.objects.count()) == ("Mine", 0)


def test_a_proposal_that_could_not_be_published_is_refused_with_its_faults():
    event = make_event()
    client = researcher()
    typed = {"title_en": "", "reason": "Tidying."}
    response = press(client, address(event), opened(client, event), "_save", **typed)
    assert response.context["adminform"].form.errors == {"title_en": ["there is no English title."]}
    assert Proposal.objects.count() == 0


def test_a_proposal_that_was_sent_back_is_typed_on_and_proposed_again():
    event, source = make_event(title_en="As it was"), make_source()
    hana = researcher("hana")
    form = add_row(opened(hana, event), "citations", source=source.pk)
    press(hana, address(event), form, "_save", title_en="Mine", reason="Found.")
    proposal = Proposal.objects.get()
    decide(editor(), proposal, "send_back", comment="Which page?")
    url = f"{address(event)}?proposal={proposal.pk}"
    typed = form_of(hana.get(url))
    assert (typed["title_en"], typed["citations-1-source"], typed["reason"]) == (
        "Mine",
        str(source.pk),
        "Found.",
    )
    press(hana, url, typed, "_save", **{"citations-1-locator": "p. 9"})
    again = Proposal.objects.get()
    assert (again.pk, again.state) == (proposal.pk, "open")
    assert [s["locator"] for s in again.data["sources"]] == [None, "p. 9"]
    assert len(versions(event)) == 1


def test_a_proposal_is_typed_on_by_its_author_only():
    event = make_event(title_en="As it was")
    proposal = propose(researcher("hana"), event, title_en="Mine")
    url = f"{address(event)}?proposal={proposal.pk}"
    kim = researcher("kim")
    assert form_of(kim.get(url))["title_en"] == "As it was"
    press(kim, url, opened(kim, event), "_save", title_en="Kim's", reason="Other.")
    assert sorted(Proposal.objects.values_list("proposer__username", "reason")) == [
        ("hana", "Found."),
        ("kim", "Other."),
    ]


def test_a_part_of_a_public_record_is_proposed_too():
    survey = make_survey(readings=[("2019", 12.2)])
    reading = survey.readings.get()
    proposal = propose(researcher(), reading, "As printed.", value="12.5")
    assert (proposal.type, proposal.data["readings"][0]["value"]) == ("survey", 12.5)
    reading.refresh_from_db()
    assert reading.value == 12.2
    decide(editor(), proposal, "approve")
    assert survey.readings.get().value == 12.5


def test_its_author_takes_a_proposal_back_and_nobody_else():
    proposal = propose(researcher("hana"), make_event(), title_en="Mine")
    assert decide(editor(), proposal, "retract").status_code == 403
    client = researcher("kim")
    client.force_login(User.objects.get(username="hana"))
    assert decide(client, proposal, "retract").status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.RETRACTED


def test_without_direct_edits_an_editors_save_is_a_proposal_too(settings):
    settings.DIRECT_EDITS = False
    event = make_event(title_en="T")
    hana, kim = editor("hana"), editor("kim")
    proposal = propose(hana, event, title_en="Mine")
    assert decide(hana, proposal, "approve").status_code == 403
    assert decide(kim, proposal, "approve").status_code == 302
    assert len(versions(event)) == 2


def test_what_one_handed_in_oneself_somebody_else_publishes():
    draft = make_event(published=False)
    hana, kim = editor("hana"), editor("kim")
    press(hana, address(draft), opened(hana, draft), "_submit")
    assert "_publish" not in buttons_of(hana.get(address(draft)))
    refused = press(hana, address(draft), opened(hana, draft), "_publish")
    assert refused.context["adminform"].form.non_field_errors() == [
        "Somebody else has to look at it: what you handed in yourself another editor publishes."
    ]
    data = selected("publish_selected", draft)
    hana.post(address(Event, "changelist"), data)
    draft.refresh_from_db()
    assert draft.state == State.IN_REVIEW
    press(kim, address(draft), opened(kim, draft), "_publish")
    draft.refresh_from_db()
    assert draft.state == State.PUBLISHED


def test_going_on_writing_begins_with_a_note_and_without_an_error():
    event = make_event(title_en="T")
    hana = researcher("hana")
    proposal = propose(hana, event, title_en="Mine")
    url = f"{address(event)}?proposal={proposal.pk}"
    page = hana.get(url)
    assert b"This is your proposal as you sent it." in page.content
    assert b"errornote" not in page.content and b"errorlist" not in page.content
    press(editor(), address(event), opened(editor("kim"), event), title_ko="새", reason="Korean.")
    late = hana.get(url)
    assert b"saved this record on" in late.content and b"errornote" in late.content


def test_proposals_are_listed_by_their_titles():
    proposal = propose(researcher(), make_event(title_en="T"), title_en="Mine")
    client = editor()
    page = client.get(reverse("admin:disputes_proposal_changelist")).content.decode()
    assert f'<a href="{page_of(proposal)}' in page and ">Mine</a>" in page
    front = client.get(reverse("admin:index")).content.decode()
    assert f'<a href="{page_of(proposal)}">Mine</a>' in front
