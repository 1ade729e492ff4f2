"""What v1 has promised, one line for each thing: `python -m tests.api.promises` writes it anew.

Lines may be added to `v1.txt`, when the API has something new; none is ever taken away.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

FILE = Path(__file__).with_name("v1.txt")


def promised(description: dict[str, Any], codebook: list[dict[str, Any]]) -> Iterator[str]:
    """Addresses, their parameters and forms; keys of objects with their types; codes."""
    for path, methods in description["paths"].items():
        operation = methods["get"]
        yield f"{path} is {operation['operationId']}"
        for parameter in operation["parameters"]:
            yield f"{path} takes {parameter['name']}"
        for form in operation["responses"]["200"]["content"]:
            yield f"{path} gives {form}"
    for name, schema in description["components"]["schemas"].items():
        for key, value in schema.get("properties", {}).items():
            yield f"{name}.{key} is {kind(value)}"
    for enumeration in codebook:
        for code in enumeration["codes"]:
            yield f"{enumeration['name']} has {code['code']}"


def kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(map(kind, schema["anyOf"]))
    types = schema.get("type", "anything")
    return types if isinstance(types, str) else " or ".join(types)


def now() -> list[str]:
    """What the API has now."""
    from timeline.api.description import description
    from timeline.codebook import as_data

    return list(promised(orjson.loads(description()), as_data()))


if __name__ == "__main__":
    import django

    django.setup()
    FILE.write_text("\n".join(now()) + "\n", encoding="utf-8")
