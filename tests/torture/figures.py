"""What a torture counted: noted while it runs, and written as the table of docs/reliability.md.

`python -m tests.torture.figures FILE` prints the table of what was noted in FILE.
"""

import json
import os
import sys
import time
from collections import defaultdict
from pathlib import Path

from django.db import connection

PLACE = "TORTURE_FIGURES"  # the file; without it, nothing is noted
SUMMED = ("harms", "acknowledged", "lost", "requests", "failed", "hostile", "5xx", "seconds")
WORST = ("slowest ms", "peak MB")
Row = dict[str, int | str]


def note(what: str, begun: float, **numbers: int) -> None:
    """One torture is over, which began at `time.monotonic() == begun`."""
    engine = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    numbers = {name.replace("_", " "): number for name, number in numbers.items()}
    numbers["seconds"] = round(time.monotonic() - begun)
    row = {"engine": engine, "what": what, **numbers}
    print(", ".join(f"{name} {value}" for name, value in row.items()))
    if os.environ.get(PLACE):
        with Path(os.environ[PLACE]).open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")


def table(rows: list[Row]) -> str:
    """Markdown: a line for each torture, and one for all."""
    names = ("engine", "what", *SUMMED, *WORST)
    lines = [names, ["---", "---", *["--:"] * (len(names) - 2)]]
    lines += [[cell(row.get(name)) for name in names] for row in [*rows, total(rows)]]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def total(rows: list[Row]) -> Row:
    found: Row = defaultdict(int, engine="both", what="**all**")
    for row in rows:
        for name in SUMMED:
            found[name] += row.get(name, 0)
        for name in WORST:
            found[name] = max(found[name], row.get(name, 0))
    return found


def cell(value: int | str | None) -> str:
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else value


if __name__ == "__main__":
    noted = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    print(table([json.loads(line) for line in noted]))
