"""How large a file may be that somebody sends to the desk; all are in docs/limits.md."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

MAX_BYTES = 5_000_000  # of the file as it is sent
MAX_UNPACKED = 16_000_000  # bytes of all that is packed in an XLSX file
MAX_PART = 1_000_000  # bytes of what is packed in it beside the sheet and its texts
MAX_PARTS = 200  # files packed in it
MAX_ROWS = 2_500
MAX_COLUMNS = 100
MAX_CELL = 32_000  # characters; a spreadsheet's own limit is 32,767


class Refused(Exception):
    """A file that is not read, with the reason in words for who sent it."""


def bounded(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """The rows of a table, header included, as long as they keep to the bounds."""
    for number, row in enumerate(rows, start=1):
        if number > MAX_ROWS + 1:
            raise Refused(_("The file has more than %(number)s rows.") % {"number": MAX_ROWS})
        if len(row) > MAX_COLUMNS:
            message = _("Row %(row)s has more than %(number)s columns.")
            raise Refused(message % {"row": number, "number": MAX_COLUMNS})
        if any(len(cell) > MAX_CELL for cell in row):
            message = _("A cell in row %(row)s has more than %(number)s characters.")
            raise Refused(message % {"row": number, "number": MAX_CELL})
        if any("\x00" in cell for cell in row):
            raise Refused(_("Row %(row)s holds a null character.") % {"row": number})
        yield row
