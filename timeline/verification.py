"""Whether the record is what was published: all that can be recomputed from the documents, is."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from . import density, guards, indexing, ledger, recomputing
from .models import Entry, MonthCount, Term

CHUNK = 500  # entries read together, with their terms


@dataclass(frozen=True)
class Fault:
    """What is wrong, and with which entry; no id: with the record as a whole."""

    problem: str
    id: int | None = None
    type: str = ""
    key: str = ""

    def __str__(self) -> str:
        if self.id is None:
            return self.problem
        return f"{self.id} {self.type} {self.key}: {self.problem}"


@dataclass
class Verification:
    """One walk over the record. `faults` gives what is wrong; then the other fields are filled.

    From `from_id` on, trusting what stands before it; the months are only recounted from the first.
    `noted` is the digest of a head that was written down earlier: it must still be in the chain.
    """

    from_id: int = 1
    noted: str = ""
    progress: Callable[[int], Any] = lambda done: None
    entries: int = 0
    head: Entry | None = None
    unused_numbers: int = 0  # given out after the last entry: rolled back, or cut off
    _last: int = 0  # the id of the last entry, even if it cannot be read
    _counts: Counter = field(default_factory=Counter)

    def faults(self) -> Iterator[Fault]:
        """Every fault, as it is found. Reads one snapshot, so publishing may go on meanwhile."""
        for name in guards.missing(connection):
            yield Fault(_("The trigger “%(name)s” is not in force.") % {"name": name})
        if error := indexing.error(connection):
            words = _("The search index is not that of the entries: %(error)s")
            yield Fault(words % {"error": error})
        with _snapshot():
            yield from self._walk()
            yield from version_faults()
            if self.from_id <= 1:
                yield from _count_faults(self._counts)
            yield from self._end_faults()

    def _walk(self) -> Iterator[Fault]:
        former = Entry.objects.filter(pk__lt=self.from_id).head()
        previous, after = (former.digest, former.pk) if former else (ledger.GENESIS, 0)
        instant = former and former.recorded_at
        self.head, self._last = former, after
        while chunk := _read(after):
            terms = _terms(after, chunk[-1][0])
            for pk, entry, error in chunk:
                if not entry:
                    yield Fault(_("cannot be read: %(error)s") % {"error": error}, pk)
                    terms.pop(pk, None)
                    previous = None
                    continue
                problems = [
                    *recomputing.chain_problems(entry, previous, instant),
                    *recomputing.document_problems(entry, terms.pop(pk, set())),
                ]
                yield from (Fault(text, pk, entry.type, entry.key) for text in problems)
                self._passed(entry)
                previous, instant = entry.digest, entry.recorded_at
            yield from (Fault(_("has terms, but is no entry."), pk) for pk in terms)
            after = self._last = chunk[-1][0]
            self.progress(len(chunk))

    def _passed(self, entry: Entry) -> None:
        self.entries += 1
        self.head = entry
        if entry.superseded_at is None:
            self._counts.update(_slots(entry))

    def _end_faults(self) -> Iterator[Fault]:
        """What a cut at the end leaves behind: the chain itself cannot show it."""
        if Term.objects.filter(entry__gt=self._last).exists():
            yield Fault(_("There are terms of entries after the last one."))
        self.unused_numbers = max(0, _last_number() - self._last)
        if self.unused_numbers and connection.vendor == "sqlite":  # it takes numbers back
            yield Fault(_("Entries after the last one were removed."))
        if self.noted and not Entry.objects.filter(digest=self.noted).exists():
            yield Fault(
                _("The noted head %(digest)s is not in the record.") % {"digest": self.noted}
            )


def version_faults() -> Iterator[Fault]:
    """Each version ends when the next begins, none is left out, and just the last one is open."""
    columns = ("type", "key", "version", "pk", "recorded_at", "superseded_at")
    rows = Entry.objects.order_by(*columns[:3]).values_list(*columns)
    try:
        for (type_, key), versions in groupby(rows.iterator(CHUNK), key=lambda row: row[:2]):
            for pk, problem in _version_problems([row[2:] for row in versions]):
                yield Fault(problem, pk, type_, key)
    except (DatabaseError, ValueError, TypeError) as error:
        yield Fault(_("The versions cannot be compared: %(error)s") % {"error": error})


def _version_problems(versions: list[tuple]) -> Iterator[tuple[int, str]]:
    following = [*versions[1:], None]
    for number, (row, later) in enumerate(zip(versions, following, strict=True), 1):
        version, pk, __, superseded_at = row
        if version != number:
            yield (
                pk,
                _("is version %(version)s, where %(number)s is due.")
                % {
                    "version": version,
                    "number": number,
                },
            )
        if later is None and superseded_at is not None:
            yield pk, _("is closed, but no version follows it.")
        elif later is not None and superseded_at != later[2]:
            yield pk, _("is not closed at the instant at which the next version was recorded.")
        if later is not None and later[1] <= pk:
            yield pk, _("has a higher number than the next version.")


def _read(after: int) -> list[tuple[int, Entry | None, str]]:
    """The next entries as (id, entry, error); one by one where one of them cannot be read."""
    rows = Entry.objects.filter(pk__gt=after).order_by("pk")
    try:
        return [(entry.pk, entry, "") for entry in rows[:CHUNK]]
    except (DatabaseError, ValueError, TypeError):
        return [_read_one(pk) for pk in list(rows.values_list("pk", flat=True)[:CHUNK])]


def _read_one(pk: int) -> tuple[int, Entry | None, str]:
    try:
        return pk, Entry.objects.get(pk=pk), ""
    except (DatabaseError, ValueError, TypeError) as error:
        return pk, None, str(error)


def _terms(after: int, last: int) -> dict[int, set[tuple]]:
    """The rows of the inverted index of the entries in (after, last]."""
    found: dict[int, set[tuple]] = {}
    rows = Term.objects.filter(entry__gt=after, entry__lte=last)
    for entry, *term in rows.values_list("entry", "name", "value", "starts_on"):
        found.setdefault(entry, set()).add(tuple(term))
    return found


def _slots(entry: Entry) -> list[density.Slot]:
    try:
        return list(density.slots(entry))
    except (ValueError, TypeError):  # an unreadable document is a fault of its own
        return []


def _count_faults(due: Counter) -> Iterator[Fault]:
    rows = MonthCount.objects.order_by("pk").values_list("dispute", "type", "month", "count")
    found = Counter({(dispute, type_, month): n for dispute, type_, month, n in rows.iterator()})
    for slot in sorted(s for s in due.keys() | found.keys() if due[s] != found[s]):
        dispute, type_, month = slot
        yield Fault(
            _("%(month)s, %(type)s, %(dispute)s: %(found)s are counted, there are %(due)s.")
            % {
                "month": f"{month:%Y-%m}",
                "type": type_,
                "dispute": dispute or "–",
                "found": found[slot],
                "due": due[slot],
            }
        )


def _last_number() -> int:
    """The last number that the database gave to an entry."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT COALESCE(pg_sequence_last_value("
                "pg_get_serial_sequence('timeline_entry', 'id')::regclass), 0)"
            )
        else:
            cursor.execute("SELECT MAX(seq) FROM sqlite_sequence WHERE name = 'timeline_entry'")
        return cursor.fetchone()[0] or 0


@contextmanager
def _snapshot() -> Iterator[None]:
    """One state of the database throughout, without keeping anyone from writing."""
    if connection.in_atomic_block:
        yield
        return
    sqlite = connection.vendor == "sqlite"
    if sqlite:  # its usual IMMEDIATE would hold the one place for a writer
        usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        with transaction.atomic():
            if not sqlite:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if sqlite:
            connection.transaction_mode = usual
