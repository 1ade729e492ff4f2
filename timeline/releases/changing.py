"""What is new since the former release: CHANGES.csv line by line, CHANGES.md in numbers."""

import csv
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from ..instants import spell
from ..models import Entry
from .edition import Edition

ADDED, CORRECTED, WITHDRAWN = "added", "corrected", "withdrawn"
COLUMNS = ("type", "key", "change", "version", "recorded_at", "reason")
Row = tuple[str, str, str, int, str, str]


def write_changes(folder: Path, edition: Edition) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    with (folder / "CHANGES.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in changes(edition):
            writer.writerow(row)
            counts[row[0], row[2]] += 1
    (folder / "CHANGES.md").write_text(_in_numbers(edition, counts), encoding="utf-8")


def changes(edition: Edition) -> Iterator[Row]:
    """Each record that is not what it was in the former release, with the newest reason."""
    entries = Entry.objects.recorded_by(edition.as_of)
    if edition.former:
        entries = entries.recorded_later_than(edition.former.as_of)
    found = entries.defer("search_text").by_record().iterator(500)
    for _record, versions in groupby(found, key=lambda entry: (entry.type, entry.key)):
        first, *rest = versions
        last = rest[-1] if rest else first
        if last.withdrawn and first.version == 1:
            continue  # it came and went between the two
        change = WITHDRAWN if last.withdrawn else ADDED if first.version == 1 else CORRECTED
        at = spell(last.recorded_at)
        yield last.type, last.key, change, last.version, at, last.reason


def _in_numbers(edition: Edition, counts: Counter[tuple[str, str]]) -> str:
    since = f"since {edition.former.name}" if edition.former else "(the first release)"
    lines = [f"# Changes in {edition.name} {since}", "", "| type | added | corrected | withdrawn |"]
    lines.append("|---|---:|---:|---:|")
    for type_ in sorted({type_ for type_, _change in counts}):
        numbers = " | ".join(str(counts[type_, c]) for c in (ADDED, CORRECTED, WITHDRAWN))
        lines.append(f"| {type_} | {numbers} |")
    return "\n".join([*lines, "", "Each of them, with its reason: CHANGES.csv.", ""])
