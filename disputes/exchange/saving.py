"""Checked changes to drafts and proposals. What is public stays as it is."""

from collections.abc import Callable

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from timeline import documents
from timeline.comparison import compare

from .. import notices
from ..documents import Desk, document_of
from ..models import Proposal, Record
from ..proposals import Trial, propose, taken
from ..translations import mark_stale
from .outcomes import CellFault, Change, Kind, Outcome
from .tables import Data, Table


class _Undone(Exception):
    """Ends a savepoint that was only to see what a save would give."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial


class Saving:
    """To be run in a transaction, which the caller undoes where `outcome` has faults then."""

    def __init__(
        self, table: Table, outcome: Outcome, desk: Desk, by: AbstractBaseUser, reason: str
    ) -> None:
        self.table, self.outcome, self.desk = table, outcome, desk
        self.by, self.reason = by, reason
        self.former: dict[int, Data] = {}

    def run(self, preview: bool) -> None:
        """Drafts first: links and proposals may refer to them. A preview says what differs."""
        waiting = self.outcome.waiting
        if preview:
            self.former = {id(c): document_of(c.record) for c in waiting if c.record}
        drafts = [change for change in waiting if change.kind != Kind.PROPOSED]
        proposals = [change for change in waiting if change.kind == Kind.PROPOSED]
        self._each(self._draft, drafts)
        self._each(self._link, drafts)
        if preview and not self.outcome.faults:
            self._each(self._compare, drafts)
        self._each(self._propose, proposals)
        if proposals and not preview and not self.outcome.faults:
            notices.imported(self.by, len(proposals), self.reason)

    def _each(self, step: Callable[[Change], None], changes: list[Change]) -> None:
        """The step for every change, unless a former step failed for one."""
        for change in changes if not self.outcome.faults else ():
            try:
                with transaction.atomic():
                    step(change)
            except IntegrityError as error:
                message = _("It contradicts another record: %(error)s") % {"error": error}
                self._fault(change, "", message)
            except ValidationError as error:
                for column, message in self._said(error):
                    self._fault(change, column, message)

    def _said(self, error: ValidationError) -> list[tuple[str, str]]:
        faults = getattr(error, "faults", None)
        if faults is None:
            return [("", message) for message in error.messages]
        return [(self.table.column_of(fault.field), fault.message) for fault in faults]

    def _fault(self, change: Change, column: str, message: str) -> None:
        self.outcome.faults.append(CellFault(change.row, column, message))

    def _draft(self, change: Change) -> None:
        record = change.record or change.serializer.model()
        rows = change.serializer.row_fields() - {"links"}
        change.saved = self._written(change, record, rows)

    def _link(self, change: Change) -> None:
        if "links" in change.serializer.row_fields():
            values = change.serializer.validated_data
            change.serializer.assign_rows(change.saved, values, {"links"})

    def _compare(self, change: Change) -> None:
        saved = type(change.saved).objects.get(pk=change.saved.pk)
        former = self.former.get(id(change))
        change.differences = compare(former, document_of(saved), embedded=False)

    def _propose(self, change: Change) -> None:
        record = type(change.record).objects.get(pk=change.record.pk)
        if record.revision != change.record.revision:
            raise ValidationError(_("Somebody else has just saved it. Nothing was saved."))
        trial = self._tried(change)
        former = self.former.get(id(change))
        change.differences = compare(former, trial.document, embedded=False) if former else []
        text = documents.dumps(trial.document)
        same = Proposal.objects.filter(proposer=self.by, key=record.key, document=text)
        if any(proposal.is_pending for proposal in same):
            raise ValidationError(_("You have proposed the same already."))
        propose(record, trial, self.by, self.reason, quietly=True)
        change.saved = record

    def _tried(self, change: Change) -> Trial:
        """The document that the row would give."""
        record = type(change.record).objects.get(pk=change.record.pk)
        try:
            with transaction.atomic():
                saved = self._written(change, record, change.serializer.row_fields())
                raise _Undone(taken(saved))
        except _Undone as done:
            return done.trial

    def _written(self, change: Change, record: Record, rows: set[str]) -> Record:
        """Saved under its lock; translations that the file left behind are marked."""
        serializer = change.serializer
        columns = [field.attname for field in record._meta.concrete_fields]
        before = {name: getattr(record, name) for name in columns} if record.pk else {}
        serializer.assign_columns(record, serializer.validated_data)
        changed = [name for name in before if getattr(record, name) != before[name]]
        mark_stale(record, record, changed)
        record.modified_by = self.by
        record.save()
        serializer.assign_rows(record, serializer.validated_data, rows)
        self.desk.saved(record)
        return record
