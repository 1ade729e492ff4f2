"""One entry against its document: all that follows from the document is made again and compared."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from . import documents, ledger
from .models import Entry
from .terms import terms_of

DERIVED = ("starts_on", "ends_on", "on_timeline", "series", "search_text")
SHOWN_TERMS = 3  # of those that differ, named in a fault


def chain_problems(entry: Entry, previous: str | None, instant: datetime | None) -> Iterator[str]:
    """`previous` is the digest before it, None where that is not known; `instant` when that was."""
    if previous and documents.digest(previous, entry.content()) != entry.digest:
        yield _("the digest does not follow from the entry before it and its own content.")
    if instant and entry.recorded_at < instant:
        yield _("was recorded before the entry before it.")


def document_problems(entry: Entry, terms: set[tuple]) -> Iterator[str]:
    """`terms` are the entry's rows of the inverted index: (name, value, starts_on)."""
    try:
        document = documents.loads(entry.document) if entry.document is not None else None
    except ValueError as error:
        yield _("the document is no JSON: %(error)s") % {"error": error}
        return
    if entry.document is not None and documents.dumps(document) != entry.document:
        yield _("the document is not in its canonical form.")
    if entry.document is not None and not _is_of(document, entry):
        yield _("the document is that of another record.")
        return
    try:
        expected = Entry(**ledger.derived(entry.type, document))
        pairs = terms_of(document) if document is not None else ()
        due = {(name, value, expected.starts_on) for name, value in pairs}
    except (LookupError, ValueError, TypeError, AttributeError) as error:
        yield _("nothing can be derived from the document: %(error)r") % {"error": error}
        return
    for column in DERIVED:
        if getattr(entry, column) != getattr(expected, column):
            yield _("%(column)s is not that of the document.") % {"column": column}
    yield from _term_problems(due, terms)


def _is_of(document: Any, entry: Entry) -> bool:
    return isinstance(document, dict) and (
        (document.get("type"), document.get("key")) == (entry.type, entry.key)
    )


def _term_problems(due: set[tuple], found: set[tuple]) -> Iterator[str]:
    for rows, words in (
        (due - found, _("terms are missing: %(terms)s")),
        (found - due, _("terms are not those of the document: %(terms)s")),
    ):
        if rows:
            names = [f"{name}={value} ({day})" for name, value, day in sorted(rows, key=str)]
            yield words % {"terms": ", ".join(names[:SHOWN_TERMS])}
