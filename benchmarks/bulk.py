"""The invented record written in bulk: indexes and triggers wait until all rows are there.

The ledger's own functions make the columns, the terms, the chain of digests and the counts, so
`verify_ledger` passes; only the order of the work differs.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from django.db import connection, transaction

from timeline import density, documents, indexing, ledger
from timeline.ledger import Change
from timeline.models import Entry, MonthCount

from .bare import bare_tables
from .synthetic import record

TOGETHER = 400  # entries of one publication
BATCH = 4000  # entries written in one go
BEGAN, ENDED = datetime(2019, 1, 1, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)
CORRECTED, WITHDRAWN = 50, 1000  # one event in so many
BY = "The generator"


@transaction.atomic
def fill(number: int, seed: int, progress: Callable[[int], Any] = lambda done: None) -> None:
    """Write about so many documents; some are corrected, a few withdrawn, in the last month."""
    with bare_tables():
        writer = _Writer(Random(seed + 1), (ENDED - BEGAN) * TOGETHER / number)  # noqa: S311
        changes = record(number, seed)
        while part := list(islice(changes, BATCH)):
            writer.save([writer.first(change) for change in part])
            progress(len(part))
        writer.save([writer.second(change, instant) for change, instant in writer.again])
        writer.save_counts()


@dataclass
class _Writer:
    random: Random
    step: timedelta  # from one publication to the next
    digest: str = ledger.GENESIS
    written: int = 0
    again: list[tuple[Change, datetime]] = field(default_factory=list)
    counted: Counter = field(default_factory=Counter)

    def first(self, change: Change) -> Entry:
        instant = BEGAN + self.step * (self.written // TOGETHER)
        entry = self._entry(change, 1, instant, "Invented for measuring")
        fate = self.random.random() if change.type == "event" else 1.0
        if fate < 1 / CORRECTED:
            entry.superseded_at = ENDED + timedelta(hours=1 + len(self.again) // TOGETHER)
            document = change.document if fate > 1 / WITHDRAWN else None
            self.again.append((Change("event", change.key, document), entry.superseded_at))
        return entry

    def second(self, change: Change, instant: datetime) -> Entry:
        document = change.document
        if document is not None:
            title = document["title"] | {"en": document["title"]["en"] + " (corrected)"}
            document = document | {"title": title}
        change = Change(change.type, change.key, document)
        return self._entry(change, 2, instant, "Corrected for measuring")

    def _entry(self, change: Change, version: int, instant: datetime, reason: str) -> Entry:
        entry = Entry(
            type=change.type,
            key=change.key,
            version=version,
            recorded_at=instant,
            document=documents.dumps(change.document) if change.document else None,
            reason=reason,
            editor=BY,
            **ledger.derived(change.type, change.document),
        )
        entry.data = change.document or {}
        entry.digest = self.digest = documents.digest(self.digest, entry.content())
        self.written += 1
        return entry

    def save(self, entries: list[Entry]) -> None:
        Entry.objects.bulk_create(entries, batch_size=500)
        indexing.add_terms(connection, [row for e in entries for row in ledger.term_rows(e)])
        current = (entry for entry in entries if entry.superseded_at is None)
        self.counted.update(slot for entry in current for slot in density.slots(entry))

    def save_counts(self) -> None:
        MonthCount.objects.bulk_create(
            MonthCount(dispute=dispute, type=type_, month=month, count=count)
            for (dispute, type_, month), count in self.counted.items()
        )
