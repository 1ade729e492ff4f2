"""The goals, each with what was measured and its verdict; missed ones say so."""

from collections.abc import Iterator
from typing import Any

from .beside import COLD, DATASETTE, DEPLOYED, DRF, FASTAPI, KNOWN, MEMORY, STATIC
from .growth import CHANGED, PAGES

Goal = tuple[str, str, float | None, bool]  # what, due, measured, reached
SOUGHT = ("search, rare", "search, Korean", "search, frequent", "facets")
P99 = {"PostgreSQL": 100, "SQLite": 150}


def goals(result: dict[str, Any]) -> Iterator[Goal]:
    yield from _ratios(result.get("peers", {}))
    yield from _growth(result.get("asked once", {}))
    yield from _p99(result.get("by turns", {}))
    for name, row in result.get("publishing", {}).items():
        yield _most(f"one publication, {name}, ms", 50, row["median"])
        waited = row["reader meanwhile"] - row["reader alone"]
        yield _most(f"reader's p99, longer while publishing, {name}, ms", 50, waited)
    yield from _pages(result.get("asked once", {}), result.get("lighthouse", {}))
    for name, row in result.get("importing", {}).items():
        yield _least(f"import, {name}, rows a second", 500, row["rows a second"])


def _ratios(peers: dict[str, Any]) -> Iterator[Goal]:
    for name, found in peers.items():
        for peer, due in ((DRF, 20), (DATASETTE, 4), (FASTAPI, 2)):
            if peer in found:
                yield _least(f"cold list ÷ {peer}, {name}", due, found[COLD] / found[peer])
        for form, what in ((MEMORY, "warm list"), (KNOWN, "304")):
            yield _least(f"{what} ÷ nginx static, {name}", 0.25, found[form] / found[STATIC])
        yield _least(f"deployed ÷ nginx static, {name}", 0.7, found[DEPLOYED] / found[STATIC])


def _growth(asked: dict[str, Any]) -> Iterator[Goal]:
    names = list(asked)
    for engine in ("sqlite", "bench"):
        of_it = [name for name in names if name.startswith(engine)]
        if len(of_it) < 2:
            continue
        small, large = asked[of_it[0]], asked[of_it[-1]]
        others = [kind for kind in large if kind not in SOUGHT and not kind.endswith(CHANGED)]
        for kinds, due in ((SOUGHT, 3.0), (others, 1.5)):
            grown = {k: large[k]["p95"] / small[k]["p95"] for k in kinds if k in small}
            worst = max(grown, key=lambda kind: grown[kind])
            within = sum(ratio < due for ratio in grown.values())
            what = f"p95 {of_it[-1]} ÷ {of_it[0]}, {within} of {len(grown)} within; worst: {worst}"
            yield _most(what, due, grown[worst])


def _p99(turns: dict[str, Any]) -> Iterator[Goal]:
    for name, rows in turns.items():
        due = P99["SQLite" if name.startswith("sqlite") else "PostgreSQL"]
        none = [kind for kind, row in rows.items() if not row["requests"]]  # not one in the time
        told = {kind: row for kind, row in rows.items() if kind not in none}
        within = sum(row["p99"] < due and not row["failed"] for row in told.values())
        worst = max(told, key=lambda kind: told[kind]["p99"])
        what = f"p99 at 16 connections, {name}, ms: {within} of {len(rows)} within"
        what += f", {len(none)} without an answer" if none else ""
        yield _most(f"{what}; worst: {worst}", due, rows[worst]["p99"])


def _pages(asked: dict[str, Any], lighthouse: dict[str, Any]) -> Iterator[Goal]:
    for name, rows in asked.items():
        for page in PAGES:
            told = f"{page}{CHANGED}, {name}, ms"
            yield _most(told, 15, rows[page + CHANGED]["median"])
    for page in PAGES:
        for what, name in (("uncompressed", "bytes"), ("as sent", "sent")):
            if asked:
                size = max(rows[page][name] for rows in asked.values()) / 1000
                yield _most(f"{page}, largest, {what}, kB", 150, size)
    for page, points in lighthouse.items():
        for category, found in points.items():
            yield _least(f"Lighthouse, {page}, {category}", 100, found)


def _least(what: str, due: float, measured: float) -> Goal:
    return what, f"≥ {due:g}", measured, measured >= due


def _most(what: str, due: float, measured: float) -> Goal:
    return what, f"≤ {due:g}", measured, measured <= due
