"""Random orders of saves, proposals, decisions, tables, restores and withdrawals by four people:
nothing accepted is lost, nothing is public unapproved, desk and record are equal."""

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from disputes import proposals
from disputes.admin import forms, saving
from disputes.duties import may_publish
from disputes.exchange.saving import Saving
from disputes.publishing import publish
from timeline.merging import merge

from .desk_machine import DeskMachine

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("DESK_EXAMPLES", "12"))


def test_nothing_accepted_is_lost_and_nothing_is_public_unapproved():
    run_state_machine_as_test(
        DeskMachine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=20,
            deadline=None,
            derandomize="DESK_EXAMPLES" not in os.environ,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )


def unlocked(patch: pytest.MonkeyPatch) -> None:
    """The form does not ask whether somebody saved since it was opened."""
    patch.setattr(forms.DeskForm, "clean", lambda form: super(forms.DeskForm, form).clean())


def forgetful(patch: pytest.MonkeyPatch) -> None:
    """An approval puts the proposal in the place of what was published since."""

    def whole(base, mine, theirs, choices=None):
        return merge(theirs, mine, theirs, choices)

    patch.setattr(proposals, "merge", whole)


def hasty(patch: pytest.MonkeyPatch) -> None:
    """A table's rows go live."""

    def live(self, change):
        change.saved = self._written(change, change.record, change.serializer.row_fields())
        publish(type(change.saved).objects.get(pk=change.saved.pk), "hana", self.reason)

    patch.setattr(Saving, "_propose", live)


def silent(patch: pytest.MonkeyPatch) -> None:
    """The desk saves, and the record is not told."""
    patch.setattr(saving, "publish_with_drafts", lambda *_arguments: None)


def lonely(patch: pytest.MonkeyPatch) -> None:
    """Editors approve what they proposed themselves."""
    patch.setattr(proposals, "may_decide", lambda user, _proposal: may_publish(user))


CONTROLS = {
    unlocked: (("open_tab", "mori", 0), ("save", "park", 0, "title_en", False),
               ("save", "mori", 0, "summary_en", False)),
    forgetful: (("save", "hana", 0, "title_en", False), ("save", "mori", 0, "title_ko", False),
                ("decide", "park", 0, "approve", "")),
    hasty: (("send_a_table", "hana", True, 0, "title_en"), ("confirm_the_table", "hana")),
    silent: (("save", "mori", 0, "title_en", False),),
    lonely: (("save", "mori", 0, "title_en", True), ("decide", "mori", 0, "approve", "")),
}  # fmt: skip


def act(steps: tuple[tuple, ...]) -> None:
    """These steps and no others, with all that is asked after each."""
    machine = DeskMachine()
    try:
        for name, *given in steps:
            getattr(machine, name)(*given)
            machine.desk_and_record_are_as_they_ought_to_be()
    finally:
        machine.teardown()


@pytest.mark.parametrize("fault", CONTROLS)
def test_it_notices(fault, monkeypatch):
    """The controls: steps that hold fail with this fault in the desk."""
    act(CONTROLS[fault])
    fault(monkeypatch)
    with pytest.raises((AssertionError, KeyError)):
        act(CONTROLS[fault])
