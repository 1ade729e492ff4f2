"""The document as bytes: one canonical JSON text for each, and how to read values out of it."""

import hashlib
from collections.abc import Iterator
from typing import Any

import orjson

LANGUAGES = ("en", "ko", "ja")


def dumps(document: dict[str, Any]) -> str:
    """Canonical JSON: UTF-8, no white space, the keys in the order the serializer declares them."""
    return orjson.dumps(document).decode()


def loads(text: str) -> dict[str, Any]:
    return orjson.loads(text)


def digest(previous: str, content: list[Any]) -> str:
    """SHA-256 (hex) over the previous entry's digest and this entry's content as canonical JSON."""
    return hashlib.sha256(previous.encode() + b"\n" + orjson.dumps(content)).hexdigest()


def values_at(document: Any, path: str) -> Iterator[Any]:
    """Every value at a path such as `kind`, `dispute.key` or `initiators[].key`, without nulls."""
    head, _, rest = path.partition(".")
    name, many = (head[:-2], True) if head.endswith("[]") else (head, False)
    found = document.get(name) if isinstance(document, dict) else None
    for value in (found or []) if many else [found]:
        if rest and value is not None:
            yield from values_at(value, rest)
        elif value is not None:
            yield value


def texts(node: Any) -> Iterator[tuple[str, str]]:
    """Every (language, text) in the document: its three-language objects, at any depth."""
    if isinstance(node, dict):
        if "en" in node and "ko" in node and "ja" in node:
            yield from ((lang, text) for lang, text in node.items() if text)
        else:
            for value in node.values():
                yield from texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value)
