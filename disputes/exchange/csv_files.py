"""CSV files in and out: UTF-8, with commas, semicolons or tabs."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from .bounds import Refused, bounded

SEPARATORS = ",;\t"
BOM = "\ufeff"  # without it a spreadsheet takes UTF-8 for something else


def read(raw: bytes) -> Iterator[list[str]]:
    """The rows of a file, header included. Refused, in words, where it is none or too large."""
    text = _decoded(raw)
    first = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from bounded(rows)
    except csv.Error as error:
        message = _("Line %(line)s cannot be read as CSV: %(error)s")
        raise Refused(message % {"line": rows.line_num, "error": error}) from error


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            _("The file is not UTF-8. In a spreadsheet, save it as “CSV UTF-8”.")
        ) from error


def write(rows: Iterable[list[Any]]) -> bytes:
    out = io.StringIO(newline="")
    out.write(BOM)
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()
