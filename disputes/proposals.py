"""Proposals, from the desk to the record: merged with what is live, decided by somebody else."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from timeline import documents
from timeline.merging import Merged, merge
from timeline.models import Entry

from . import notices
from .documents import BY_TYPE, Desk, document_of
from .documents.desk import models_by_type
from .documents.own import own
from .duties import may_decide, may_release
from .models import Proposal, ProposalState, Record
from .publishing import (
    Fault,
    Unpublishable,
    display_name,
    faults,
    publish_all,
    unpublished_references,
)


class Trial(NamedTuple):
    """What a record would become: its document, what keeps it from being published, and which
    drafts it refers to."""

    document: dict[str, Any]
    faults: list[Fault]
    references: list[tuple[str, str]]


class _RolledBack(Exception):
    def __init__(self, trial: Trial) -> None:
        self.trial = trial


def live(type_: str, key: str) -> Entry | None:
    """The published version of a record; None when it is not public."""
    return Entry.objects.current().filter(type=type_, key=key).first()


def record_of(type_: str, key: str) -> Record | None:
    return models_by_type()[type_].objects.filter(key=key).first()


# Made


def taken(record: Record) -> Trial:
    """The record as it is saved at this moment, inside a transaction that is to be rolled back."""
    record = type(record).objects.get(pk=record.pk)
    references = unpublished_references(record)
    types = {type_ for type_, _key in references}
    found = [fault for fault in faults(record) if fault.field not in types]
    return Trial(document_of(record), found, references)


def tried(record: Record, document: dict[str, Any]) -> Trial:
    """What the record would become with a document's own values. Nothing is saved.

    ValidationError where the document cannot be written.
    """
    try:
        with transaction.atomic():
            raise _RolledBack(taken(write(type(record).objects.get(pk=record.pk), document)))
    except _RolledBack as done:
        return done.trial


def write(record: Record, document: dict[str, Any]) -> Record:
    """Give the record on the desk a document's own values. ValidationError names every fault."""
    values = own(record.document_type, document) | {"key": record.key}
    serializer = BY_TYPE[record.document_type](data=values, context={"desk": Desk()})
    if not serializer.is_valid():
        raise ValidationError([f"{name}: {text}" for name, text in _flat(serializer.errors)])
    try:
        with transaction.atomic():
            return serializer.save_record(record)
    except IntegrityError as error:
        message = _("It contradicts another record: %(error)s") % {"error": error}
        raise ValidationError(message) from error


def _flat(errors: Any, path: str = "") -> Iterable[tuple[str, str]]:
    if isinstance(errors, dict):
        for name, inner in errors.items():
            yield from _flat(inner, f"{path}.{name}".strip("."))
    elif isinstance(errors, list) and any(isinstance(error, dict) for error in errors):
        for number, inner in enumerate(errors, start=1):
            yield from _flat(inner, f"{path}.{number}")
    else:
        yield from ((path, str(message)) for message in errors)


@transaction.atomic
def propose(
    record: Record,
    trial: Trial,
    by: AbstractBaseUser,
    reason: str,
    form: str = "",
    form_path: str = "",
    quietly: bool = False,
) -> Proposal:
    """Keep a change of a published record for an editor. Unpublishable, ValidationError.

    `quietly`: the caller tells the editors.
    """
    base = _base(record, trial, reason)
    proposal = Proposal.objects.create(
        type=record.document_type,
        key=record.key,
        base=base,
        document=documents.dumps(trial.document),
        proposer=by,
        reason=reason,
        form=form,
        form_path=form_path,
    )
    if not quietly:
        notices.proposed(proposal)
    return proposal


@transaction.atomic
def revise(proposal: Proposal, record: Record, trial: Trial, reason: str, form: str) -> None:
    """The author's next attempt, in place of the former."""
    proposal.move_to(
        ProposalState.OPEN,
        base=_base(record, trial, reason),
        document=documents.dumps(trial.document),
        reason=reason,
        form=form,
        proposed_at=timezone.now(),
        decided_by=None,
        decided_at=None,
    )
    notices.proposed(proposal)


