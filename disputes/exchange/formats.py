"""The files that tables come in and go out as, for django-import-export."""

from collections.abc import Iterable, Iterator
from typing import Any

import tablib
from django.utils.translation import gettext as _
from import_export.formats.base_formats import Format

from . import csv_files, xlsx_files
from .bounds import Refused
from .cells import defused


class TableFormat(Format):
    title = extension = content_type = ""

    def __init__(self, encoding: str | None = None) -> None:
        """django-import-export names an encoding; these files are UTF-8."""

    def get_title(self):
        return self.title

    def get_extension(self):
        return self.extension

    def get_content_type(self):
        return self.content_type

    def can_import(self):
        return True

    can_export = can_import

    def read(self, raw: bytes) -> Iterator[list[str]]:
        raise NotImplementedError

    def write(self, title: str, rows: Iterable[list[Any]]) -> bytes:
        raise NotImplementedError

    def create_dataset(self, in_stream: bytes) -> tablib.Dataset:
        """The table in a file. Refused where there is none."""
        rows = list(self.read(in_stream))
        if not rows or not any(rows[0]):
            raise Refused(_("The first row is to hold the names of the columns."))
        header = [name.strip() for name in rows[0]]
        dataset = tablib.Dataset(headers=header)
        for number, row in enumerate(rows[1:], start=2):
            if any(row[len(header) :]):
                message = _("Row %(row)s has more cells than there are columns.")
                raise Refused(message % {"row": number})
            row = row[: len(header)]
            dataset.append([*row, *[""] * (len(header) - len(row))])
        return dataset

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        return self.write(dataset.title or "", _safe([dataset.headers, *dataset]))


def _safe(rows: Iterable[Iterable[Any]]) -> Iterator[list[Any]]:
    for row in rows:
        yield [defused(value) if isinstance(value, str) else value for value in row]


class Csv(TableFormat):
    title, extension, content_type = "CSV", "csv", "text/csv; charset=utf-8"

    def read(self, raw):
        return csv_files.read(raw)

    def write(self, title, rows):
        return csv_files.write(rows)


class Xlsx(TableFormat):
    title, extension = "XLSX", "xlsx"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def read(self, raw):
        return xlsx_files.read(raw)

    def write(self, title, rows):
        return xlsx_files.write([(title, rows)])


FORMATS = [Csv, Xlsx]


def number_of(raw: bytes) -> int:
    """Which of the formats a file is, by its first bytes."""
    return FORMATS.index(Xlsx if raw.startswith(xlsx_files.MAGIC) else Csv)
