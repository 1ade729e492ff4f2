"""Several people at the desk in random order, in the pages that they use."""

from django.db import transaction
from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from disputes.models import Proposal
from timeline.remembering import answers
from timeline.verification import Verification

from ..admin.pages import address, editor, form_of, opened, press, researcher
from ..exchange.files import confirmed, csv_of, exported, faults, rows_of, sent
from ..factories import make_event
from .desk_model import FIELDS, Due, Proposed, Tab, Upload, fresh_value
from .proposing import page_of

RESEARCHERS, EDITORS = ("hana", "kim"), ("mori", "park")
WHO, EDITOR = st.sampled_from([*RESEARCHERS, *EDITORS]), st.sampled_from(EDITORS)
FIELD, WHICH = st.sampled_from(FIELDS), st.integers(0, 1)
PLACE = st.integers(0, 5)
CHOICE = st.sampled_from(["", "mine", "theirs"])
HOW = st.sampled_from(["approve", "approve", "approve", "send_back", "decline"])


class DeskMachine(RuleBasedStateMachine):
    """Two public events; after each step the record and the desk are as they ought to be."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        answers.clear()
        self.clients: dict[str, Client] = {name: researcher(name) for name in RESEARCHERS}
        self.clients |= {name: editor(name) for name in EDITORS}
        texts = {name: fresh_value(name) for name in FIELDS}
        events = [make_event(**texts) for _number in range(2)]
        self.dues = [Due(event, texts, [texts]) for event in events]
        self.tabs: dict[tuple[str, int], Tab] = {}
        self.uploads: dict[str, Upload] = {}
        self.proposals: list[Proposed] = []

    def teardown(self) -> None:
        try:
            assert list(Verification().faults()) == []
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    @invariant()
    def desk_and_record_are_as_they_ought_to_be(self) -> None:
        found = [fault for held in (*self.dues, *self.proposals) for fault in held.faults()]
        assert found == []
        assert Proposal.objects.count() == len(self.proposals)

    # Typing

    @rule(who=WHO, which=WHICH)
    def open_tab(self, who: str, which: int) -> None:
        due = self.dues[which]
        self.tabs[who, which] = Tab(opened(self.clients[who], due.event), len(due.versions))

    @rule(who=WHO, which=WHICH, name=FIELD, instead=st.booleans())
    def save(self, who: str, which: int, name: str, instead: bool) -> None:
        """Type one text into the open tab and save, or propose instead of publishing."""
        due = self.dues[which]
        if due.now is None:
            return
        if (who, which) not in self.tabs:
            self.open_tab(who, which)
        tab, value = self.tabs[who, which], fresh_value(name)
        tab.typed[name] = value
        button = "_propose" if instead and who in EDITORS else "_save"
        page = address(due.event)
        response = press(self.clients[who], page, tab.form, button, reason="R", **tab.typed)
        if tab.version != len(due.versions):  # somebody saved: shown, and nothing done
            assert response.status_code == 200, "An edit was overwritten unseen."
            tab.form, tab.version = form_of(response), len(due.versions)
            return
        assert response.status_code == 302
        del self.tabs[who, which]
        if who in RESEARCHERS or button == "_propose":
            self._proposed(who, due, due.now | tab.typed)
        else:
            self._published(due, due.now | tab.typed, who)

    def _proposed(self, who: str, due: Due, mine: dict) -> None:
        pk = Proposal.objects.latest("pk").pk
        self.proposals.append(Proposed(pk, due, who, due.now, mine))

    def _published(self, due: Due, texts: dict | None, author: str) -> None:
        due.now = texts
        due.versions.append(texts)
        newest = due.entries()[-1]
        assert (newest.version, newest.editor.lower()) == (len(due.versions), author)

    @rule(who=st.sampled_from(RESEARCHERS), place=PLACE, name=FIELD)
    def go_on_writing(self, who: str, place: int, name: str) -> None:
        """The author opens what waits or was sent back, types on, and proposes it again."""
        mine = [p for p in self.proposals if p.proposer == who and p.due.now]
        waiting = [p for p in mine if p.state in ("open", "sent_back")]
        found = [p for p in waiting if Proposal.objects.get(pk=p.pk).form]
        if not found:
            return
        proposal, value = found[place % len(found)], fresh_value(name)
        page = f"{address(proposal.due.event)}?proposal={proposal.pk}"
        form = form_of(self.clients[who].get(page))
        response = press(self.clients[who], page, form, "_save", **{name: value})
        assert response.status_code == 302
        typed = {n: t for n, t in proposal.mine.items() if t != proposal.base[n]}
        proposal.base, proposal.state = proposal.due.now, "open"
        proposal.mine = proposal.due.now | typed | {name: value}

    # Deciding

    @rule(who=EDITOR, place=PLACE, how=HOW, choice=CHOICE)
    def decide(self, who: str, place: int, how: str, choice: str) -> None:
        waiting = [p for p in self.proposals if p.state == "open"] or self.proposals
        if not waiting:
            return
        proposal = waiting[place % len(waiting)]
        review = self.clients[who].get(page_of(Proposal.objects.get(pk=proposal.pk)))
        self._press(who, proposal, how, choice, review.context["review"])

    @rule(who=EDITOR, other=EDITOR, place=PLACE, which=WHICH, name=FIELD)
    def decide_after_a_change(self, who, other, place, which, name) -> None:
        """The page of the proposal was opened before somebody else published."""
        waiting = [p for p in self.proposals if p.state == "open" and p.due.now]
        if not waiting:
            return
        proposal = waiting[place % len(waiting)]
        page = page_of(Proposal.objects.get(pk=proposal.pk))
        review = self.clients[who].get(page).context["review"]
        shown = {"revision": review.proposal.revision, "seen": review.current.pk}
        before = len(proposal.due.versions)
        self.tabs.pop((other, which), None)
        self.save(other, which, name, False)
        if len(proposal.due.versions) != before:
            response = self.clients[who].post(page, shown | {"_approve": "1"})
            assert response.status_code in (200, 403), "It was approved unseen."

    def _press(self, who: str, proposal: Proposed, how: str, choice: str, review) -> None:
        due, clashing = proposal.due, {clash["name"] for clash in review.clashes}
        posted = {"revision": review.proposal.revision, "comment": "Why?", f"_{how}": "1"}
        posted |= {"seen": review.current.pk} if review.current else {}
        posted |= dict.fromkeys(clashing, choice) if choice else {}
        response = self.clients[who].post(page_of(review.proposal), posted)
        if who == proposal.proposer:
            assert response.status_code == 403
            return
        texts, clashes = proposal.merged(choice) if due.now else ({}, set())
        assert {f"choice:{n.replace('_', '.')}" for n in clashes} <= clashing or not due.now
        stuck = how == "approve" and (due.now is None or (clashing and not choice))
        if proposal.state != "open" or stuck:
            assert response.status_code == 200, "It was decided twice, or with a clash open."
            return
        assert response.status_code == 302
        proposal.state = {"approve": "approved", "send_back": "sent_back"}.get(how, "declined")
        if how == "approve" and len(due.entries()) > len(due.versions):
            self._published(due, texts, proposal.proposer)
        elif how == "approve":
            assert texts == due.now

    # Tables, history

    @rule(who=WHO, both=st.booleans(), which=WHICH, name=FIELD)
    def send_a_table(self, who: str, both: bool, which: int, name: str) -> None:
        """The dry run of one row or two with a changed text."""
        dues = [d for d in (self.dues if both else [self.dues[which]]) if d.now]
        if not dues:
            return
        rows = {row["key"]: row for row in rows_of(exported(self.clients[who], "event"))}
        changed = [(due, len(due.versions), due.now | {name: fresh_value(name)}) for due in dues]
        table = [rows[due.event.key] | {name: texts[name]} for due, _version, texts in changed]
        response = sent(self.clients[who], "event", csv_of(table))
        assert faults(response) == []
        self.uploads[who] = Upload(response, changed)

    @rule(who=WHO)
    def confirm_the_table(self, who: str) -> None:
        """All of it becomes proposals; or nothing does, where somebody saved in the meantime."""
        if (upload := self.uploads.pop(who, None)) is None:
            return
        confirmed(self.clients[who], "event", upload.response)
        if any(len(due.versions) != version for due, version, _texts in upload.rows):
            return
        made = Proposal.objects.order_by("-pk")[: len(upload.rows)]
        by_key = {proposal.key: proposal.pk for proposal in made}
        for due, _version, texts in upload.rows:
            pk = by_key[due.event.key]
            self.proposals.append(Proposed(pk, due, who, due.now, texts))

    @rule(who=WHO, which=WHICH, place=PLACE)
    def restore(self, who: str, which: int, place: int) -> None:
        due = self.dues[which]
        number = place % len(due.versions) + 1
        texts, url = due.versions[number - 1], f"history/restore/{number}/"
        page = address(due.event).replace("change/", url)
        response = self.clients[who].get(page)
        if texts is None or (due.now is None and who in RESEARCHERS):
            assert response.status_code in (403, 404)
            return
        seen = response.context["form"]["revision"].value()
        answer = self.clients[who].post(page, {"reason": "As it was.", "revision": seen})
        assert answer.status_code == 302
        if who in RESEARCHERS:
            self._proposed(who, due, texts)
        elif len(due.entries()) > len(due.versions):
            self._published(due, texts, who)
        else:
            assert texts == due.now

    @rule(who=EDITOR, which=WHICH, sure=st.sampled_from([False, False, False, True]))
    def withdraw(self, who: str, which: int, sure: bool) -> None:
        due = self.dues[which]
        if due.now is None or not sure:
            return
        page = address(due.event, "withdraw")
        form = self.clients[who].get(page).context["form"]
        posted = {name: form[name].value() or "" for name in form.fields} | {"reason": "Doubtful."}
        assert self.clients[who].post(page, posted).status_code == 302
        self._published(due, None, who)
