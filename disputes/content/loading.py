"""Content files to the desk and into the record: checked whole, then all or nothing."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from timeline import documents, record_types

from ..documents import BY_TYPE, SERIALIZERS, Desk, DocumentSerializer
from ..models import Record, State
from ..publishing import Unpublishable, publish_all
from .files import Fault, Item, Path_, Refused, read, yaml_files

# Beside the document's own fields: for the desk alone.
DESK_FIELDS = ("state", "remark")
STATES = (State.DRAFT, State.IN_REVIEW, State.PUBLISHED)

Progress = Callable[[str, int, int], Any]  # (stage, done now, of how many)


class ContentError(Exception):
    """Content files with faults; nothing was saved."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(faults, key=lambda f: (f.file, f.line or 0, f.field))
        super().__init__("\n".join(map(str, self.faults)))


@dataclass
class Result:
    """What a load did, as lists of (type, key)."""

    created: list[tuple[str, str]] = field(default_factory=list)
    changed: list[tuple[str, str]] = field(default_factory=list)
    unchanged: list[tuple[str, str]] = field(default_factory=list)
    left_alone: list[tuple[str, str]] = field(default_factory=list)  # an editor changed them since
    gone: list[tuple[str, str]] = field(default_factory=list)  # loaded before, in no file now
    published: int = 0  # entries that the record gained


@dataclass
class _Entry:
    """An item that is to be saved."""

    item: Item
    record: Record | None  # on the desk already
    serializer: DocumentSerializer | None = None

    @cached_property
    def state(self) -> str:
        return self.item.data.get("state", State.PUBLISHED)


def digest(data: dict[str, Any]) -> str:
    """SHA-256 (hex) of a record as it stands in its file."""
    return documents.digest("", [data])


def load(
    root: Path,
    by: str,
    reason: str,
    overwrite: bool = False,
    progress: Progress = lambda stage, done, total: None,
) -> Result:
    """Load all content files of a folder. ContentError with every fault; then nothing is saved."""
    items, found = read_all(root)
    found += _duplicates(items)
    if found:
        raise ContentError(found)
    result = Result()
    entries = list(_to_save(items, overwrite, result))
    _validate(entries, items, progress)
    with transaction.atomic():
        records = _save(entries, progress)
        result.published = _publish(entries, records, by, reason, progress)
        _remember(records)
    return result


def read_all(root: Path) -> tuple[list[Item], list[Fault]]:
    """Every record of a content tree, in an order in which each refers to what is before it."""
    items, found = [], []
    for serializer in SERIALIZERS:
        record_type = record_types.get(serializer.model.document_type)
        for file in yaml_files(root, record_type.plural):
            name = str(file.relative_to(root))
            try:
                rows = read(file)
            except Refused as error:
                found.append(Fault(name, error.line, "", str(error)))
                continue
            for index, data in enumerate(rows):
                item = Item(record_type.name, file, name, index, data)
                if isinstance(data, dict) and isinstance(data.get("key"), str):
                    items.append(item)
                else:
                    found.append(_no_record(file, name, index))
    if not items and not found:
        found.append(Fault(str(root), None, "", _("There are no content files here.")))
    return items, found


def _no_record(file: Path, name: str, index: int) -> Fault:
    empty = Item("", file, name, index, {})
    return empty.fault(_("Each entry is a record with a key, such as “key: gsomia”."))


def _duplicates(items: list[Item]) -> Iterator[Fault]:
    first: dict[tuple[str, str], Item] = {}
    for item in items:
        if (other := first.setdefault((item.type, item.key), item)) is not item:
            yield item.fault(
                _("The key stands in %(file)s already.") % {"file": other.name}, ("key",)
            )


def _to_save(items: list[Item], overwrite: bool, result: Result) -> Iterator[_Entry]:
    """Compare the files with the desk; gives what is new or changed in the files."""
    for type_, serializer in BY_TYPE.items():
        here = {i.key: i for i in items if i.type == type_}
        desk = {r.key: r for r in serializer.model.objects.all()} if here else {}
        result.gone += [(type_, k) for k, r in desk.items() if r.loaded_digest and k not in here]
        for key, item in here.items():
            record = desk.get(key)
            if record is None:
                result.created.append((type_, key))
            elif record.loaded_digest == digest(item.data) and not (overwrite and _edited(record)):
                result.unchanged.append((type_, key))
                continue
            elif _edited(record) and not overwrite:
                result.left_alone.append((type_, key))
                continue
            else:
                result.changed.append((type_, key))
            yield _Entry(item, record)


