"""A table checked whole, cell by cell, before anything of it is saved."""

import copy
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..content.loading import flattened
from ..documents import Desk
from ..models import Record, State
from ..models.records import validate_key
from .cells import plain
from .columns import Unreadable
from .outcomes import CellFault, Change, Kind, Outcome
from .tables import DESK, REVISION, STATE, Data, Row, Table

CHUNK = 400  # records that are fetched together
BOOKKEEPING = {"modified_by", "submitted_by"}


def same_text(value: Any) -> str:
    """A cell's text, however the spreadsheet ends its lines."""
    return str(value).replace("\r\n", "\n").strip()


class Check:
    """Makes changes of rows; `outcome` holds them, or every fault."""

    def __init__(self, table: Table) -> None:
        self.table, self.outcome = table, Outcome()
        self.desk = Desk()

    def run(self, header: list[str], lines: Iterable[Iterable[str]]) -> Outcome:
        if self._header_holds(header):
            self._changes(list(_rows(header, lines)))
            waiting = self.outcome.waiting
            type_ = self.table.document.model.document_type
            self.desk = Desk(expected=[(type_, change.key) for change in waiting])
            for change in waiting:
                self._validate(change)
        return self.outcome

    def _fault(self, row: int, column: str, message: Any) -> None:
        self.outcome.faults.append(CellFault(row, column, str(message)))

    def _header_holds(self, header: list[str]) -> bool:
        known = {*self.table.by_name, *DESK}
        for name in dict.fromkeys(header):
            if name not in known:
                self._fault(1, name, _("There is no such column."))
            elif header.count(name) > 1:
                self._fault(1, name, _("The column stands twice."))
        if self.table.named_by not in header:
            self._fault(1, self.table.named_by, _("The column is missing."))
        return not self.outcome.faults

    # Rows and the records that they are about

    def _changes(self, rows: list[Row]) -> None:
        named = self._by_key(rows)
        records = self._records(list(named))
        for key, own in named.items():
            record, before = records.get(key), len(self.outcome.faults)
            for row in own:
                self._check_desk(row, record)
            if len(self.outcome.faults) == before:
                self.outcome.changes.append(self._change(key, own, record))

    def _by_key(self, rows: list[Row]) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            key = row.cells[self.table.named_by]
            try:
                validate_key(key)
            except ValidationError as error:
                self._fault(row.number, self.table.named_by, error.messages[0])
            else:
                found[key].append(row)
        return found

    def _records(self, keys: list[str]) -> dict[str, Record]:
        found: dict[str, Record] = {}
        records = self.table.document.model.objects.prefetch_related(*self.table.document.prefetch)
        for start in range(0, len(keys), CHUNK):
            some = records.filter(key__in=keys[start : start + CHUNK])
            found |= {record.key: record for record in some}
        return found

    def _check_desk(self, row: Row, record: Record | None) -> None:
        """What the desk's own columns say must be so: nothing unseen is overwritten."""
        if record is None:
            self._check_new(row)
        elif not row.cells.get(REVISION):
            message = _("The record exists. Export it, and change the row that you are given.")
            self._fault(row.number, REVISION, message)
        elif row.cells[REVISION] != str(record.revision):
            message = _(
                "Somebody saved the record since it was exported (revision %(now)s now, %(then)s "
                "in the file). Export it once more."
            )
            numbers = {"now": record.revision, "then": row.cells[REVISION][:20]}
            self._fault(row.number, REVISION, message % numbers)
        elif record.state == State.WITHDRAWN:
            self._fault(row.number, STATE, _("The record is withdrawn."))
        elif row.cells.get(STATE, "") not in ("", record.state):
            self._fault(row.number, STATE, _("A state is not imported: use the record's page."))

    def _check_new(self, row: Row) -> None:
        if not self.table.adds_records:
            self._fault(row.number, self.table.named_by, _("There is no such record."))
        elif row.cells.get(REVISION):
            message = _("There is no record with this key: leave the revision empty.")
            self._fault(row.number, REVISION, message)
        elif row.cells.get(STATE, "") not in ("", State.DRAFT):
            self._fault(row.number, STATE, _("What is imported is a draft."))

    # What the rows make of the record

    def _change(self, key: str, rows: list[Row], record: Record | None) -> Change:
        now = self.table.data_of(record) if record else {}
        data = copy.deepcopy(now) if record else {"key": key}
        parts: list[tuple[int, Data]] = []
        for row in rows:
            part = self.table.part(data, row)
            if twin := next((number for number, other in parts if other is part), None):
                message = _("It stands in row %(row)s already.") % {"row": twin}
                self._fault(row.number, self.table.named_by, message)
            parts.append((row.number, part))
            self._write(row, part)
        if not record:
            kind = Kind.NEW
        elif data == now:
            kind = Kind.SAME
        else:
            kind = Kind.PROPOSED if record.is_published else Kind.CHANGED
        return Change(parts, key, record, data, kind)

    def _write(self, row: Row, part: Data) -> None:
        for name, cell in row.cells.items():
            column = self.table.by_name.get(name)
            named = name == self.table.named_by
            if column is None or named or same_text(column.get(part)) == cell:
                continue
            try:
                column.put(part, cell)
            except Unreadable as error:
                self._fault(row.number, name, error)
        translations = part.get("translations") or {}
        for language in [code for code, state in translations.items() if not state]:
            del translations[language]

    # What documents and models say of it

    def _validate(self, change: Change) -> None:
        serializer = self.table.document(data=change.data, context={"desk": self.desk})
        change.serializer = serializer
        if not serializer.is_valid():
            for path, message in flattened(serializer.errors):
                self.outcome.faults.append(self.table.fault(change, path, message))
            return
        record = copy.copy(change.record) if change.record else serializer.model()
        serializer.assign_columns(record, serializer.validated_data)
        for check in (lambda: record.clean_fields(exclude=BOOKKEEPING), record.clean):
            try:
                check()
            except ValidationError as error:
                for name, messages in error.message_dict.items():
                    for message in messages:
                        self._fault(change.row, self.table.column_of(name), message)


def _rows(header: list[str], lines: Iterable[Iterable[str]]) -> Iterator[Row]:
    for number, line in enumerate(lines, start=2):
        cells = [plain(same_text(cell)) for cell in line]
        if any(cells):
            yield Row(number, dict(zip(header, cells, strict=True)))
