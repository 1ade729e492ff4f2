"""`fields` and `omit`: parts of documents, named by paths that the types' documents have."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from .. import record_types
from ..declarations import Parameter, list_parameter
from ..queries import Query
from ..record_types import RecordType
from . import structure
from .structure import Column

Tree = dict[str, "Tree"]


@cache
def parameters(names: tuple[str, ...], more: tuple[str, ...] = ()) -> list[Parameter]:
    """The two parameters for documents of these types; `more` are keys that a list adds."""
    shapes = [structure.shape_of(record_types.get(name)) for name in names]
    known = list(dict.fromkeys([p for shape in shapes for p in structure.paths(shape)] + [*more]))
    return [
        list_parameter("fields", known, "Only these parts of documents: `fields=key,title.en`."),
        list_parameter("omit", known, "Documents without these parts: `omit=sources`."),
    ]


def asked(query: Query) -> bool:
    return bool(query.extra.get("fields") or query.extra.get("omit"))


def project(document: dict[str, Any], query: Query) -> dict[str, Any]:
    """The parts of a document that the query asks for, in the document's order."""
    if fields := query.extra.get("fields"):
        document = _kept(document, _tree(fields))
    if omit := query.extra.get("omit"):
        document = _without(document, _tree(omit))
    return document


def chosen(columns: Iterable[Column], query: Query) -> list[Column]:
    """The columns of what the query asks for."""
    fields, omit = query.extra.get("fields"), query.extra.get("omit") or ()
    return [c for c in columns if (not fields or _under(c, fields)) and not _under(c, omit)]


def _under(column: Column, chosen_paths: Iterable[str]) -> bool:
    return any(column.path[: len(p := path.split("."))] == tuple(p) for path in chosen_paths)


def _tree(chosen_paths: Iterable[str]) -> Tree:
    """Paths as a tree; a whole part takes in what is named inside it."""
    tree: Tree = {}
    for path in sorted(chosen_paths, key=lambda path: path.count(".")):
        node = tree
        *parents, last = path.split(".")
        for name in parents:
            if name in node and not node[name]:
                break  # all of it is chosen already
            node = node.setdefault(name, {})
        else:
            node.setdefault(last, {})
    return tree


def _kept(node: Any, tree: Tree) -> Any:
    if isinstance(node, list):
        return [_kept(part, tree) for part in node]
    if not isinstance(node, dict) or not tree:
        return node
    return {name: _kept(part, tree[name]) for name, part in node.items() if name in tree}


def _without(node: Any, tree: Tree) -> Any:
    if isinstance(node, list):
        return [_without(part, tree) for part in node]
    if not isinstance(node, dict):
        return node
    return {
        name: _without(part, tree.get(name, {}))
        for name, part in node.items()
        if name not in tree or tree[name]
    }


def names_of(types: Iterable[RecordType]) -> tuple[str, ...]:
    return tuple(t.name for t in types)