def _edited(record: Record) -> bool:
    """Whether somebody saved the record since it was loaded, or it was never loaded."""
    return record.revision != record.loaded_revision


def _validate(entries: list[_Entry], items: list[Item], progress: Progress) -> None:
    desk = Desk(expected=[(i.type, i.key) for i in items])
    found: list[Fault] = []
    for entry in entries:
        own = {n: entry.item.data[n] for n in DESK_FIELDS if n in entry.item.data}
        body = {n: v for n, v in entry.item.data.items() if n not in own}
        entry.serializer = BY_TYPE[entry.item.type](data=body, context={"desk": desk})
        if not entry.serializer.is_valid():
            found += [entry.item.fault(m, p) for p, m in flattened(entry.serializer.errors)]
        if own.get("state", State.DRAFT) not in STATES:
            known = ", ".join(STATES)
            found.append(
                entry.item.fault(_("Known states: %(known)s.") % {"known": known}, ("state",))
            )
        if entry.record and entry.record.is_published and entry.state != State.PUBLISHED:
            message = _("It is published; it can only be withdrawn, in the admin.")
            found.append(entry.item.fault(message, ("state",)))
        if not isinstance(own.get("remark", ""), str):
            found.append(entry.item.fault(_("The remark is one text."), ("remark",)))
        progress("check", 1, len(entries))
    if found:
        raise ContentError(found)


def flattened(errors: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """DRF's nested errors as (path, message)."""
    if isinstance(errors, dict):
        for name, inner in errors.items():
            yield from flattened(inner, path if name == "non_field_errors" else (*path, name))
    elif isinstance(errors, list) and any(isinstance(e, dict) for e in errors):
        for index, inner in enumerate(errors):
            yield from flattened(inner, (*path, index))
    else:
        yield from ((path, str(message)) for message in errors)


def _save(entries: list[_Entry], progress: Progress) -> list[Record]:
    """The records, then the links between them: those may point at any happening."""
    records = []
    for entry in entries:
        record = entry.record or entry.serializer.model()
        record.loaded_digest = digest(entry.item.data)
        record.remark = entry.item.data.get("remark", "")
        without_links = entry.serializer.row_fields() - {"links"}
        try:
            records.append(entry.serializer.save_record(record, rows=without_links))
        except IntegrityError as error:
            message = _("It contradicts another record: %(error)s") % {"error": error}
            raise ContentError([entry.item.fault(message)]) from error
        progress("save", 1, len(entries))
    for entry, record in zip(entries, records, strict=True):
        if "links" in entry.serializer.row_fields():
            entry.serializer.assign_rows(record, entry.serializer.validated_data, {"links"})
        if entry.state == State.IN_REVIEW and record.state == State.DRAFT:
            record.submit()
    return records


def _publish(
    entries: list[_Entry], records: list[Record], by: str, reason: str, progress: Progress
) -> int:
    public = {
        (r.document_type, r.key): (r, e.item)
        for e, r in zip(entries, records, strict=True)
        if e.state == State.PUBLISHED
    }
    try:
        added = publish_all(
            [record for record, _item in public.values()],
            by,
            reason,
            lambda done: progress("publish", done, len(public)),
        )
    except Unpublishable as error:
        raise ContentError(
            public[f.record.document_type, f.record.key][1].fault(f.message, (f.field,))
            for f in error.faults
        ) from error
    return len(added)


def _remember(records: list[Record]) -> None:
    """Which revision the files became. A bookkeeping column: no revision of its own."""
    for model in {type(record) for record in records}:
        keys = [r.key for r in records if type(r) is model]
        for start in range(0, len(keys), 500):
            some = model.objects.filter(key__in=keys[start : start + 500])
            some.update(loaded_revision=F("revision"))
