"""OpenAPI links: which answer gives what another address asks for."""

from typing import Any

Description = dict[str, Any]
PARTS = ("versions", "timemap", "cite", "chain")  # that need nothing but a key


def add_links(result: Description, **_context: Any) -> Description:
    """From each list to its first document, and from a document to its parts and the next page."""
    paths = result["paths"]
    for path, methods in paths.items():
        answer = methods["get"]["responses"]["200"]
        if links := dict(_links(path, paths)):
            answer["links"] = links
    return result


def _links(path: str, paths: Description) -> Any:
    if f"{path}{{key}}/" in paths:
        first = "$response.body#/results/0/key"
        yield from _to(f"{path}{{key}}/", paths, {"key": first}, "Its first result.")
    if path.endswith("/{key}/"):
        key = {"key": "$request.path.key"}
        for part in PARTS:
            yield from _to(f"{path}{part}/", paths, key, "The same record.")
        since = key | {"from": "$response.body#/meta/record/recorded_at"}
        yield from _to(f"{path}diff/", paths, since, "What changed in it since this version.")
    if path.endswith("/changes/"):
        since = {"since": "$response.body#/meta/version"}
        yield from _to(path, paths, since, "What was recorded after this answer.")


def _to(path: str, paths: Description, parameters: dict[str, str], about: str) -> Any:
    if path in paths:
        operation = paths[path]["get"]["operationId"]
        yield (
            operation,
            {
                "operationId": operation,
                "parameters": parameters,
                "description": about,
            },
        )
