import pytest

from disputes.models import Event, Proposal, Source, State
from timeline.models import Entry

from ..factories import make_event, make_source
from .pages import (
    address,
    buttons_of,
    editor,
    messages_of,
    opened,
    press,
    researcher,
    selected,
)

pytestmark = pytest.mark.django_db


def state_of(record):
    return type(record).objects.get(pk=record.pk).state


def test_withdrawing_needs_a_reason():
    event = make_event()
    response = editor().post(address(event, "withdraw"), {"reason": " "})
    assert response.context["form"].errors == {"reason": ["This field is required."]}
    assert state_of(event) == State.PUBLISHED


def test_withdrawing_leaves_a_tombstone_with_its_reason():
    event = make_event()
    response = editor().post(address(event, "withdraw"), {"reason": "It never happened."})
    assert (response.status_code, response.url) == (302, address(event))
    assert state_of(event) == State.WITHDRAWN
    tombstone = Entry.objects.in_force().get(type="event", key=event.key)
    assert (tombstone.document, tombstone.reason, tombstone.editor) == (
        None,
        "It never happened.",
        "Editor",
    )


def test_what_published_records_refer_to_is_not_withdrawn():
    source = make_source()
    event = make_event(sources=[source])
    response = editor().post(address(source, "withdraw"), {"reason": "A copy."})
    assert response.context["form"].non_field_errors() == [
        f"Published records still refer to “{source.key}”: event {event.key}. "
        "Change or withdraw them first."
    ]
    assert state_of(source) == State.PUBLISHED


def test_a_draft_cannot_be_withdrawn():
    event = make_event(published=False)
    response = editor().post(address(event, "withdraw"), {"reason": "No."})
    assert response.context["form"].non_field_errors() == [
        f"“{event.key}” is draft and cannot become withdrawn."
    ]


def test_a_researcher_cannot_withdraw():
    event = make_event()
    assert researcher().get(address(event, "withdraw")).status_code == 403
    assert researcher("other").post(address(event, "withdraw"), {"reason": "x"}).status_code == 403
    assert state_of(event) == State.PUBLISHED


def test_a_withdrawn_record_is_published_again():
    event = make_event()
    client = editor()
    client.post(address(event, "withdraw"), {"reason": "Doubtful."})
    press(client, address(event), opened(client, event), "_publish")
    found = Entry.objects.filter(key=event.key).order_by("version")
    assert [entry.reason for entry in found] == [
        "first published",
        "Doubtful.",
        "Published again.",
    ]


def test_a_researcher_submits_a_draft_and_takes_it_back():
    event = make_event(published=False)
    client = researcher()
    press(client, address(event), opened(client, event), "_submit", title_en="Better")
    event.refresh_from_db()
    assert (event.state, event.title_en) == (State.IN_REVIEW, "Better")
    press(client, address(event), opened(client, event), "_draft")
    assert state_of(event) == State.DRAFT


def test_a_list_submits_its_drafts_and_leaves_the_rest():
    draft, public = make_event(published=False), make_event()
    data = selected("submit_selected", draft, public)
    response = editor().post(address(Event, "changelist"), data, follow=True)
    assert messages_of(response) == ["1 draft was submitted."]
    assert (state_of(draft), state_of(public)) == (State.IN_REVIEW, State.PUBLISHED)


def test_a_researcher_is_offered_no_publishing():
    event = make_event(published=False)
    client = researcher()
    assert buttons_of(client.get(address(event))) == [
        "_save",
        "_addanother",
        "_continue",
        "_submit",
    ]
    press(client, address(event), opened(client, event), "_publish")
    data = selected("publish_selected", event)
    client.post(address(Event, "changelist"), data)
    assert state_of(event) == State.DRAFT
    assert Entry.objects.filter(key=event.key).count() == 0


