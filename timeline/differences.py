"""What changed between two documents: operations of JSON Patch (RFC 6902), with what was there."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from .documents import dumps

Operation = dict[str, Any]  # op, path, value (what is there now), was (what was there)


def between(old: Any, new: Any, path: str = "") -> Iterator[Operation]:
    """Operations that make `new` of `old`, applied one after the other.

    Lists are worked from their end, so that each `path` also says where `was` stood in `old`.
    """
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _in_object(old, new, path)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _in_list(old, new, path)
    elif old is not new and (type(old) is not type(new) or old != new):
        yield {"op": "replace", "path": path, "value": new, "was": old}


def _in_object(old: dict[str, Any], new: dict[str, Any], path: str) -> Iterator[Operation]:
    for name in [*old, *(name for name in new if name not in old)]:
        place = f"{path}/{name.replace('~', '~0').replace('/', '~1')}"
        if name not in new:
            yield {"op": "remove", "path": place, "was": old[name]}
        elif name not in old:
            yield {"op": "add", "path": place, "value": new[name]}
        else:
            yield from between(old[name], new[name], place)


def _in_list(old: list[Any], new: list[Any], path: str) -> Iterator[Operation]:
    before, after = ([dumps(item) for item in items] for items in (old, new))
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for tag, start, stop, first, last in reversed(steps):
        if tag == "equal":
            continue
        both = min(stop - start, last - first)
        for index in range(stop - 1, start + both - 1, -1):
            yield {"op": "remove", "path": f"{path}/{index}", "was": old[index]}
        for index in range(last - 1, first + both - 1, -1):
            yield {"op": "add", "path": f"{path}/{start + both}", "value": new[index]}
        for index in range(both - 1, -1, -1):
            yield from between(old[start + index], new[first + index], f"{path}/{start + index}")
