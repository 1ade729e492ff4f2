"""Random orders of edits, proposals, decisions, restores and withdrawals by several people."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disputes.admin.histories import restore
from disputes.documents import document_of
from disputes.models import Event, Proposal, ProposalState, State
from disputes.proposals import approve, decline, live, merged, propose, send_back, tried
from disputes.publishing import display_name, publish, withdraw
from timeline.models import Entry
from timeline.verification import Verification

from ..factories import make_event

pytestmark = pytest.mark.django_db(transaction=False)
FIELDS = ("title_en", "title_ko", "summary_en", "summary_ja")
PEOPLE = st.sampled_from(["hana", "kim", "editor", "second"])
EDITORS = st.sampled_from(["editor", "second"])
PLACE = st.integers(min_value=0, max_value=3)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), PEOPLE, st.sampled_from(FIELDS)),
        st.tuples(st.just("propose"), PEOPLE, st.sampled_from(FIELDS)),
        st.tuples(st.just("stale_edit"), PEOPLE, st.sampled_from(FIELDS)),
        st.tuples(st.just("approve"), PEOPLE, PLACE),
        st.tuples(st.just("approve"), EDITORS, st.just(0)),
        st.tuples(st.just("propose"), PEOPLE, st.sampled_from(FIELDS)),
        st.tuples(st.just("approve_unseen"), PEOPLE, PLACE),
        st.tuples(st.just("send_back"), PEOPLE, PLACE),
        st.tuples(st.just("decline"), PEOPLE, PLACE),
        st.tuples(st.just("restore"), PEOPLE, PLACE),
        st.tuples(st.just("withdraw"), PEOPLE, PLACE),
    ),
    min_size=12,
    max_size=24,
)


class Desk:
    """One event, the people, and what the record ought to say (`due`: a document, or None)."""

    def __init__(self) -> None:
        self.people = {name: self._person(name) for name in ("hana", "kim", "editor", "second")}
        self.event = make_event(title_en="T", title_ko="제", summary_en="S", summary_ja="文")
        self.former = Event.objects.get(pk=self.event.pk)  # as somebody opened it long ago
        self.due = live("event", self.event.key).data
        self.number = 0

    def _person(self, name: str) -> User:
        user = User.objects.create_user(name, is_staff=True)
        group = "Editors" if name in ("editor", "second") else "Researchers"
        user.groups.add(Group.objects.get(name=group))
        return user

    def fresh(self) -> Event:
        return Event.objects.get(pk=self.event.pk)

    def value(self) -> str:
        self.number += 1
        return f"value {self.number}"

    def act(self, name: str, who: str, what: object) -> None:
        """Do it as the desk does; what is refused leaves everything as it was."""
        try:
            with transaction.atomic():
                due = getattr(self, f"_{name}")(self.people[who], what)
        except (ValidationError, PermissionDenied):
            return
        self.due = due

    def _edit(self, user: User, field: str, event: Event | None = None) -> dict | None:
        if not user.has_perm("disputes.publish_records"):
            raise PermissionDenied
        event = event or self.fresh()
        if event.state != State.PUBLISHED:
            raise ValidationError("Not public.")
        setattr(event, field, self.value())
        event.save()
        publish(event, display_name(user), "An edit.")
        column, language = field.split("_")
        texts = self.due[column] | {language: getattr(event, field)}
        return self.due | {column: texts}

    def _stale_edit(self, user: User, field: str) -> dict | None:
        if self.former.revision == self.fresh().revision:
            raise ValidationError("Nobody saved since.")
        copy = Event.objects.get(pk=self.event.pk)
        copy.revision = self.former.revision
        self._edit(user, field, copy)
        raise AssertionError("An edit was overwritten unseen.")

    def _propose(self, user: User, field: str) -> dict | None:
        column, language = field.split("_")
        current = live("event", self.event.key)
        if current is None:
            raise ValidationError("Not public.")
        changed = current.data | {column: current.data[column] | {language: self.value()}}
        propose(self.fresh(), tried(self.fresh(), changed), user, "A proposal.")
        return self.due

    def _chosen(self, place: int) -> Proposal:
        """The newest that wait, or at a later place any."""
        proposals = Proposal.objects.order_by("-pk")
        waiting = proposals.filter(state=ProposalState.OPEN) if place < 2 else proposals
        found = list(waiting[: place + 1])
        if len(found) <= place:
            raise ValidationError("No such proposal.")
        return found[place]

    def _approve(self, user: User, place: int) -> dict | None:
        proposal, current = self._chosen(place), live("event", self.event.key)
        if current is None:
            raise ValidationError("Not public.")
        clashes = merged(proposal, current).clashes
        choices = {clash.name: "mine" if self.number % 2 else "theirs" for clash in clashes}
        expected = merged(proposal, current, choices).document
        approve(proposal, user, current.pk, choices)
        assert proposal.proposer != user
        return self.due | {name: expected[name] for name in ("title", "summary")}

    def _approve_unseen(self, user: User, place: int) -> dict | None:
        first = Entry.objects.filter(type="event").earliest("pk")
        if live("event", self.event.key) == first:
            raise ValidationError("It has been seen.")
        approve(self._chosen(place), user, first.pk)
        raise AssertionError("A change was approved against a version that is not live.")

    def _send_back(self, user: User, place: int) -> dict | None:
        send_back(self._chosen(place), user, "More, please.")
        return self.due

    def _decline(self, user: User, place: int) -> dict | None:
        decline(self._chosen(place), user, "No.")
        return self.due

    def _restore(self, user: User, place: int) -> dict | None:
        if not user.has_perm("disputes.publish_records"):
            raise PermissionDenied
        versions = Entry.objects.versions_of("event", self.event.key).filter(document__isnull=False)
        entry = list(versions)[min(place, versions.count() - 1)]
        restore(self.fresh(), entry, user, "Restored.")
        return entry.data

    def _withdraw(self, user: User, place: int) -> dict | None:
        if place or not user.has_perm("disputes.publish_records"):
            raise PermissionDenied
        withdraw(self.fresh(), display_name(user), "Withdrawn.")
        return None


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_nothing_accepted_is_lost_and_nothing_unapproved_is_public(db, steps):
    undo = transaction.atomic()
    undo.__enter__()
    try:
        desk = Desk()
        for name, who, what in steps:
            before = Entry.objects.newest()
            desk.act(name, who, what)
            entry = live("event", desk.event.key)
            assert (entry.data if entry else None) == desk.due, (name, who, what)
            fresh = desk.fresh()
            assert fresh.is_published == (entry is not None)
            if entry:
                assert document_of(fresh) == entry.data
            if name in ("propose", "send_back", "decline"):
                assert Entry.objects.newest() == before
        approved = Proposal.objects.filter(state=ProposalState.APPROVED)
        assert all(p.decided_by_id != p.proposer_id for p in approved)
        assert list(Verification().faults()) == []
    finally:
        transaction.set_rollback(True)
        undo.__exit__(None, None, None)
