"""The only writer of the record. Entries are added in one transaction and never changed again."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby, islice
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from . import density, documents, indexing, record_types, search, terms
from .models import Entry

BATCH = 500  # entries written in one statement
_LOCK = 0x6B_6A_64_74  # advisory lock: one writer at a time, or two would continue the same digest
NAMED = 20  # records of a publication that its line in the log names; the rest are counted
security = logging.getLogger("tracker.security")
GENESIS = "0" * 64  # what the first entry's digest follows


@dataclass(frozen=True)
class Change:
    """A record's next version; document None withdraws it."""

    type: str
    key: str
    document: dict[str, Any] | None


def append(type_: str, key: str, document: dict, by: str, reason: str) -> Entry | None:
    """Add the record's next version; None when the document is what the record says already."""
    return next(iter(append_all([Change(type_, key, document)], by, reason)), None)


def withdraw(type_: str, key: str, by: str, reason: str) -> Entry | None:
    """Add a tombstone: the record is no longer published, and says why. None when it was not."""
    return next(iter(append_all([Change(type_, key, None)], by, reason)), None)


@transaction.atomic
def append_all(
    changes: Iterable[Change],
    by: str,
    reason: str,
    progress: Callable[[int], Any] = lambda done: None,
) -> list[Entry]:
    """Add the next versions of several records at one instant; gives the entries that were added.

    Each record may appear once. ValueError without a reason or an editor.
    """
    if not reason.strip() or not by.strip():
        raise ValueError("A publication needs a reason and an editor's name.")
    _lock()
    head = Entry.objects.head()
    writer = _Writer(head.digest if head else GENESIS, _next_instant(head), by, reason)
    added: list[Entry] = []
    for batch in _batches(changes):
        added += writer.write(batch)
        progress(len(batch))
    transaction.on_commit(partial(_note, added, by))
    return added


def _note(added: list[Entry], by: str) -> None:
    """Once it is certain: a line for what was published, and one for what was withdrawn."""
    for event, withdrawn in (("published", False), ("withdrawn", True)):
        of = [entry for entry in added if (entry.document is None) is withdrawn]
        if of:
            records = [f"{entry.type} {entry.key} {entry.version}" for entry in of[:NAMED]]
            security.info(event, extra={"by": by, "records": records, "count": len(of)})


class Broken(ValueError):
    """What is to be copied does not continue the chain; the sentence says where."""


@transaction.atomic
def append_copies(
    copies: Iterable[Entry], progress: Callable[[int], Any] = lambda done: None
) -> int:
    """Add entries of another tracker's record as they are, after those that are here already.

    Each must follow from the one before it: its digest is computed again. Gives their number.
    """
    _lock()
    head = Entry.objects.head()
    digest, last = (head.digest, head.pk) if head else (GENESIS, 0)
    count = 0
    for _instant, together in groupby(copies, key=lambda entry: entry.recorded_at):
        for batch in _batches(together):
            for entry in batch:
                if entry.pk <= last or documents.digest(digest, entry.content()) != entry.digest:
                    raise Broken(f"Entry {entry.pk} ({entry}) does not follow from {last}.")
                digest, last = entry.digest, entry.pk
            _add_copies(batch)
            count += len(batch)
            progress(len(batch))
    _number_after(last)
    return count


def _add_copies(new: list[Entry]) -> None:
    former = _current_entries([Change(e.type, e.key, None) for e in new])
    for entry in new:
        for name, value in derived(entry.type, entry.data or None).items():
            setattr(entry, name, value)
    closed = [former[e.type, e.key] for e in new if (e.type, e.key) in former]
    _write(new, closed, new[0].recorded_at)


def _write(new: list[Entry], closed: list[Entry], instant: datetime) -> None:
    """Close the former versions and add the new ones, with all that is found by them."""
    Entry.objects.filter(pk__in=[e.pk for e in closed]).update(superseded_at=instant)
    Entry.objects.bulk_create(new)
    indexing.add_terms(connection, [row for entry in new for row in term_rows(entry)])
    density.move(closed, new)


@dataclass
class _Writer:
    """Carries the chain's end from batch to batch."""

    digest: str
    instant: datetime
    by: str
    reason: str

    def write(self, changes: list[Change]) -> list[Entry]:
        former = _current_entries(changes)
        new = [e for c in changes if (e := self._entry(c, former.get((c.type, c.key))))]
        closed = [former[e.type, e.key] for e in new if (e.type, e.key) in former]
        _write(new, closed, self.instant)
        return new

    def _entry(self, change: Change, former: Entry | None) -> Entry | None:
        text = documents.dumps(change.document) if change.document is not None else None
        if text == (former.document if former else None):
            return None
        entry = Entry(
            type=change.type,
            key=change.key,
            version=former.version + 1 if former else 1,
            recorded_at=self.instant,
            document=text,
            reason=self.reason,
            editor=self.by,
            **derived(change.type, change.document),
        )
        entry.digest = self.digest = documents.digest(self.digest, entry.content())
        return entry


def derived(type_: str, document: dict[str, Any] | None) -> dict[str, Any]:
    """The columns of an entry that are computed from its document."""
    if document is None:
        return {"search_text": ""}
    starts_on, ends_on = terms.starts_and_ends(document)
    return {
        "starts_on": starts_on,
        "ends_on": ends_on,
        "on_timeline": record_types.get(type_).on_timeline,
        "series": terms.series_of(document),
        "search_text": search.index_text(text for _, text in documents.texts(document)),
    }


def term_rows(entry: Entry) -> list[indexing.TermRow]:
    """The rows of the inverted index for an entry, in a fixed order."""
    found = terms.terms_of(entry.data) if entry.document else set()
    day = entry.starts_on.isoformat() if entry.starts_on else None
    return [(name, value, day, entry.pk) for name, value in sorted(found)]


def _current_entries(changes: list[Change]) -> dict[tuple[str, str], Entry]:
    keys = [c.key for c in changes]
    found = Entry.objects.in_force().filter(key__in=keys, type__in={c.type for c in changes})
    return {(e.type, e.key): e for e in found}


def _batches(changes: Iterable[Change]) -> Iterator[list[Change]]:
    rest = iter(changes)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _next_instant(head: Entry | None) -> datetime:
    """Now; or, where the clock was set back, just after the last publication."""
    now = timezone.now()
    return max(now, head.recorded_at + timedelta(microseconds=1)) if head else now


def _number_after(last: int) -> None:
    """PostgreSQL does not count numbers that were given to it; SQLite does."""
    if connection.vendor == "postgresql" and last:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('timeline_entry', 'id'), %s)", [last]
            )


def _lock() -> None:
    """Hold until the transaction ends. SQLite has one writer anyway (BEGIN IMMEDIATE)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
