"""Which table a type of record makes: a row for each record, or for each reading of a survey."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, NamedTuple

from ..documents import DocumentSerializer
from ..documents.happenings import EventDocument, SummitDocument
from ..documents.sources import SourceDocument
from ..documents.surveys import ReadingPart, SurveyDocument
from ..models import Record
from . import columns
from .columns import Column
from .outcomes import CellFault, Change

Data = dict[str, Any]
Path = tuple[str | int, ...]
REVISION, STATE = "revision", "state"
DESK = (REVISION, STATE)  # columns of the desk, which no document has


class Row(NamedTuple):
    number: int
    cells: dict[str, str]  # by column; only those that the file has


class Table:
    """Subclasses say how the rows of a record stand in its document."""

    document: ClassVar[type[DocumentSerializer]]
    named_by: ClassVar[str]  # the column that holds the record's key
    adds_records: ClassVar[bool] = True
    name: ClassVar[str]

    def __init__(self) -> None:
        self.own = self.own_columns()
        self.compact = self.document(context={"compact": True})
        self.by_name = {column.column_name: column for column in self.own}

    def own_columns(self) -> list[Column]:
        raise NotImplementedError

    @property
    def header(self) -> list[str]:
        first, *others = [column.column_name for column in self.own]
        return [first, *DESK, *others]

    def data_of(self, record: Record) -> Data:
        """The record as in a content file, with the state of every translation."""
        states = {"en": record.translation_en, "ko": record.translation_ko}
        translations = states | {"ja": record.translation_ja}
        return self.compact.to_representation(record) | {"translations": translations}

    def lines(self, record: Record) -> Iterator[list[Any]]:
        """The record's rows for an export, in the order of the header."""
        desk = {REVISION: record.revision, STATE: record.state}
        for part in self.parts(record.key, self.data_of(record)):
            cells = {column.column_name: column.get(part) for column in self.own} | desk
            yield [cells[name] for name in self.header]

    def parts(self, key: str, data: Data) -> Iterable[Data]:
        """What stands in each row of a record."""
        raise NotImplementedError

    def part(self, data: Data, row: Row) -> Data:
        """What of the record the row is about, to be changed in place."""
        raise NotImplementedError

    # Faults in words of the file

    def fault(self, change: Change, path: Path, message: str) -> CellFault:
        """What a document says of a value, where that stands in the file."""
        row, path = self.place(change, path)
        columns = [c for c in self.own if path and c.path[0] == path[0]]
        exact = [c for c in columns if c.path == path[: len(c.path)]]
        if not columns:
            inner = ".".join(map(str, path))
            return CellFault(row, "", f"{inner}: {message}" if inner else message)
        rest = path[len(exact[0].path) :] if exact else ()
        inner = ".".join(str(step + 1 if isinstance(step, int) else step) for step in rest)
        name = (exact or columns)[0].column_name
        return CellFault(row, name, f"{inner}: {message}" if inner else message)

    def place(self, change: Change, path: Path) -> tuple[int, Path]:
        """The row in which a value of the document stands, and its path in what that is about."""
        return change.row, path

    def column_of(self, name: str) -> str:
        """The column in which a column of the model stands; "" where it stands in none."""
        fields = self.compact.fields
        for column in self.own:
            first, *language = column.path
            source = fields[first].source if first in fields else first
            source = "translation" if first == "translations" else source
            if name in ("_".join((source, *language)), column.column_name):
                return column.column_name
        return ""


class RecordTable(Table):
    """One row, one record."""

    named_by = "key"

    def own_columns(self) -> list[Column]:
        found = columns.of(self.document)
        return sorted(found, key=lambda column: column.column_name != "key")

    def parts(self, key: str, data: Data) -> Iterable[Data]:
        return [data]

    def part(self, data: Data, row: Row) -> Data:
        return data


class EventTable(RecordTable):
    document = EventDocument
    name = "events"


class SummitTable(RecordTable):
    document = SummitDocument
    name = "summits"


class SourceTable(RecordTable):
    document = SourceDocument
    name = "sources"


class ReadingTable(Table):
    """One row, one reading; the record is the survey, and what it says of itself stays."""

    document = SurveyDocument
    named_by = "survey"
    adds_records = False
    name = "readings"

    def own_columns(self) -> list[Column]:
        return [Column("survey", ("survey",), required=True), *columns.of(ReadingPart)]

    def parts(self, key: str, data: Data) -> Iterable[Data]:
        return [{"survey": key, **reading} for reading in data.get("readings", [])]

    def part(self, data: Data, row: Row) -> Data:
        """The reading of that date, or a new one."""
        readings = data.setdefault("readings", [])
        date = row.cells.get("date", "")
        found = next((r for r in readings if r.get("date") == date), None)
        if found is None:
            readings.append(found := {})
        return found

    def place(self, change: Change, path: Path) -> tuple[int, Path]:
        if len(path) > 1 and path[0] == "readings" and isinstance(path[1], int):
            reading = change.data["readings"][path[1]]
            row = next((number for number, part in change.parts if part is reading), change.row)
            return row, path[2:]
        return change.row, path
