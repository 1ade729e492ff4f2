"""A chain for programs that draw or analyse graphs: GraphML, and DOT for Graphviz."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import graphviz
import networkx
from rest_framework.renderers import BaseRenderer


class GraphMl(BaseRenderer):
    """GraphML; nodes are named type/key, edges lead from the effect to its cause."""

    media_type = "application/graphml+xml"
    format = "graphml"
    charset = None  # said in the XML

    def render(self, data, accepted_media_type=None, renderer_context=None) -> bytes:
        graph = networkx.MultiDiGraph()
        for node in (data or {}).get("nodes", ()):
            graph.add_node(name(node), **flat(node))
        for edge in (data or {}).get("edges", ()):
            graph.add_edge(name(edge["effect"]), name(edge["cause"]), **claim(edge))
        out = BytesIO()
        networkx.write_graphml_xml(graph, out, named_key_ids=True)
        return out.getvalue()


class Dot(BaseRenderer):
    """DOT; an arrow leads from the cause to its effect, dashed where somebody denies it."""

    media_type = "text/vnd.graphviz"
    format = "dot"
    charset = "utf-8"

    def render(self, data, accepted_media_type=None, renderer_context=None) -> bytes:
        graph = graphviz.Digraph("chain")
        for node in (data or {}).get("nodes", ()):
            label = graphviz.escape(f"{node['date']} {node['title']['en'] or node['key']}")
            graph.node(name(node), label=label)
        for edge in (data or {}).get("edges", ()):
            ends = [name(edge[end]) for end in ("cause", "effect")]
            style = {"style": "dashed"} if edge["denied_by"] else {}
            graph.edge(*ends, label=edge["kind"].replace("_", " "), **style)
        return graph.source.encode()


def name(reference: dict[str, str]) -> str:
    return f"{reference['type']}/{reference['key']}"


def flat(node: dict[str, Any]) -> dict[str, Any]:
    """A node's values as GraphML takes them: no lists, no objects, no nulls."""
    values: Iterator[tuple[str, Any]] = (
        *((f"title_{language}", text) for language, text in node["title"].items()),
        *((n, node[n]) for n in ("type", "key", "date", "date_earliest", "date_latest", "url")),
        ("disputes", " ".join(node["disputes"])),
        ("distance", node["distance"]),
    )
    return {name: value for name, value in values if value is not None}


def claim(edge: dict[str, Any]) -> dict[str, str]:
    values = {name: edge[name] for name in ("kind", "asserted_by", "denied_by")}
    sources = " ".join(source["key"] for source in edge["sources"])
    return {name: value for name, value in values.items() if value} | {"sources": sources}
