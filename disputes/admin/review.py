"""What an editor is shown of a proposal."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import cached_property

from timeline.comparison import Difference, compare, fields_of, shown
from timeline.documents import LANGUAGES
from timeline.field_names import name_of
from timeline.merging import Clash, Merged
from timeline.models import Entry
from timeline.templatetags.differences import language_name

from ..duties import may_decide
from ..models import Proposal, Record
from ..proposals import Trial, live, merged, record_of, tried
from ..publishing import display_name
from .proposing import pending_on


class Review:
    """A proposal against what is live now, as one user sees it."""

    def __init__(
        self, proposal: Proposal, user: AbstractBaseUser, choices: Mapping[str, str]
    ) -> None:
        self.proposal, self.user, self.choices = proposal, user, choices
        self.record = record_of(proposal.type, proposal.key)
        self.current: Entry | None = live(proposal.type, proposal.key)

    @property
    def proposer(self) -> str:
        return display_name(self.proposal.proposer)

    @property
    def decider(self) -> str:
        return display_name(self.proposal.decided_by) if self.proposal.decided_by else ""

    @property
    def is_own(self) -> bool:
        return self.proposal.proposer_id == self.user.pk

    @property
    def may_decide(self) -> bool:
        return self.proposal.is_open and may_decide(self.user, self.proposal)

    @property
    def may_revise(self) -> bool:
        return self.is_own and self.proposal.is_pending and bool(self.proposal.form_path)

    @property
    def revise_address(self) -> str:
        path = self.proposal.form_path
        return f"{path}{'&' if '?' in path else '?'}proposal={self.proposal.pk}"

    @cached_property
    def merged(self) -> Merged | None:
        return merged(self.proposal, self.current, self.choices) if self.current else None

    @property
    def clashes(self) -> list[dict[str, Any]]:
        return [self._clash(clash) for clash in self.merged.clashes] if self.merged else []

    def _clash(self, clash: Clash) -> dict[str, Any]:
        return {
            "name": f"choice:{clash.name}",
            "place": place_of(clash.path),
            "base": shown(clash.base) or "—",
            "mine": shown(clash.mine) or "—",
            "theirs": shown(clash.theirs) or "—",
            "chosen": self.choices.get(clash.name, ""),
        }

    @cached_property
    def trial(self) -> Trial | None:
        """What approval would publish; None where that cannot be said."""
        if self.merged is None or self.record is None:
            return None
        try:
            return tried(self.record, self.merged.document)
        except ValidationError as refusal:
            self.problems = refusal.messages
            return None

    problems: list[str] = []

    @cached_property
    def differences(self) -> list[Difference]:
        """Against what is live while it may still be approved; afterwards against its base."""
        if self.proposal.is_pending and self.trial:
            return compare(self.current.data, self.trial.document, embedded=False)
        return compare(self.proposal.base.data, self.proposal.data, embedded=False)

    @cached_property
    def fields(self) -> list[str]:
        return fields_of(self.differences)

    @cached_property
    def since(self) -> list[Difference]:
        """What became public after the proposal was made."""
        if not self.proposal.is_pending or not self.current:
            return []
        return compare(self.proposal.base.data, self.current.data, embedded=False)

    @property
    def faults(self) -> list[str]:
        found = [str(fault) for fault in self.trial.faults] if self.trial else []
        return [*self.problems, *found]

    @cached_property
    def drafts(self) -> list[Record]:
        """Drafts that it refers to; they can be published with it."""
        references = self.trial.references if self.trial and self.proposal.is_pending else []
        found = [record_of(type_, key) for type_, key in references]
        return [record for record in found if record]

    @property
    def others(self) -> list[dict[str, Any]]:
        """Other proposals on the record that wait, and the fields that both change."""
        if not self.record or not self.proposal.is_pending:
            return []
        others = [p for p in pending_on(self.record) if p.pk != self.proposal.pk]
        return [self._other(other) for other in others]

    def _other(self, other: Proposal) -> dict[str, Any]:
        theirs = fields_of(compare(other.base.data, other.data, embedded=False))
        return {
            "proposal": other,
            "who": display_name(other.proposer),
            "both": [name_of(name) for name in self.fields if name in theirs],
            "address": reverse("admin:disputes_proposal_change", args=[other.pk]),
        }

    @cached_property
    def _comments(self) -> list[dict[str, Any]]:
        return [
            {
                "who": display_name(comment.author),
                "when": comment.written_at,
                "about": comment.field,
                "field": name_of(comment.field) if comment.field else "",
                "text": comment.text,
            }
            for comment in self.proposal.comments.select_related("author")
        ]

    @property
    def by_field(self) -> list[dict[str, Any]]:
        """What differs in each field, and what was said about that field."""
        return [
            {
                "differences": list(found),
                "comments": [c for c in self._comments if c["about"] == name],
            }
            for name, found in groupby(self.differences, lambda difference: difference.field)
        ]

    @property
    def comments(self) -> list[dict[str, Any]]:
        """Those that stand beside no field."""
        return [c for c in self._comments if c["about"] not in self.fields]


def place_of(path: tuple[str, ...]) -> str:
    """Where in a document, in words: ("title", "en") is “Title (English)”."""
    names, language = (path[:-1], path[-1]) if path[-1] in LANGUAGES else (path, "")
    words = " · ".join(
        str(name_of(name)) if name.isidentifier() else name.removesuffix("/1") for name in names
    )
    return f"{words} ({language_name(language)})" if language else words
