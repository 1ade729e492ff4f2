"""django-import-export's resources, whose rows become documents rather than model instances."""

from collections.abc import Iterable
from typing import Any, ClassVar

import tablib
from django.contrib.auth.models import AbstractBaseUser
from import_export.resources import Resource

from ..models import Record
from .checking import Check
from .columns import Column
from .outcomes import Outcome
from .saving import Saving
from .tables import EventTable, ReadingTable, SourceTable, SummitTable, Table


class TableResource(Resource):
    """Its `import_data` opens the transaction, and undoes it after a dry run or with a fault."""

    table_class: ClassVar[type[Table]]

    class Meta:
        use_transactions = True

    def __init__(self, by: AbstractBaseUser | None = None, reason: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.table, self.by, self.reason = self.table_class(), by, reason

    @classmethod
    def get_db_connection_name(cls) -> str:
        return "default"

    @classmethod
    def get_display_name(cls) -> str:
        return cls.table_class.name

    def get_user_visible_fields(self) -> list[Column]:
        return self.table.own

    def import_data(self, dataset, *args, **kwargs):
        return super().import_data(
            dataset, *args, **kwargs | {"rollback_on_validation_errors": True}
        )

    def import_data_inner(self, dataset, dry_run, *args, **kwargs) -> Outcome:
        check = Check(self.table)
        outcome = check.run(list(dataset.headers or []), iter(dataset))
        if not outcome.faults:
            Saving(self.table, outcome, check.desk, self.by, self.reason).run(preview=dry_run)
        return outcome

    def export(self, queryset: Iterable[Record] | None = None, **kwargs: Any) -> tablib.Dataset:
        """A row for each record, or for each of its readings."""
        dataset = tablib.Dataset(headers=self.table.header, title=self.table.name)
        records = queryset if queryset is not None else self.table.document.model.objects.none()
        for record in records.prefetch_related(*self.table.document.prefetch):
            for line in self.table.lines(record):
                dataset.append(line)
        return dataset


class EventResource(TableResource):
    table_class = EventTable


class SummitResource(TableResource):
    table_class = SummitTable


class SourceResource(TableResource):
    table_class = SourceTable


class ReadingResource(TableResource):
    table_class = ReadingTable
