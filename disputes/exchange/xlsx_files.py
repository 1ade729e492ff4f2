"""XLSX files in and out. What is packed in one is measured before anything reads it."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from .bounds import MAX_COLUMNS, MAX_PART, MAX_PARTS, MAX_ROWS, MAX_UNPACKED, Refused, bounded
from .cells import text_of

MAGIC = b"PK\x03\x04"
LARGE = ("xl/worksheets/", "xl/sharedStrings.xml")  # parts that hold the cells
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
CHUNK = 65_536
TEXT_FORMAT = "@"  # or a spreadsheet makes dates and numbers of what looks like them


def read(raw: bytes) -> Iterator[list[str]]:
    """The rows of the first sheet, header included. Refused where it is no sheet or too large."""
    _measure(raw)
    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of itself is not believed
        found = sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS + 1, values_only=True)
        rows = [[text_of(value) for value in row] for row in found]
    except Exception as error:  # whatever openpyxl makes of a broken file
        raise Refused(_("The file cannot be read as XLSX.")) from error
    return bounded(_trimmed(rows))


def _measure(raw: bytes) -> None:
    """Refuse a bomb: by what the file declares, then by what really comes out of it."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            parts = packed.infolist()
            if len(parts) > MAX_PARTS or sum(p.file_size for p in parts) > MAX_UNPACKED:
                raise Refused(_too_large())
            left = MAX_UNPACKED
            for part in parts:
                left -= _size(packed, part, left)
    except Refused:
        raise
    except Exception as error:  # zipfile and zlib raise half a dozen kinds
        raise Refused(_("The file cannot be read as XLSX.")) from error


def _size(packed: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    bound = left if part.filename.startswith(LARGE) else min(left, MAX_PART)
    size, tail = 0, b""
    with packed.open(part) as stream:
        while chunk := stream.read(CHUNK):
            if size + len(chunk) > bound:
                raise Refused(_too_large())
            if b"<!DOCTYPE" in (tail + chunk).upper() or (not size and chunk.startswith(UTF_16)):
                raise Refused(_("The file defines entities: it is no ordinary XLSX file."))
            size, tail = size + len(chunk), chunk[-16:]
    return size


def _too_large() -> str:
    message = _("What is packed in the file is too large: more than %(size)s bytes.")
    return message % {"size": f"{MAX_UNPACKED:,}"}


def _trimmed(rows: list[list[str]]) -> Iterator[list[str]]:
    """Without the empty rows and columns that spreadsheets leave at the end."""
    while rows and not any(rows[-1]):
        rows.pop()
    for row in rows:
        while row and not row[-1]:
            row.pop()
        yield row


def write(sheets: Iterable[tuple[str, Iterable[list[Any]]]]) -> bytes:
    """Sheets as (name, rows). Every text stays a text."""
    book = Workbook(write_only=True)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell.data_type = "s"  # never taken for a formula or an error
    cell.number_format = TEXT_FORMAT
    return cell
