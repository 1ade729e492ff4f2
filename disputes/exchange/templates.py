"""What stands in each column, for who fills in a table."""

from django.utils.translation import gettext as _

from .cells import defused
from .tables import Table


def columns_sheet(table: Table) -> list[list[str]]:
    """A sheet that explains the columns of another."""
    rows = [[_("column"), _("meaning"), _("what may stand there")]]
    for column in table.own:
        codes = "\n".join(f"{code}: {label}" for code, label in column.codes)
        rows.append([column.column_name, column.label, codes or str(column.note)])
    return [[defused(cell) for cell in row] for row in rows]
