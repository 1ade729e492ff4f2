"""The columns of a table of records: each is a value, or a language of a text, in the document."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from timeline.field_names import name_of

from ..documents.base import Translations
from ..documents.fields import Choice, Edtf, Flag, Number, Reference, Text, Whole
from ..documents.parts import CitationPart, KeyPart, Node, Rows
from ..models.texts import LANGUAGES

BAR, END = " | ", "; "
CITATION = ("key", "locator", "claim", "note", "quotation")
Data = dict[str, Any]


class Unreadable(ValueError):
    """A cell that is no value of its column, with the reason in words."""


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Column:
    """`read` makes the document's value of a cell's text, `write` makes the cell of the value."""

    column_name: str
    path: tuple[str, ...]  # in the compact document: ("title", "ko")
    read: Callable[[str], Any] = _same
    write: Callable[[Any], Any] = _same
    note: Any = ""  # what may stand there
    codes: list[tuple[str, Any]] = field(default_factory=list, hash=False)
    required: bool = False
    empty: Callable[[], Any] = lambda: None  # what an empty cell means

    @property
    def label(self) -> str:
        return str(name_of(self.path[0]))

    def get(self, document: Data) -> Any:
        """The cell of a document."""
        value: Any = document
        for step in self.path:
            value = (value or {}).get(step)
        return "" if value is None else self.write(value)

    def put(self, document: Data, cell: str) -> None:
        """Write a cell into a document. Unreadable."""
        *outer, last = self.path
        for step in outer:
            document = document.setdefault(step, {})
        document[last] = self.read(cell) if cell else self.empty()


def of(node: type[Node]) -> list[Column]:
    """The columns of a type of document, or of a part of one."""
    fields = [f for f in node().fields.items() if not f[1].read_only]
    return [column for name, found in fields for column in _columns(name, found)]


def _columns(name: str, found: serializers.Field) -> Iterator[Column]:
    if isinstance(found, Text | Translations):
        note = _NOTES.get(type(found), "")
        for language in LANGUAGES:
            yield Column(f"{name}_{language}", (name, language), note=note)
    elif isinstance(found, Rows):
        yield _list(name, found)
    else:
        yield _value(name, found)


def _value(name: str, found: serializers.Field) -> Column:
    codes = [c for c in found.choices.items() if c[0]] if isinstance(found, Choice) else []
    note = next((note for kind, note in _NOTES.items() if isinstance(found, kind)), "")
    return Column(name, (name,), note=note, codes=codes, required=found.required)


def _list(name: str, rows: Rows) -> Column:
    if isinstance(rows.child, KeyPart):
        note = gettext_lazy("Keys, separated by “;”.")
        return Column(name, (name,), _keys, END.join, note, empty=list)
    if isinstance(rows.child, CitationPart):
        note = gettext_lazy(
            "Keys of sources, one on each line; after a key, if need be, “ | locator | claim | "
            "note | quotation”."
        )
        return Column(name, (name,), _citations, _cited, note, empty=list)
    note = gettext_lazy("A list in JSON, as the data has it; an export shows how.")
    return Column(name, (name,), _json, _dumped, note, empty=list)


def _keys(cell: str) -> list[str]:
    return [key.strip() for key in cell.replace("\n", ";").split(";") if key.strip()]


def _citations(cell: str) -> list[Any]:
    if cell.startswith("["):
        return _json(cell)
    lines = cell.split("\n") if "|" in cell else cell.replace(";", "\n").split("\n")
    return [_citation(line) for line in lines if line.strip()]


def _citation(line: str) -> Any:
    values = [part.strip() for part in line.split("|")]
    if len(values) > len(CITATION):
        raise Unreadable(_("More than five parts: %(line)s") % {"line": line[:80]})
    found = {name: value for name, value in zip(CITATION, values, strict=False) if value}
    return found if len(found) > 1 or "key" not in found else found["key"]


def _cited(rows: list[Any]) -> str:
    """One citation on each line; as JSON where that could not be read back."""
    values = [[row] if isinstance(row, str) else _parts(row) for row in rows]
    if any("|" in v or "\n" in v or v != v.strip() for parts in values for v in parts):
        return _dumped(rows)
    return "\n".join(BAR.join(parts) for parts in values)


def _parts(row: Data) -> list[str]:
    parts = [row.get(name) or "" for name in CITATION]
    while not parts[-1]:
        parts.pop()
    return parts


def _json(cell: str) -> list[Any]:
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError) as error:
        raise Unreadable(_("It is no JSON.")) from error
    if not isinstance(found, list):
        raise Unreadable(_("It is no list in JSON."))
    return found


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


_NOTES: dict[type, Any] = {
    Edtf: gettext_lazy("EDTF: 2019-07-01, 2019-07, 2019-07~, 2019-07-01/2019-08-22."),
    Reference: gettext_lazy("The key of a record."),
    Number: gettext_lazy("A number."),
    Whole: gettext_lazy("A whole number."),
    Flag: gettext_lazy("true or false."),
    Translations: gettext_lazy("original, unreviewed, reviewed or stale."),
}
