"""Desk and record are compared; each way in which they can differ is found."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from disputes.agreeing import differences
from disputes.models import Event, State
from disputes.publishing import withdraw
from timeline import ledger

from ..factories import EDITOR, MAKERS, make_event

pytestmark = pytest.mark.django_db


def found() -> list[tuple[str, str, str]]:
    return [tuple(difference) for difference in differences()]


def test_what_was_published_agrees():
    for make in MAKERS.values():
        make(), make(published=False)
    withdraw(make_event(), EDITOR, "entered twice")
    assert found() == []
    out = StringIO()
    call_command("check_desk", stdout=out)
    assert out.getvalue() == "Desk and record say the same.\n"


def test_each_way_to_differ_is_found():
    for key in "abc":
        make_event(key=key)
    events = Event.objects.all()
    events.filter(key="a").update(title_en="Changed behind the record's back")
    events.filter(key="b").update(state=State.DRAFT)
    ledger.withdraw("event", "c", EDITOR, "behind the desk's back")
    ledger.append("event", "d", {"type": "event", "key": "d"}, EDITOR, "behind the desk's back")
    assert found() == [
        ("event", "a", "reads otherwise on the desk than in the record."),
        ("event", "b", "is no longer public on the desk, but in the record."),
        ("event", "c", "is public on the desk, but not in the record."),
        ("event", "d", "is in the record only."),
    ]
    with pytest.raises(CommandError, match="differ in 4 records"):
        call_command("check_desk", stdout=StringIO())
