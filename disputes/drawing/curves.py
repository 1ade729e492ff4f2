"""Lines between marks: from causes to effects, and between the marks of one happening."""

from itertools import pairwise
from typing import Any

from .marks import Mark


def links(marks: list[Mark]) -> list[dict[str, Any]]:
    """A curve from each cause to its effect, where both are in the picture."""
    first: dict[str, Mark] = {}
    for mark in marks:
        mark.number = first.setdefault(mark.entry.key, mark).number or len(first)
    curves = []
    for mark in first.values():
        for link in mark.entry.data["links"]:
            cause = first.get((link["event"] or link["summit"])["key"])
            if cause:
                curves.append({"d": _curve(cause, mark), "link": link, "from": cause, "to": mark})
    return curves


def _curve(cause: Mark, effect: Mark) -> str:
    """An SVG path that leaves the cause to the right and comes to the effect from the left."""
    reach = max(abs(effect.x - cause.x) / 2, 14)
    bow = -12 if cause.y == effect.y else 0
    return (
        f"M{cause.x} {cause.y}C{cause.x + reach:.1f} {cause.y + bow} "
        f"{effect.x - reach:.1f} {effect.y + bow} {effect.x} {effect.y}"
    )


def joins(marks: list[Mark]) -> list[dict[str, Any]]:
    """A line between the marks of an event that stands in several lanes."""
    seen: dict[str, list[Mark]] = {}
    for mark in marks:
        seen.setdefault(mark.entry.key, []).append(mark)
    return [
        {"x1": a.x, "y1": a.y, "x2": b.x, "y2": b.y}
        for same in seen.values()
        for a, b in pairwise(same)
    ]
