"""The desk to content files: the same desk always gives the same bytes."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from timeline import record_types

from ..documents import BY_TYPE, DocumentSerializer
from ..models import Record, State
from ..publishing import CHUNK
from .files import dumps, yaml_files

EXPORTED = (State.DRAFT, State.IN_REVIEW, State.PUBLISHED)
UNDATED, UNBOUND = "undated", "relations"  # files for what has no year, or no dispute


def decade(date: str | None) -> str:
    """The decade of an EDTF date as a file's name: "1990s"."""
    return f"{date[:3]}0s" if date and date[:3].isdigit() else UNDATED


def _main_dispute(data: dict[str, Any]) -> str:
    return next(iter(data.get("disputes", [])), UNBOUND)


# In which file of its type's folder a record stands, from its content form.
PLACES: dict[str, Callable[[dict[str, Any]], str]] = {
    "source": lambda d: d["published"][:4] if d.get("published") else UNDATED,
    "event": lambda d: f"{_main_dispute(d)}/{decade(d['date'])}",
    "summit": lambda d: decade(d["date"]),
    "status": lambda d: d["dispute"],
    "commitment": lambda d: d["agreement"],
    "fulfilment": lambda d: d["commitment"].split(".")[0],
    "survey": lambda d: d.get("kind", "opinion"),
    "leader": lambda d: d["country"],
    "actor": lambda d: d["kind"],
}


def export(
    root: Path, progress: Callable[[int, int], Any] = lambda done, total: None
) -> dict[str, int]:
    """Write all records that are not withdrawn; gives the number of files of each folder.

    Files of a former export that hold nothing now are removed.
    """
    counts = {}
    for number, serializer in enumerate(BY_TYPE.values(), 1):
        folder = record_types.get(serializer.model.document_type).plural
        files = _texts(serializer)
        for name, text in files.items():
            file = root / folder / f"{name}.yaml"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        for file in yaml_files(root, folder):
            if str(file.relative_to(root / folder).with_suffix("")) not in files:
                file.unlink()
        counts[folder] = len(files)
        progress(number, len(BY_TYPE))
    return counts


def _texts(serializer: type[DocumentSerializer]) -> dict[str, str]:
    place = PLACES.get(serializer.model.document_type, lambda data: "all")
    groups = defaultdict(list)
    for data in sorted(_contents(serializer), key=_order):
        groups[place(data)].append(data)
    return {name: dumps(group) for name, group in groups.items()}


def _order(data: dict[str, Any]) -> tuple:
    return data.get("position", 0), data.get("date", ""), data["key"]


def _contents(serializer: type[DocumentSerializer]) -> Iterator[dict[str, Any]]:
    compact = serializer(context={"compact": True})
    records = serializer.model.objects.filter(state__in=EXPORTED)
    ordered = records.prefetch_related(*serializer.prefetch).order_by("key")
    for record in ordered.iterator(chunk_size=CHUNK):
        yield content_of(record, compact)


def content_of(record: Record, compact: DocumentSerializer) -> dict[str, Any]:
    """A record as it stands in a content file."""
    data = compact.to_representation(record)
    own = {
        "state": record.state if record.state != State.PUBLISHED else None,
        "remark": record.remark or None,
    }
    return {"key": data.pop("key"), **{n: v for n, v in own.items() if v}, **data}
