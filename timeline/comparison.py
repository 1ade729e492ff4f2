"""What differs between two documents, for people: field by field, row by row, word by word.

Pure functions of documents: the desk's review page and the public history show the same.
(`differences` says it for programs, as JSON Patch.)
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .documents import LANGUAGES
from .word_differences import Piece, pieces

Path = tuple[str, ...]

# Follows from other fields of the envelope.
DERIVED = ("type", "key", "url", "date_earliest", "date_latest")
# What a reference or a citation says itself; the rest is copied from the record it names.
OWN_OF_REFERENCE = ("key", "locator", "claim", "note", "quotation")
# The first of these that a row has tells it from its neighbours.
_IDENTITIES = (
    ("key",),
    ("kind", "event", "summit"),
    ("date",),
    ("start",),
    ("used_by",),
    ("side",),
)
ADDED, REMOVED, CHANGED, MOVED = "added", "removed", "changed", "moved"


@dataclass(frozen=True)
class Difference:
    """One value that differs. `language` is set for a text in three languages."""

    path: Path  # ("title",), ("sources", "<name of the row>", "locator")
    kind: str  # added, removed, changed, moved
    before: str
    after: str
    language: str = ""

    @property
    def field(self) -> str:
        return self.path[0]

    @property
    def inner(self) -> Path:
        return self.path[1:]

    @property
    def pieces(self) -> list[Piece]:
        """Both texts in one, word by word."""
        return pieces(self.before, self.after)


def compare(
    before: dict[str, Any] | None, after: dict[str, Any] | None, embedded: bool = True
) -> list[Difference]:
    """All that differs, in the order of the document's fields. None is an empty document.

    Without `embedded`, what a document copies from the records that it names is left out.
    """
    before, after = before or {}, after or {}
    names = [name for name in {**before, **after} if name not in DERIVED]
    return [
        found
        for name in names
        for found in _compare(before.get(name), after.get(name), (name,), embedded)
    ]


def fields_of(found: list[Difference]) -> list[str]:
    """The names of the fields in which something differs, each once."""
    return list(dict.fromkeys(difference.field for difference in found))


def is_text(value: Any) -> bool:
    """Whether it is a text in three languages."""
    return isinstance(value, dict) and all(language in value for language in LANGUAGES)


def identities(rows: list[Any]) -> list[tuple]:
    """What tells each row from its neighbours; the second of two alike has another number."""
    seen: dict[tuple, int] = {}
    found = []
    for row in rows:
        identity = _identity(row)
        seen[identity] = seen.get(identity, 0) + 1
        found.append((*identity, seen[identity]))
    return found


def _identity(row: Any) -> tuple:
    if not isinstance(row, dict):
        return (str(row),)
    for names in _IDENTITIES:
        if names[0] in row:
            return tuple(_key(row.get(name)) for name in names)
    return ()


def _key(value: Any) -> str:
    return str(value.get("key") if isinstance(value, dict) else value or "")


def _compare(before: Any, after: Any, path: Path, embedded: bool) -> Iterator[Difference]:
    if before == after:
        return
    if isinstance(before or after, list):
        yield from _rows(before or [], after or [], path, embedded)
    elif is_text(before or after):
        yield from _languages(before or {}, after or {}, path)
    elif isinstance(before, dict) and isinstance(after, dict) and _same_target(before, after):
        own = "key" in before and not embedded
        for name in OWN_OF_REFERENCE if own else {**before, **after}:
            yield from _compare(before.get(name), after.get(name), (*path, name), embedded)
    else:
        yield _difference(shown(before), shown(after), path)


def _same_target(before: dict[str, Any], after: dict[str, Any]) -> bool:
    return before.get("key") == after.get("key")


def _languages(before: dict, after: dict, path: Path) -> Iterator[Difference]:
    for language in {**before, **after}:
        old, new = before.get(language) or "", after.get(language) or ""
        if old != new:
            yield _difference(old, new, path, language)


def _rows(before: list, after: list, path: Path, embedded: bool) -> Iterator[Difference]:
    old = dict(zip(identities(before), before, strict=True))
    new = dict(zip(identities(after), after, strict=True))
    for identity, row in old.items():
        if identity in new:
            inner = (*path, row_name(new[identity]))
            yield from _compare(row, new[identity], inner, embedded)
        else:
            yield _difference(shown(row), "", path)
    for identity, row in new.items():
        if identity not in old:
            yield _difference("", shown(row), path)
    stayed, then = [i for i in old if i in new], [i for i in new if i in old]
    if stayed != then:
        orders = [" · ".join(row_name(new[i]) for i in order) for order in (stayed, then)]
        yield Difference(path, MOVED, *orders)


def _difference(before: str, after: str, path: Path, language: str = "") -> Difference:
    kind = CHANGED if before and after else ADDED if after else REMOVED
    return Difference(path, kind, before, after, language)


def row_name(row: Any) -> str:
    """A row in a few words."""
    if not isinstance(row, dict):
        return str(row)
    for name in ("event", "summit"):
        if row.get(name):
            return f"{row.get('kind', '')} {row_name(row[name])}".strip()
    for name in ("title", "name", "text", "term"):
        if isinstance(row.get(name), str) and row[name]:
            return " · ".join(filter(None, (row.get("publisher"), row[name])))
        if is_text(row.get(name)):
            return _any_language(row[name])
    return next((str(row[n]) for n in ("key", "date", "start") if row.get(n)), "")


def shown(value: Any) -> str:
    """A value in words: the name of what it refers to, and what it says about it."""
    if value in (None, "", [], {}):
        return ""
    if is_text(value):
        return _any_language(value)
    if isinstance(value, dict):
        used = ("title", "name", "publisher", "kind", "event", "summit", "key")
        own = OWN_OF_REFERENCE if "key" in value else [n for n in value if n not in used]
        rest = [shown(value.get(name)) for name in own if name != "key"]
        return " – ".join(dict.fromkeys(filter(None, (row_name(value), *rest))))
    if isinstance(value, list):
        return "; ".join(shown(item) for item in value)
    return str(value)


def _any_language(texts: dict[str, str | None]) -> str:
    return next((text for text in texts.values() if text), "")
