"""Whether desk and record say the same: what is public on the desk is what the record holds."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from timeline import documents
from timeline.models import Entry

from .documents import BY_TYPE
from .documents.desk import models_by_type
from .models import Record, State


class Difference(NamedTuple):
    type: str
    key: str
    problem: str

    def __str__(self) -> str:
        return f"{self.type} {self.key}: {self.problem}"


@transaction.atomic
def differences() -> Iterator[Difference]:
    """Every record that is public on one side only, or that reads otherwise there."""
    for type_, model in sorted(models_by_type().items()):
        public = dict(_public(type_))
        for record in _records(model):
            said = public.pop(record.key, None)
            if problem := _problem(record, said):
                yield Difference(type_, record.key, problem)
        yield from (Difference(type_, key, _("is in the record only.")) for key in sorted(public))


def _public(type_: str) -> Iterator[tuple[str, str]]:
    rows = Entry.objects.current().of_type(type_).values_list("key", "document")
    yield from rows.iterator()


def _records(model: type[Record]) -> Iterator[Record]:
    rows = model.objects.order_by("pk").prefetch_related(*BY_TYPE[model.document_type].prefetch)
    yield from rows.iterator(chunk_size=300)


def _problem(record: Record, said: str | None) -> str:
    if record.state != State.PUBLISHED:
        return _("is no longer public on the desk, but in the record.") if said else ""
    if said is None:
        return _("is public on the desk, but not in the record.")
    written = documents.dumps(BY_TYPE[record.document_type]().to_representation(record))
    return "" if written == said else _("reads otherwise on the desk than in the record.")
