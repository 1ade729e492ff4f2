"""Where the lines of the audit page come from: four tables, each with its kinds of line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils.translation import gettext as _

from timeline.models import Entry

from ..models import Proposal, ProposalState, SecurityEvent, SecurityKind
from ..publishing import display_name

SIGNING_IN = (SecurityKind.SIGNED_IN, SecurityKind.SIGNED_OUT)
FAILURES = (SecurityKind.SIGN_IN_FAILED, SecurityKind.LOCKED_OUT)
ACCOUNTS = (SecurityKind.ACCOUNT_MADE, SecurityKind.PASSWORD_SET)
FACTORS = (
    SecurityKind.FACTOR_SET,
    SecurityKind.FACTOR_REMOVED,
    SecurityKind.CODES_MADE,
    SecurityKind.CODE_USED,
)
OF_ACCOUNTS = Q(content_type__app_label="auth")
DECIDED = (ProposalState.APPROVED, ProposalState.DECLINED, ProposalState.SENT_BACK)


@dataclass(frozen=True)
class Line:
    """`who` acted and `what` they did, to what (`which`), from where."""

    at: datetime
    who: str
    what: str
    which: str = ""
    note: str = ""
    place: str = ""


@dataclass(frozen=True)
class Source:
    """A table; `at` is the column of its instants, `kinds` are conditions by kind of line."""

    rows: Callable[[], QuerySet]
    at: str
    kinds: dict[str, Q]
    by: Callable[[str], Q]
    line: Callable[[Any], Line]


def _of_event(event: SecurityEvent) -> Line:
    itself = event.account and event.account == event.by
    about = "" if itself else event.account or _("(a name that no account has)")
    return Line(event.at, event.by, event.get_kind_display(), about, place=event.address or "")


def _of_log(entry: LogEntry) -> Line:
    type_ = entry.content_type.name if entry.content_type else ""
    which = f"{type_} {entry.object_repr}".strip()
    said = entry.get_change_message()
    return Line(
        entry.action_time, entry.user.username, entry.get_action_flag_display(), which, said
    )


def _of_entry(entry: Entry) -> Line:
    what = _("published") if entry.document_is_there else _("withdrawn")
    return Line(entry.recorded_at, entry.editor, what, str(entry), entry.reason)


def _of_proposal(proposal: Proposal) -> Line:
    who = proposal.decided_by.username
    return Line(
        proposal.decided_at, who, proposal.get_state_display(), str(proposal), proposal.reason
    )


def _public_names(person: str) -> list[str]:
    """Publications carry the name of the public page, which a user name stands for here."""
    user = User.objects.filter(username=person).first()
    return [person, display_name(user)] if user else [person]


def _entries() -> QuerySet:
    """Without the documents, which may be long."""
    there = Q(document__isnull=False)
    found = Entry.objects.annotate(document_is_there=ExpressionWrapper(there, BooleanField()))
    return found.defer("document", "search_text")


SOURCES = (
    Source(
        SecurityEvent.objects.all,
        "at",
        {
            "sign_ins": Q(kind__in=SIGNING_IN),
            "failures": Q(kind__in=FAILURES),
            "accounts": Q(kind__in=ACCOUNTS),
            "factors": Q(kind__in=FACTORS),
        },
        lambda person: Q(account=person) | Q(by=person),
        _of_event,
    ),
    Source(
        lambda: LogEntry.objects.select_related("user", "content_type"),
        "action_time",
        {"accounts": OF_ACCOUNTS, "desk": ~OF_ACCOUNTS},
        lambda person: Q(user__username=person) | (OF_ACCOUNTS & Q(object_repr=person)),
        _of_log,
    ),
    Source(
        _entries,
        "recorded_at",
        {"publications": Q(document__isnull=False), "withdrawals": Q(document__isnull=True)},
        lambda person: Q(editor__in=_public_names(person)),
        _of_entry,
    ),
    Source(
        lambda: (
            Proposal.objects.filter(decided_by__isnull=False, decided_at__isnull=False)
            .select_related("decided_by")
            .defer("document", "form")
        ),
        "decided_at",
        {"decisions": Q(state__in=DECIDED)},
        lambda person: Q(decided_by__username=person),
        _of_proposal,
    ),
)
