"""A draft in review: sent back with a word why, or published with the drafts that it cites."""

import pytest
from django.contrib.auth.models import User

from disputes.models import Event, RecordComment, State

from ..admin.pages import address, buttons_of, editor, errors_of, opened, press, researcher
from ..factories import make_event, make_source
from .test_quick_entry import PAGE, typed

pytestmark = pytest.mark.django_db


def handed_in(client):
    client.post(PAGE, typed(_submit="1"))
    return Event.objects.latest("pk")


def test_a_draft_goes_back_to_its_author_with_a_word_why_and_not_without():
    hana, reviewer = researcher("hana"), editor()
    event = handed_in(hana)
    refused = press(reviewer, address(event), opened(reviewer, event), "_draft")
    assert errors_of(refused)["__all__"] == ["Say it in a comment: its author is to know why."]
    event.refresh_from_db()
    assert event.state == State.IN_REVIEW
    form = opened(reviewer, event)
    press(reviewer, address(event), form, "_draft", draft_comment="Which page?")
    event.refresh_from_db()
    comment = RecordComment.objects.get()
    assert (event.state, comment.text, comment.key) == (State.DRAFT, "Which page?", event.key)
    assert "Which page?" in hana.get(address(event)).content.decode()


def test_its_author_takes_it_back_without_a_word():
    hana = researcher("hana")
    event = handed_in(hana)
    press(hana, address(event), opened(hana, event), "_draft")
    event.refresh_from_db()
    assert (event.state, RecordComment.objects.count()) == (State.DRAFT, 0)


def test_its_author_is_told(mailoutbox, django_capture_on_commit_callbacks):
    hana, reviewer = researcher("hana"), editor()
    event = handed_in(hana)
    User.objects.filter(username="hana").update(email="hana@example.org")
    form = opened(reviewer, event)
    with django_capture_on_commit_callbacks(execute=True):
        press(reviewer, address(event), form, "_draft", draft_comment="Which page?")
    (message,) = mailoutbox
    assert (message.to, message.subject) == (
        ["hana@example.org"],
        f"Editor sends your draft back: event {event.key}",
    )
    assert message.body.startswith("Which page?")


def test_an_event_and_its_new_source_are_published_with_one_press():
    event = handed_in(researcher("hana"))
    source = event.citations.get().source
    reviewer = editor()
    page = reviewer.get(address(event))
    assert "_publish" in buttons_of(page)
    assert [draft.key for draft in page.context["releasable"]] == [source.key]
    form = opened(reviewer, event)
    assert form["release"] == source.key
    press(reviewer, address(event), form, "_publish")
    event.refresh_from_db(), source.refresh_from_db()
    assert (event.state, source.state) == (State.PUBLISHED, State.PUBLISHED)


def test_a_draft_that_is_not_ticked_is_not_published():
    draft = make_event(published=False, sources=[make_source(published=False)])
    reviewer = editor()
    form = opened(reviewer, draft)
    del form["release"]
    refused = press(reviewer, address(draft), form, "_publish")
    assert "which is not published" in errors_of(refused)["__all__"][0]
    draft.refresh_from_db()
    assert draft.state == State.DRAFT