def test_a_researcher_cannot_change_a_withdrawn_record():
    event = make_event(title_en="As it was")
    editor().post(address(event, "withdraw"), {"reason": "Doubtful."})
    client = researcher()
    page = client.get(address(event))
    assert (page.status_code, buttons_of(page)) == (200, [])
    form = {"key": event.key, "title_en": "Mine", "reason": "Mine.", "opened_revision": "3"}
    assert press(client, address(event), form).status_code == 403
    event.refresh_from_db()
    assert event.title_en == "As it was"


def test_a_draft_is_deleted_by_who_made_it_or_an_editor():
    maker, other = researcher("maker"), researcher("other")
    form = {"key": "a-source", "title": "T", "publisher": "P", "language": "en", "kind": "media"}
    form |= {f"translation_{language}": "original" for language in ("en", "ko", "ja")}
    maker.post(address(Source, "add"), form | {"url": "https://example.org/", "_save": "1"})
    source = Source.objects.get(key="a-source")
    assert other.post(address(source, "delete"), {"post": "yes"}).status_code == 403
    assert maker.post(address(source, "delete"), {"post": "yes"}).status_code == 302
    draft = make_event(published=False)
    assert editor().post(address(draft, "delete"), {"post": "yes"}).status_code == 302
    assert (Source.objects.filter(key="a-source").count(), Event.objects.count()) == (0, 0)


def test_what_was_ever_published_is_not_deleted_and_keeps_its_key():
    event = make_event()
    client = editor()
    assert client.post(address(event, "delete"), {"post": "yes"}).status_code == 403
    client.post(address(event, "withdraw"), {"reason": "Doubtful."})
    press(client, address(event), opened(client, event), "_draft")
    assert state_of(event) == State.DRAFT
    assert client.post(address(event, "delete"), {"post": "yes"}).status_code == 403
    form = opened(client, event)
    assert "key" not in form
    press(client, address(event), form, key="another-key")
    assert Event.objects.get().key == event.key


def test_lists_offer_no_deletion_of_many():
    make_event(published=False)
    page = editor().get(address(Event, "changelist"))
    offered = [name for name, _label in page.context["action_form"].fields["action"].choices]
    assert offered == ["", "publish_selected", "submit_selected", "reviewed_ko", "reviewed_ja"]


def test_a_list_does_nothing_with_what_was_saved_since_it_was_opened():
    draft, other = make_event(published=False), make_event(published=False)
    client = editor()
    html = client.get(address(Event, "changelist")).content.decode()
    assert f'name="seen-{draft.pk}" value="{draft.revision}"' in html
    data = selected("publish_selected", draft, other)
    press(researcher(), address(draft), opened(researcher("kim"), draft), title_en="Unseen")
    response = client.post(address(Event, "changelist"), data, follow=True)
    assert draft.key in messages_of(response)[0] and other.key not in messages_of(response)[0]
    assert (state_of(draft), state_of(other)) == (State.DRAFT, State.DRAFT)


def test_a_withdrawal_is_refused_after_a_save_in_the_meantime():
    event = make_event()
    client = editor()
    seen = client.get(address(event, "withdraw")).context["form"]["revision"].value()
    press(editor("kim"), address(event), opened(client, event), title_en="Unseen", reason="Found.")
    refused = client.post(address(event, "withdraw"), {"reason": "Doubtful.", "revision": seen})
    assert refused.context["form"].non_field_errors() == [
        "Somebody saved the record in the meantime. Look at it once more."
    ]
    assert state_of(event) == State.PUBLISHED


def test_translations_are_marked_as_reviewed_by_an_editor_and_proposed_by_a_researcher():
    ready, empty = make_event(title_ko="제"), make_event(title_ko="")
    researcher().post(address(Event, "changelist"), selected("reviewed_ko", ready, empty))
    proposal = Proposal.objects.get()
    assert (proposal.key, proposal.data["translations"]["ko"]) == (ready.key, "reviewed")
    editor().post(address(Event, "changelist"), selected("reviewed_ko", ready, empty))
    last = Entry.objects.current().get(key=ready.key)
    assert (last.version, last.data["translations"]["ko"]) == (2, "reviewed")
    assert Entry.objects.current().get(key=empty.key).version == 1
