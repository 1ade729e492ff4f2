"""A chain of cause and response as layers: causes to the left, what came of them to the right."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from timeline.chains import Chain, Edge, Name, Node

from .marks import FIGURES, shape_of, shortened, width_of

WIDTH, MARGIN = 1120, 15  # of the whole, where it fits
NARROWEST, WIDEST, GAP = 180, 250, 44  # width of a box, and between columns
BOX, SPACE = 46, 10  # height of a box, and between boxes
PADDING = 26  # of a box; letters here are a little larger than in marks


@dataclass(frozen=True)
class Box:
    """A happening with its place and its title in at most two lines."""

    node: Node
    x: float
    y: float
    width: float
    lines: list[str]

    @property
    def shape(self) -> str:
        return shape_of(self.node.entry)

    @property
    def middle(self) -> float:
        return self.y + BOX / 2


@dataclass(frozen=True)
class Layers:
    boxes: list[Box]
    curves: list[dict[str, Any]]
    width: float
    height: float

    shapes = FIGURES


def layout(chain: Chain) -> Layers:
    """A column for each distance from the first happening, each column in the order of dates.

    Columns stand around one middle, so that the first happening is seen between its neighbours.
    """
    columns: dict[int, list[Node]] = {}
    for node in chain.nodes:
        columns.setdefault(node.distance, []).append(node)
    tallest = max((len(column) for column in columns.values()), default=0)
    wide = box_width(len(columns))
    boxes = {}
    for place, distance in enumerate(sorted(columns)):
        nodes = columns[distance]
        top = MARGIN + (tallest - len(nodes)) * (BOX + SPACE) / 2
        for row, node in enumerate(nodes):
            x, y = MARGIN + place * (wide + GAP), top + row * (BOX + SPACE)
            boxes[node.name] = Box(node, x, y, wide, lines_of(_title(node), wide - PADDING))
    curves = [{"d": _curve(boxes, edge), "edge": edge} for edge in chain.edges]
    width = len(columns) * (wide + GAP) - GAP + 2 * MARGIN
    height = tallest * (BOX + SPACE) - SPACE + 2 * MARGIN
    return Layers(list(boxes.values()), curves, max(width, 0), max(height, 0))


def box_width(columns: int) -> int:
    """As wide as so many columns have room for."""
    room = (WIDTH - 2 * MARGIN + GAP) // max(columns, 1) - GAP
    return min(max(room, NARROWEST), WIDEST)


def lines_of(title: str, room: float) -> list[str]:
    """A title in two lines at most, the second cut where it is too long."""
    if width_of(title) <= room:
        return [title]
    end = max(n for n in range(len(title) + 1) if width_of(title[:n]) <= room)
    blank = title.rfind(" ", 0, end + 1)
    end = blank if blank > end / 2 else end
    return [title[:end], shortened(title[end:].strip(), room)]


def _title(node: Node) -> str:
    titles = node.entry.data["title"]
    return titles.get(get_language() or "en") or next(t for t in titles.values() if t)


def _curve(boxes: dict[Name, Box], edge: Edge) -> str:
    """From the right side of the cause to the left side of the effect; back to back in a column."""
    cause, effect = boxes[edge.cause], boxes[edge.effect]
    x1, x2 = cause.x + cause.width, effect.x
    reach, bow = (x2 - x1) / 2, -1
    if cause.x >= effect.x:  # both in one column, or the effect further left
        x2 = effect.x + effect.width if cause.x == effect.x else effect.x
        reach, bow = GAP * 0.5, 1
    return (
        f"M{x1} {cause.middle}C{x1 + reach} {cause.middle} "
        f"{x2 + bow * reach} {effect.middle} {x2} {effect.middle}"
    )


@dataclass(frozen=True)
class Branch:
    """A happening in the nested list, with the link that leads to it and what hangs on it."""

    node: Node
    edge: Edge | None
    again: bool  # it stands further up already
    branches: list["Branch"]


def tree(chain: Chain, start: Name, forwards: bool) -> list[Branch]:
    """The causes of the first happening (or, forwards, what came of it), nested by link."""
    nodes = {node.name: node for node in chain.nodes}
    edges: dict[Name, list[tuple[Name, Edge]]] = {}
    for edge in chain.edges:
        here, there = (edge.cause, edge.effect) if forwards else (edge.effect, edge.cause)
        if nodes[there].distance * (1 if forwards else -1) > 0:
            edges.setdefault(here, []).append((there, edge))
    seen = {start}

    def grow(name: Name) -> list[Branch]:
        found = []
        for there, edge in edges.get(name, ()):
            again = there in seen
            seen.add(there)
            found.append(Branch(nodes[there], edge, again, [] if again else grow(there)))
        return found

    return grow(start)
