"""`include`: the documents that an answer's documents refer to, at the same instant."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from django.db.models import Q

from .. import record_types
from ..declarations import Parameter, list_parameter
from ..documents import values_at
from ..models import Entry
from ..queries import Query
from ..record_types import RecordType
from .rendering import stored

DISPUTES = ("dispute", "disputes[]")  # stands in every document


def related(types: Iterable[RecordType]) -> dict[str, list[str]]:
    """The types that these types' documents refer to, with the paths of the keys."""
    known = {t.name for t in record_types.all_types()}
    found: dict[str, list[str]] = defaultdict(list)
    for record_type in types:
        references = [*record_type.embeds]
        if "dispute" in record_type.terms:
            references.append(DISPUTES)
        for name, path in references:
            if name in known and path not in found[name]:
                found[name].append(path)
    return dict(found)


def parameter(types: Sequence[RecordType]) -> list[Parameter]:
    names = sorted(related(types))
    about = "Also the documents of these types that the results refer to, in `included`, by key."
    return [list_parameter("include", names, about)] if names else []


def included(
    entries: Iterable[Entry], query: Query, types: Iterable[RecordType]
) -> dict[str, dict[str, orjson.Fragment]]:
    """{type: {key: document}} of what the entries refer to; one question for all of them."""
    paths = related(types)
    wanted = {name: _keys(entries, paths[name]) for name in query.extra.get("include", ())}
    condition = Q()
    for name, keys in wanted.items():
        condition |= Q(type=name, key__in=keys)
    found: dict[str, Any] = {name: {} for name in wanted}
    if any(wanted.values()):
        standing = Entry.objects.standing(query.as_of).filter(condition).defer("search_text")
        for entry in standing.by_key():
            found[entry.type][entry.key] = stored(entry)
    return found


def _keys(entries: Iterable[Entry], paths: Iterable[str]) -> list[str]:
    return sorted({v for e in entries for path in paths for v in values_at(e.data, path)})
