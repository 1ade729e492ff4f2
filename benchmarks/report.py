"""What was measured as Markdown: the goals with their verdicts first, then every table."""

from collections.abc import Iterable, Iterator
from typing import Any

from .goals import goals

PARTS = "publishing importing rebuilding verifying questions lighthouse replicas".split()


def report(result: dict[str, Any]) -> str:
    return "\n".join(_lines(result))


def _lines(result: dict[str, Any]) -> Iterator[str]:
    machine = ", ".join(f"{name} {value}" for name, value in result["machine"].items())
    yield f"Measured on: {machine}."
    if result["left out"]:
        yield f"\nLeft out: {'; '.join(result['left out'])}."
    verdicts = [
        [what, due, f"{measured:,.2f}", "reached" if reached else "**missed**"]
        for what, due, measured, reached in goals(result)
    ]
    yield from _table(["goal", "due", "measured", "verdict"], verdicts)
    for name, found in result.get("peers", {}).items():
        rows = [[what, f"{n:,.0f}"] for what, n in found.items() if not what.startswith("memory")]
        yield from _table([f"requests a second, 16 connections, {name}", ""], rows)
        told = [[what, f"{n / 1e6:,.0f}"] for what, n in found.items() if what.startswith("memory")]
        yield from _table(["one process, MB", ""], told)
    yield from _asked(result.get("asked once", {}))
    yield from _turns(result.get("by turns", {}))
    for part in PARTS:
        for name, found in result.get(part, {}).items():
            rows = [[what, f"{n:,.1f}"] for what, n in found.items()]
            yield from _table([f"{part}, {name}", ""], rows)
    rows = [
        [name, f"{d['entries']:,}", f"{d['bytes'] / 1e6:,.0f}", f"{d['bytes'] / d['entries']:,.0f}"]
        for name, d in result.get("disk", {}).items()
    ]
    yield from _table(["on disk", "entries", "MB", "bytes an entry"], rows)


def _asked(asked: dict[str, Any]) -> Iterator[str]:
    if not asked:
        return
    kinds = list(dict.fromkeys(kind for rows in asked.values() for kind in rows))
    rows = [
        [kind, *(_pair(rows.get(kind)) for rows in asked.values()), _bytes(asked, kind)]
        for kind in kinds
    ]
    yield from _table(["asked once, ms: median / p95", *asked, "bytes"], rows)


def _pair(row: dict[str, float] | None) -> str:
    if not row:
        return "–"
    failed = f", {row['failed']} failed" if row["failed"] else ""
    return f"{row['median']:.1f} / {row['p95']:.1f}{failed}"


def _bytes(asked: dict[str, Any], kind: str) -> str:
    return f"{max(rows[kind]['bytes'] for rows in asked.values() if kind in rows):,}"


def _turns(turns: dict[str, Any]) -> Iterator[str]:
    for name, rows in turns.items():
        found = [
            [kind, *_latency(r), str(r["requests"]), str(r["failed"])] for kind, r in rows.items()
        ]
        head = [f"16 connections, every answer made anew, {name}, ms", "median", "p99"]
        yield from _table([*head, "answers", "failed"], found)


def _latency(row: dict[str, float]) -> list[str]:
    """Median and p99; dashes where not one answer came in the time."""
    return [f"{row[n]:.1f}" if row["requests"] else "–" for n in ("median", "p99")]


def _table(head: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    rows = list(rows)
    if rows:
        yield ""
        yield f"| {' | '.join(head)} |"
        yield f"|---|{'---:|' * (len(head) - 1)}"
        yield from (f"| {' | '.join(row)} |" for row in rows)
