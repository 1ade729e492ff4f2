"""An editor compares, merges, approves, sends back or declines what was proposed."""

import pytest
from django.contrib.auth.models import User
from django.utils import translation

from disputes.admin.review import place_of
from disputes.models import Proposal, State

from ..admin.pages import (
    add_row,
    address,
    editor,
    form_of,
    opened,
    press,
    researcher,
)
from ..factories import make_event, make_source
from .proposing import (
    decide,
    desk_and_record_agree,
    errors_of,
    page_of,
    propose,
    versions,
)

pytestmark = pytest.mark.django_db


def test_an_approved_proposal_is_public_with_its_authors_name_and_reason():
    event = make_event(title_en="As it was")
    proposal = propose(researcher("hana"), event, "Found in court.", title_en="As it is")
    page = decide(editor(), proposal, "approve")
    assert page.status_code == 302
    second = versions(event)[1]
    assert (second.editor, second.reason, second.data["title"]["en"]) == (
        "Hana",
        "Found in court.",
        "As it is",
    )
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by.username, proposal.entry) == (
        "approved",
        "editor",
        second,
    )
    assert desk_and_record_agree(event)


def test_review_shows_each_difference_by_word_and_language():
    event = make_event(title_en="Notice of termination", title_ko="종료 통보")
    typed = {"title_en": "Notice of extension", "title_ko": "연장 통보", "effect": "escalation"}
    proposal = propose(researcher(), event, **typed)
    page = editor().get(page_of(proposal))
    shown = [(d.field, d.language, d.kind) for d in page.context["review"].differences]
    assert shown == [
        ("title", "en", "changed"),
        ("title", "ko", "changed"),
        ("effect", "", "changed"),
    ]
    html = page.content.decode()
    assert "Notice of <del>termination</del><ins>extension</ins>" in html
    assert "<del>종료</del><ins>연장</ins> 통보" in html
    assert "<del>neutral</del> <ins>escalation</ins>" in html


def test_nobody_approves_their_own_unless_the_setting_says_so(settings):
    event = make_event(title_en="As it was")
    client = editor()
    form = opened(client, event)
    typed = {"title_en": "As it is", "reason": "Look at it, please."}
    press(client, address(event), form, "_propose", **typed)
    proposal = Proposal.objects.get()
    assert decide(client, proposal, "approve").status_code == 403
    assert len(versions(event)) == 1
    settings.FOUR_EYES = False
    assert decide(client, proposal, "approve").status_code == 302
    assert versions(event)[1].data["title"]["en"] == "As it is"


@pytest.mark.parametrize("action", ["approve", "send_back", "decline"])
def test_a_researcher_decides_on_nothing(action):
    event = make_event()
    proposal = propose(researcher("hana"), event, title_en="Mine")
    assert decide(researcher("kim"), proposal, action, comment="No.").status_code == 403
    proposal.refresh_from_db()
    assert (proposal.state, len(versions(event))) == ("open", 1)


@pytest.mark.parametrize(("action", "state"), [("send_back", "sent_back"), ("decline", "declined")])
def test_sending_back_and_declining_need_a_comment(action, state):
    proposal = propose(researcher(), make_event(), title_en="Mine")
    client = editor()
    refused = decide(client, proposal, action, comment=" ")
    assert errors_of(refused) == ["Say it in a comment: its author is to know why."]
    assert decide(client, proposal, action, comment="Which page?").status_code == 302
    proposal.refresh_from_db()
    assert (proposal.state, proposal.comments.get().text) == (state, "Which page?")


def test_two_proposals_of_different_fields_are_merged():
    event = make_event(title_en="T", summary_en="S")
    first = propose(researcher("hana"), event, "One.", title_en="Better title")
    second = propose(researcher("kim"), event, "Two.", summary_en="Better summary")
    client = editor()
    assert client.get(page_of(second)).context["review"].others[0]["both"] == []
    for proposal in (first, second):
        assert decide(client, proposal, "approve").status_code == 302
    last = versions(event)[2].data
    assert (last["title"]["en"], last["summary"]["en"]) == ("Better title", "Better summary")
    assert desk_and_record_agree(event)


@pytest.mark.parametrize(("choice", "title"), [("mine", "Kim's"), ("theirs", "Hana's")])
def test_where_two_proposals_clash_the_editor_chooses(choice, title):
    event = make_event(title_en="T", summary_en="S")
    first = propose(researcher("hana"), event, title_en="Hana's")
    second = propose(researcher("kim"), event, title_en="Kim's", summary_en="More")
    client = editor()
    decide(client, first, "approve")
    refused = decide(client, second, "approve")
    assert errors_of(refused) == ["Choose for each clash which of the two shall stand."]
    clash = refused.context["review"].clashes[0]
    assert (clash["name"], clash["mine"], clash["theirs"]) == (
        "choice:title.en",
        "Kim's",
        "Hana's",
    )
    assert decide(client, second, "approve", **{"choice:title.en": choice}).status_code == 302
    last = versions(event)[-1].data
    assert (last["title"]["en"], last["summary"]["en"]) == (title, "More")


