"""Cause and response around one happening, as a graph: nodes and edges."""

from typing import Any

from .. import chains
from ..chains import Chain, Edge, Name, Node
from ..declarations import code_parameter, number_parameter
from ..slices import Slice
from . import shapes
from .details import RecordDetail
from .graphs import Dot, GraphMl
from .rendering import JSON

ENVELOPE = "type key title date date_earliest date_latest disputes url".split()
GRAPH = [
    number_parameter(
        "depth", 1, chains.MAX_DEPTH, chains.DEPTH, "How many links to follow, each way."
    ),
    code_parameter(
        "direction",
        chains.DIRECTIONS,
        "Towards the causes, towards the responses, or both ways.",
    ),
]


class RecordChain(RecordDetail):
    """What led to a happening and what came of it. Each link is a claim: somebody asserts it.

    With `on`, what had begun by that day.
    """

    only = ("as_of", "on")
    own = GRAPH
    renderer_classes = (JSON, GraphMl, Dot)

    def parameters(self):
        return ()

    @property
    def operation(self) -> str:
        return f"{self.record_type.plural}_chain"

    @property
    def summary(self) -> str:
        return f"{self.record_type.label}: its causes and the responses to it, as a graph"

    def get(self, request, key: str):
        query = self.query(request)
        entry = self.entry(key, query.as_of)
        depth = query.extra.get("depth", chains.DEPTH)
        direction = query.extra.get("direction", chains.BOTH)
        found = chains.chain(Slice(query.as_of), entry, depth, direction, query.on)
        title = f"Causes of and responses to {self.title_of(entry)}"
        return self.drawn(query, found, title, depth=depth, direction=direction)

    def drawn(self, query: Any, found: Chain, title: str, **asked: Any) -> Any:
        data = {
            **asked,
            "complete": found.complete,
            "nodes": [node(n) for n in found.nodes],
            "edges": [edge(e) for e in found.edges],
            "meta": self.meta(query, title),
        }
        return self.answer(query, data)

    def shape(self, schema):
        return shapes.record(
            {
                "depth": {"type": "integer", "minimum": 1, "maximum": chains.MAX_DEPTH},
                "direction": {"type": "string", "enum": list(chains.DIRECTIONS)},
                "complete": {
                    "type": "boolean",
                    "description": f"False where the walk stopped at {chains.MAX_NODES} nodes.",
                },
                "nodes": {"type": "array", "items": schema.component("Node", shapes.NODE)},
                "edges": {"type": "array", "items": schema.component("Edge", shapes.EDGE)},
                "meta": schema.component("Meta", shapes.META),
            }
        )


def node(found: Node) -> dict[str, Any]:
    """A node: the envelope of its document, and how many links away it stands."""
    document = found.entry.data
    return {name: document[name] for name in ENVELOPE} | {"distance": found.distance}


def edge(found: Edge) -> dict[str, Any]:
    """An edge, from the effect to its cause, with who says so and on what ground."""
    return {
        "effect": reference(found.effect),
        "cause": reference(found.cause),
        "kind": found.kind,
        "asserted_by": found.link["asserted_by"],
        "denied_by": found.link["denied_by"],
        "sources": found.link["sources"],
    }


def reference(name: Name) -> dict[str, str]:
    return dict(zip(("type", "key"), name, strict=True))
