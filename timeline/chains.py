"""Cause and response: the graph of happenings around one of them, as the record says at a slice.

Links stand in the later document (`links[]`), each naming what it answers under its type; the term
`cause` finds the answers. A walk asks one question for each level and direction, however many
happenings stand on it, and stops at a number of nodes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from . import record_types
from .models import Entry
from .slices import Slice

CAUSES, RESPONSES, BOTH = "causes", "responses", "both"
DIRECTIONS = (BOTH, CAUSES, RESPONSES)
DEPTH, MAX_DEPTH = 3, 10  # levels: the usual number, and the most
MAX_NODES = 200
CAUSE = "cause"  # the term under which an answer is found by what it answers

Name = tuple[str, str]  # type, key


@dataclass(frozen=True)
class Node:
    """A happening; `distance` counts the links from the first one, causes with a minus."""

    entry: Entry
    distance: int

    @property
    def name(self) -> Name:
        return self.entry.type, self.entry.key


@dataclass(frozen=True)
class Edge:
    """One link, from the effect to its cause, as it stands in the effect's document."""

    effect: Name
    cause: Name
    link: dict[str, Any]  # kind, asserted_by, denied_by, sources

    @property
    def kind(self) -> str:
        return self.link["kind"]


@dataclass(frozen=True)
class Chain:
    """What was found, in the order of dates; `complete` is False where the walk had to stop."""

    nodes: list[Node]
    edges: list[Edge]
    complete: bool

    def depth_of(self, most: int) -> int:
        """How many links away it reaches with so many happenings at most; at least one."""
        reached = sorted(abs(node.distance) for node in self.nodes)
        return reached[-1] if len(reached) <= most else max(reached[most] - 1, 1)

    def within(self, depth: int) -> "Chain":
        """The part of it that is so many links away at most."""
        nodes = [node for node in self.nodes if abs(node.distance) <= depth]
        names = {node.name for node in nodes}
        edges = [edge for edge in self.edges if {edge.cause, edge.effect} <= names]
        return Chain(nodes, edges, self.complete)


def chain(
    slice_: Slice,
    entry: Entry,
    depth: int = DEPTH,
    direction: str = BOTH,
    on: date | None = None,
) -> Chain:
    """The happenings that led to the entry and those that came of it, `depth` links away at most.

    With `on`, as far as they had begun by that day.

    Both ways are walked from the entry itself: what else came of its causes is no part of it.
    """
    walk = _Walk(slice_, entry, on)
    if direction in (BOTH, CAUSES):
        walk.go(depth, -1)
    if direction in (BOTH, RESPONSES):
        walk.go(depth, 1)
    nodes = sorted(walk.nodes.values(), key=lambda node: (node.entry.starts_on, *node.name[::-1]))
    edges = [edge for node in nodes for edge in links_of(node.entry) if edge.cause in walk.nodes]
    return Chain(nodes, edges, walk.complete)


def linked_types() -> list[str]:
    """The types whose documents answer others."""
    return [t.name for t in record_types.all_types() if CAUSE in t.terms]


def links_of(entry: Entry) -> Iterator[Edge]:
    """The links in a happening's document."""
    for link in entry.data.get("links", ()):
        for type_ in linked_types():
            if link.get(type_):
                yield Edge((entry.type, entry.key), (type_, link[type_]["key"]), link)


class _Walk:
    """The nodes found so far, and the steps from one level to the next."""

    def __init__(self, slice_: Slice, start: Entry, on: date | None) -> None:
        self.happenings = slice_.entries(*linked_types()).dated().defer("search_text")
        if on:
            self.happenings = self.happenings.begun_by(on)
        self.start = Node(start, 0)
        self.nodes: dict[Name, Node] = {self.start.name: self.start}
        self.complete = True

    def go(self, depth: int, sign: int) -> None:
        """Walk that many levels towards the causes (-1) or the responses (1)."""
        level = [self.start.entry]
        step = self._causes if sign < 0 else self._responses
        for distance in range(1, depth + 1):
            level = self._add(step(level), sign * distance)
            if not level:
                return

    def _add(self, found: Iterable[Entry], distance: int) -> list[Entry]:
        """Those of the entries that are new, as many as there is room for."""
        new = [Node(entry, distance) for entry in found]
        new = [node for node in new if node.name not in self.nodes]
        room = MAX_NODES - len(self.nodes)
        if len(new) > room:
            self.complete = False
        self.nodes |= {node.name: node for node in new[:room]}
        return [node.entry for node in new[:room]]

    def _causes(self, level: list[Entry]) -> list[Entry]:
        names = {edge.cause for entry in level for edge in links_of(entry)} - set(self.nodes)
        if not names:
            return []
        keys = sorted({key for _type, key in names})[: 2 * MAX_NODES]
        found = self.happenings.filter(key__in=keys).oldest_first()
        return [entry for entry in found if (entry.type, entry.key) in names]

    def _responses(self, level: list[Entry]) -> list[Entry]:
        names = {(entry.type, entry.key) for entry in level}
        keys = sorted({key for _type, key in names})
        found = self.happenings.with_rare_term(CAUSE, *keys).oldest_first()[: 2 * MAX_NODES]
        return [entry for entry in found if any(e.cause in names for e in links_of(entry))]