def test_what_changed_while_the_editor_read_is_not_approved_unseen():
    event = make_event(title_en="T", summary_en="S")
    proposal = propose(researcher(), event, title_en="Mine")
    client = editor()
    seen = {"seen": versions(event)[0].pk, "revision": proposal.revision}
    press(client, address(event), opened(client, event), summary_en="New", reason="Mine.")
    response = client.post(page_of(proposal), seen | {"_approve": "1"})
    assert errors_of(response) == [
        "Another change was made while you were reading. Compare once more."
    ]
    assert len(versions(event)) == 2
    assert decide(client, proposal, "approve").status_code == 302
    last = versions(event)[2].data
    assert (last["title"]["en"], last["summary"]["en"]) == ("Mine", "New")


def test_a_proposal_revised_while_the_editor_read_is_not_approved_unseen():
    event = make_event(title_en="T")
    hana = researcher("hana")
    proposal = propose(hana, event, title_en="One")
    seen = {"seen": versions(event)[0].pk, "revision": proposal.revision}
    url = f"{address(event)}?proposal={proposal.pk}"
    press(hana, url, form_of(hana.get(url)), "_save", title_en="Two")
    response = editor().post(page_of(proposal), seen | {"_approve": "1"})
    assert (response.status_code, len(versions(event))) == (200, 1)


def test_a_decided_proposal_is_not_decided_again():
    event = make_event()
    proposal = propose(researcher(), event, title_en="Mine")
    client = editor()
    decide(client, proposal, "decline", comment="No.")
    response = decide(client, proposal, "approve")
    assert errors_of(response) == [
        "Somebody has decided or changed this proposal in the meantime. Look again."
    ]
    assert len(versions(event)) == 1


def test_drafts_that_a_proposal_cites_are_published_with_it():
    event, draft = make_event(), make_source(published=False)
    client = researcher()
    form = add_row(opened(client, event), "citations", source=draft.pk)
    press(client, address(event), form, "_save", reason="A second source.")
    proposal = Proposal.objects.get()
    reviewer = editor()
    refused = decide(reviewer, proposal, "approve")
    assert errors_of(refused) == [
        f"event {event.key}: source: refers to source “{draft.key}”, which is not published."
    ]
    assert decide(reviewer, proposal, "approve", release=draft.key).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, len(versions(draft)), len(versions(event))) == (State.PUBLISHED, 1, 2)


def test_a_proposal_on_a_withdrawn_record_waits():
    event = make_event()
    proposal = propose(researcher(), event, title_en="Mine")
    client = editor()
    client.post(address(event, "withdraw"), {"reason": "Doubtful."})
    response = decide(client, proposal, "approve")
    assert errors_of(response) == ["The record is no longer public. Recover it first, or decline."]
    assert decide(client, proposal, "decline", comment="Gone.").status_code == 302


def test_comments_stand_with_their_field():
    proposal = propose(researcher(), make_event(title_en="T"), title_en="Mine")
    decide(editor(), proposal, "comment", comment="Too long.", field="title")
    comment = proposal.comments.get()
    assert (comment.field, comment.text, comment.author.username) == (
        "title",
        "Too long.",
        "editor",
    )


def test_notices_go_to_editors_and_to_the_author(mailoutbox, django_capture_on_commit_callbacks):
    event = make_event(key="an-event")
    hana, reviewer = researcher("hana"), editor()
    User.objects.filter(username="hana").update(email="hana@example.org")
    User.objects.filter(username="editor").update(email="editor@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        proposal = propose(hana, event, "Found.", title_en="Mine")
    with django_capture_on_commit_callbacks(execute=True):
        decide(reviewer, proposal, "send_back", comment="Which page?")
    found = [(m.to, m.subject, m.body.split("\n")[0]) for m in mailoutbox]
    assert found == [
        (["editor@example.org"], "Hana proposes a change: event an-event", "Found."),
        (
            ["hana@example.org"],
            "Your proposal is now sent back: event an-event",
            "Which page?",
        ),
    ]


def test_a_refused_approval_sends_nothing(mailoutbox, django_capture_on_commit_callbacks):
    event = make_event(title_en="T")
    User.objects.create_user("x", email="x@example.org")
    first = propose(researcher("hana"), event, title_en="A")
    second = propose(researcher("kim"), event, title_en="B")
    User.objects.update(email="all@example.org")
    client = editor()
    decide(client, first, "approve")
    with django_capture_on_commit_callbacks(execute=True):
        decide(client, second, "approve")
    assert mailoutbox == []


def test_a_comment_on_a_field_stands_beside_it_and_others_below():
    proposal = propose(researcher(), make_event(), title_en="Mine", summary_en="New")
    client = editor()
    for field, text in (("title", "Long."), ("", "Which page?")):
        decide(client, proposal, "comment", comment=text, field=field)
    review = client.get(page_of(proposal)).context["review"]
    beside = [
        ([d.field for d in row["differences"]], [c["text"] for c in row["comments"]])
        for row in review.by_field
    ]
    assert beside == [(["title"], ["Long."]), (["summary"], [])]
    assert [c["text"] for c in review.comments] == ["Which page?"]


def test_the_place_of_a_clash_is_said_in_words():
    assert place_of(("title", "en")) == "Title (English)"
    assert (
        place_of(("sources", "press-1/1", "locator")) == "Sources · press-1 · Place in the source"
    )
    with translation.override("ko"):
        assert place_of(("title", "ja")) == "제목 (일본어)"
