"""Small multiples: the surveys of one list page on a common span, pairs in one chart."""

from dataclasses import dataclass
from typing import Any

from timeline.models import Entry

from . import lines


@dataclass(frozen=True)
class Panel:
    chart: lines.Chart


def of_page(entries: list[Entry]) -> dict[str, Any]:
    """A chart for each question that has more than one reading, the longest series first."""
    groups = sorted(filter(_is_line, paired(entries)), key=_readings, reverse=True)
    if not groups:
        return {}
    days = lines.span(entry for group in groups for entry in group)
    panels = [Panel(lines.small(group, days)) for group in groups]
    return {"panels": panels, "panel_years": days}


def paired(entries: list[Entry]) -> list[list[Entry]]:
    """Surveys with readings, each with its pair in the other country where the page has both."""
    waiting = {entry.key: entry for entry in entries if entry.data["readings"]}
    groups = []
    while waiting:
        key = next(iter(waiting))
        group = [waiting.pop(key)]
        other = waiting.get(lines.pair_key(key) or "")
        if other and other.data["unit"] == group[0].data["unit"]:
            group.append(waiting.pop(other.key))
        groups.append(sorted(group, key=lambda e: e.data["country"] != "KR"))
    return groups


def _is_line(group: list[Entry]) -> bool:
    return any(len(entry.data["readings"]) > 1 for entry in group)


def _readings(group: list[Entry]) -> int:
    return sum(len(entry.data["readings"]) for entry in group)
