"""Withdrawing, and which state may follow which."""

import pytest
from django.core.exceptions import ValidationError

from disputes.models import Event, State
from disputes.publishing import publish, withdraw
from timeline.models import Entry

from ..factories import (
    EDITOR,
    make_actor,
    make_dispute,
    make_event,
    make_source,
)

pytestmark = pytest.mark.django_db


def test_a_withdrawn_record_leaves_its_reason():
    event = make_event()
    [stone] = withdraw(event, EDITOR, "It did not happen.")
    assert (stone.withdrawn, stone.reason) == (True, "It did not happen.")
    assert event.state == Event.objects.get().state == State.WITHDRAWN
    assert list(Entry.objects.current().of_type("event")) == []


def test_what_is_cited_cannot_be_withdrawn():
    source, dispute, actor = make_source(), make_dispute(), make_actor()
    cause = make_event(sources=[source], disputes=(dispute,), initiators=(actor,))
    effect = make_event(answers=(cause,))
    for record, citing in ((source, cause), (dispute, cause), (actor, cause), (cause, effect)):
        with pytest.raises(ValidationError) as refusal:
            withdraw(record, EDITOR, "because")
        assert refusal.value.code == "in_use"
        assert refusal.value.messages == [
            f"Published records still refer to “{record.key}”: event {citing.key}. "
            "Change or withdraw them first."
        ]
        assert type(record).objects.get(pk=record.pk).state == record.state == State.PUBLISHED
    withdraw(effect, EDITOR, "because")
    withdraw(cause, EDITOR, "because")
    for record in (source, dispute, actor):
        withdraw(record, EDITOR, "because")
    assert Entry.objects.current().filter(key=dispute.key).count() == 0


def test_a_withdrawn_record_can_be_published_again():
    event = make_event()
    withdraw(event, EDITOR, "because")
    [entry] = publish(event, EDITOR, "it did happen")
    assert (entry.version, event.state) == (3, State.PUBLISHED)


@pytest.mark.parametrize(
    ("state", "move", "then"),
    [
        ("draft", "submit", "in_review"),
        ("draft", "mark_published", "published"),
        ("draft", "mark_withdrawn", None),
        ("draft", "return_to_draft", None),
        ("in_review", "submit", None),
        ("in_review", "return_to_draft", "draft"),
        ("in_review", "mark_published", "published"),
        ("in_review", "mark_withdrawn", None),
        ("published", "submit", None),
        ("published", "return_to_draft", None),
        ("published", "mark_published", "published"),
        ("published", "mark_withdrawn", "withdrawn"),
        ("withdrawn", "submit", None),
        ("withdrawn", "return_to_draft", "draft"),
        ("withdrawn", "mark_published", "published"),
        ("withdrawn", "mark_withdrawn", None),
    ],
)
def test_states_follow_one_another(state, move, then):
    event = make_event(published=False, state=state)
    if then is None:
        with pytest.raises(ValidationError) as refusal:
            getattr(event, move)()
        assert refusal.value.code == "illegal_state"
    else:
        getattr(event, move)()
    assert Event.objects.get().state == event.state == (then or state)


def test_what_was_never_published_cannot_be_withdrawn():
    draft = make_event(published=False)
    with pytest.raises(ValidationError):
        withdraw(draft, EDITOR, "because")
    assert Entry.objects.of_type("event").count() == 0
