"""Saving on the desk: bounds follow dates, and no editor overwrites another."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from disputes.models import (
    ConcurrentEdit,
    Event,
    Reading,
)

from ..factories import (
    MAKERS,
    make_event,
    make_survey,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2019-07~", date(2019, 7, 1), date(2019, 7, 31)),
        ("2019-07-01/..", date(2019, 7, 1), None),
        ("../2019", None, date(2019, 12, 31)),
        ("soon", None, None),
        ("", None, None),
    ],
)
def test_bounds_follow_the_date(text, earliest, latest):
    event = make_event(published=False, date="2001")
    event.date = text
    event.save()
    saved = Event.objects.get()
    assert (saved.date, saved.earliest, saved.latest) == (text, earliest, latest)


def test_a_typed_date_is_folded():
    event = make_event(published=False)
    event.date = " ２０１９－０７–01 "
    event.clean_fields()
    assert event.date == "2019-07-01"


def test_a_reading_keeps_its_bounds_too():
    reading = Reading.objects.create(survey=make_survey(readings=[]), date="2019", value=1.5)
    assert (reading.earliest, reading.latest) == (date(2019, 1, 1), date(2019, 12, 31))


@pytest.mark.parametrize("name", MAKERS)
def test_the_second_of_two_who_edit_is_told_and_nothing_is_lost(name):
    record = MAKERS[name](published=False)
    mine, theirs = (type(record).objects.get(pk=record.pk) for __ in range(2))
    mine.remark = "mine"
    mine.save()
    theirs.remark = "theirs"
    with pytest.raises(ConcurrentEdit) as refusal:
        theirs.save()
    assert refusal.value.code == "concurrent_edit"
    assert refusal.value.messages == [
        f"Somebody else has saved “{record.key}” since you opened it. Nothing was saved."
    ]
    saved = type(record).objects.get(pk=record.pk)
    assert (saved.remark, saved.revision) == ("mine", record.revision + 1)


def test_one_editor_saves_again_and_again():
    event = make_event(published=False)
    before = event.revision
    for number in range(3):
        event.remark = f"{number}"
        event.save()
    saved = Event.objects.get()
    assert (saved.revision, event.revision, saved.remark) == (before + 3, before + 3, "2")


def test_a_refused_save_can_be_put_right():
    event, other = make_event(published=False), make_event(published=False)
    key, event.key = event.key, other.key
    with pytest.raises(IntegrityError), transaction.atomic():
        event.save()
    event.key, event.remark = key, "put right"
    event.save()
    assert Event.objects.get(key=key).remark == "put right"


def test_a_state_cannot_change_under_another_editor():
    event = make_event(published=False)
    other = Event.objects.get()
    other.submit()
    with pytest.raises(ConcurrentEdit):
        event.mark_published()
    assert (event.state, Event.objects.get().state) == ("draft", "in_review")