def _base(record: Record, trial: Trial, reason: str) -> Entry:
    if not reason.strip():
        raise ValidationError(_("Say why you change what is public."), code="required")
    if trial.faults:
        raise Unpublishable(trial.faults)
    base = live(record.document_type, record.key)
    if base is None:
        raise ValidationError(_("“%s” is not public: change the draft itself.") % record.key)
    return base


# Looked at


def merged(proposal: Proposal, current: Entry, choices: Mapping[str, str] | None = None) -> Merged:
    """The proposal upon what is live now."""
    versions = (proposal.base.data, proposal.data, current.data)
    return merge(*(own(proposal.type, version) for version in versions), choices)


# Decided


@transaction.atomic
def approve(
    proposal: Proposal,
    by: AbstractBaseUser,
    seen: int,
    choices: Mapping[str, str] | None = None,
    release: Iterable[Record] = (),
) -> Entry | None:
    """Publish a proposal under its author's name and reason; gives the record's new version.

    `seen` is the id of the live version that the editor compared it with. `release` are drafts
    that it refers to and that are published with it. ValidationError, and nothing done, where
    anything stands in the way.
    """
    _refuse_unless_decider(proposal, by)
    record = record_of(proposal.type, proposal.key)
    current = live(proposal.type, proposal.key)
    if record is None or current is None:
        raise ValidationError(_("The record is no longer public. Recover it first, or decline."))
    if current.pk != seen:
        raise ValidationError(
            _("Another change was published while you were reading. Compare once more."),
            code="concurrent_edit",
        )
    result = merged(proposal, current, choices)
    if result.open:
        raise ValidationError(_("Choose for each clash which of the two shall stand."))
    _decide(proposal, ProposalState.APPROVED, by)
    entry = _publish(proposal, record, result.document, by, release)
    Proposal.objects.filter(pk=proposal.pk).update(entry=entry)
    notices.decided(proposal, "")
    return entry


def _publish(
    proposal: Proposal,
    record: Record,
    document: dict[str, Any],
    by: AbstractBaseUser,
    release: Iterable[Record],
) -> Entry | None:
    release = list(release)
    if not all(may_release(by, draft) for draft in release):
        raise PermissionDenied
    for row in (record, *release):
        row.modified_by = proposal.proposer
    saved = write(record, document)
    name = display_name(proposal.proposer)
    added = publish_all([*release, type(saved).objects.get(pk=saved.pk)], name, proposal.reason)
    own_entries = [e for e in added if (e.type, e.key) == (proposal.type, proposal.key)]
    return own_entries[0] if own_entries else None


@transaction.atomic
def send_back(proposal: Proposal, by: AbstractBaseUser, comment: str) -> None:
    """Give it back to its author, saying what is still to be done."""
    _refuse_unless_decider(proposal, by)
    _comment_required(comment)
    _decide(proposal, ProposalState.SENT_BACK, by)
    proposal.comments.create(author=by, text=comment)
    notices.decided(proposal, comment)


@transaction.atomic
def decline(proposal: Proposal, by: AbstractBaseUser, comment: str) -> None:
    """Refuse it for good, saying why. It stays to be read."""
    _refuse_unless_decider(proposal, by)
    _comment_required(comment)
    _decide(proposal, ProposalState.DECLINED, by)
    proposal.comments.create(author=by, text=comment)
    notices.decided(proposal, comment)


def retract(proposal: Proposal, by: AbstractBaseUser) -> None:
    """Its author takes it back."""
    if proposal.proposer_id != by.pk:
        raise PermissionDenied
    _decide(proposal, ProposalState.RETRACTED, by)


@transaction.atomic
def comment(proposal: Proposal, by: AbstractBaseUser, text: str, field: str = "") -> None:
    """Say something about it, or about one of its fields."""
    _comment_required(text)
    proposal.comments.create(author=by, text=text, field=field)
    notices.commented(proposal, by, text)


def _refuse_unless_decider(proposal: Proposal, by: AbstractBaseUser) -> None:
    if not may_decide(by, proposal):
        raise PermissionDenied


def _comment_required(text: str) -> None:
    if not text.strip():
        raise ValidationError(_("Say it in a comment: its author is to know why."))


def _decide(proposal: Proposal, state: ProposalState, by: AbstractBaseUser) -> None:
    proposal.move_to(state, decided_by=by, decided_at=timezone.now())
