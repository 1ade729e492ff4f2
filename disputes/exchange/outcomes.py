"""What an import would do, or did: one change for each record, or every fault by row and column."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from import_export.results import Result

from timeline.comparison import Difference

from ..documents import DocumentSerializer
from ..models import Record

SHOWN = 200  # faults and changes that a page shows


class Kind(models.TextChoices):
    """What becomes of a record."""

    NEW = "new", _("new draft")
    CHANGED = "changed", _("changed draft")
    PROPOSED = "proposed", _("proposal")
    SAME = "same", _("unchanged")


@dataclass(frozen=True)
class CellFault:
    row: int | None  # as a spreadsheet numbers it; the header is row 1
    column: str
    message: str


@dataclass
class Change:
    """What the file makes of one record."""

    parts: list[tuple[int, dict[str, Any]]]  # of each row: its number, and what it is about
    key: str
    record: Record | None  # on the desk already
    data: dict[str, Any]  # the whole record, as in a content file
    kind: Kind
    serializer: DocumentSerializer | None = None
    saved: Record | None = None
    differences: list[Difference] = field(default_factory=list)

    @property
    def row(self) -> int:
        return self.parts[0][0]


class Outcome(Result):
    """django-import-export's result, with changes and faults of records in place of its rows."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[CellFault] = []
        self.changes: list[Change] = []

    def has_validation_errors(self) -> bool:
        return bool(self.faults)

    @property
    def waiting(self) -> list[Change]:
        """Those that are to be saved."""
        return [change for change in self.changes if change.kind != Kind.SAME]

    @property
    def shown_faults(self) -> list[CellFault]:
        return sorted(self.faults, key=lambda f: (f.row or 0, f.column))[:SHOWN]

    @property
    def shown_changes(self) -> list[Change]:
        return self.waiting[:SHOWN]

    @property
    def left_out(self) -> int:
        """Changes, or faults, for which there is no room."""
        return max(0, len(self.faults or self.waiting) - SHOWN)

    def counts(self) -> list[tuple[Kind, int]]:
        found = [(kind, sum(c.kind == kind for c in self.changes)) for kind in Kind]
        return [(kind, number) for kind, number in found if number]
