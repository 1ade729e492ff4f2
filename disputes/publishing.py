"""From the desk to the record. Nothing else publishes, and nothing is published with a fault."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from timeline import edtf, ledger
from timeline.entries import EntryQuerySet
from timeline.ledger import Change
from timeline.models import Entry
from timeline.terms import EMBEDS

from .documents import BY_TYPE
from .documents.desk import models_by_type
from .models import Dispute, Event, Happening, Link, Record, State

CHUNK = 300  # records whose rows are fetched together
FOLLOWED = "A record that it refers to was changed."  # the reason in the record, in one language


class Fault(NamedTuple):
    """What keeps a record from being published."""

    record: Record
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.record.document_type} {self.record.key}: {self.field}: {self.message}"


class Unpublishable(ValidationError):
    """Every fault of every record, at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__([str(fault) for fault in self.faults])


def display_name(user: AbstractBaseUser) -> str:
    """The name under which a user publishes: full name or else user name, never an address."""
    name = user.get_full_name().strip() or user.get_username()
    return name.split("@")[0]


def publish(record: Record, by: str, reason: str) -> list[Entry]:
    """Publish a record as it stands on the desk; gives the entries that the record gained.

    `by` is a public display name. Unpublishable (a ValidationError) names every fault at once.
    """
    return publish_all([record], by, reason)


def publish_all(
    records: Iterable[Record],
    by: str,
    reason: str,
    progress: Callable[[int], Any] = lambda done: None,
) -> list[Entry]:
    """Publish several records at one instant: they may refer to each other. All of them or none."""
    records = list(records)
    with _all_or_nothing(records):
        for record in records:
            record.mark_published()
        found = [fault for record in _as_saved(records) for fault in faults(record)]
        if found:
            raise Unpublishable(found)
        added = ledger.append_all(_changes(records), by, reason, progress)
        return added + _republish_embedders(added, by)


def withdraw(record: Record, by: str, reason: str) -> list[Entry]:
    """Take a record out of the public record; its place keeps a tombstone with the reason.

    ValidationError while published records still refer to it.
    """
    with _all_or_nothing([record]):
        _refuse_while_cited(record)
        record.mark_withdrawn()
        entry = ledger.withdraw(record.document_type, record.key, by, reason)
        return [entry] if entry else []


@contextmanager
def _all_or_nothing(records: list[Record]) -> Iterator[None]:
    """One transaction; when it fails, these copies of the records say again what the desk says."""
    before = [(record, record.state, record.revision) for record in records]
    try:
        with transaction.atomic():
            yield
    except BaseException:
        for record, state, revision in before:
            record.state, record.revision = state, revision
        raise


def _refuse_while_cited(record: Record) -> None:
    citing = embedders(record.document_type, [record.key])
    if isinstance(record, Dispute):  # what bears on it holds its key alone
        citing |= Entry.objects.current().with_term("dispute", record.key)
    if citing:
        names = ", ".join(f"{e.type} {e.key}" for e in citing.by_key()[:10])
        raise ValidationError(
            _(
                "Published records still refer to “%(key)s”: %(names)s. "
                "Change or withdraw them first."
            )
            % {"key": record.key, "names": names},
            code="in_use",
        )


def faults(record: Record) -> list[Fault]:
    """All that keeps a record from being published."""
    return [Fault(record, field, str(message)) for field, message in _faults(record)]


def _faults(record: Record) -> Iterator[tuple[str, str]]:
    yield from _field_faults(record)
    if record.headline and not getattr(record, f"{record.headline}_en"):
        yield f"{record.headline}_en", _("there is no English title.")
    if record.needs_source:
        yield from _source_faults(record)
    yield from _link_faults(record)
    if isinstance(record, Event) and not record.kind:
        yield "kind", _("choose the kind of event.")
    if isinstance(record, Dispute):
        for name in ("korean_position_en", "japanese_position_en"):
            if not getattr(record, name):
                yield name, _("both positions are needed.")
    for type_, key in unpublished_references(record):
        message = _("refers to %(type)s “%(key)s”, which is not published.")
        yield type_, message % {"type": type_, "key": key}


def _field_faults(record: Record) -> Iterator[tuple[str, str]]:
    date = getattr(record, "date", None)
    if date is not None and not edtf.is_valid(date):
        yield "date", _("“%(date)s” is no EDTF date.") % {"date": date}
    for check in (lambda: record.clean_fields(exclude=["date"]), record.clean):
        try:
            check()
        except ValidationError as error:
            for field, messages in error.message_dict.items():
                yield from ((field, message) for message in messages)


def _source_faults(record: Record) -> Iterator[tuple[str, str]]:
    """A record needs a source, and so does each of its dated parts."""
    if hasattr(record, "citations") and not record.citations.all():
        yield "sources", _("no source is cited.")
    for relation in ("progress", "readings"):
        for part in getattr(record, relation).all() if hasattr(record, relation) else ():
            if not part.citations.all():
                yield relation, _("%(date)s: no source is cited.") % {"date": part.date}


def _link_faults(record: Record) -> Iterator[tuple[str, str]]:
    links: Iterable[Link] = record.links.all() if hasattr(record, "links") else ()
    for link in links:
        cause = link.cause
        if cause == record:
            yield "links", _("a happening cannot answer itself.")
        elif link.effect_precedes_cause():
            message = _("the effect (%(effect)s) precedes its cause %(cause)s (%(date)s).")
            yield (
                "links",
                message % {"effect": record.date, "cause": cause.key, "date": cause.date},
            )
    effects: Iterable[Link] = record.effects.all() if hasattr(record, "effects") else ()
    for link in effects:
        effect = link.effect
        if effect.is_published and link.effect_precedes_cause():
            message = _("its effect %(effect)s (%(date)s) would precede it (%(cause)s).")
            yield (
                "date",
                message % {"effect": effect.key, "date": effect.date, "cause": record.date},
            )


def unpublished_references(record: Record) -> list[tuple[str, str]]:
    """Which of the records that this one refers to are not public, as (type, key)."""
    return sorted(
        {
            (target.document_type, target.key)
            for target in _targets(record)
            if target.state != State.PUBLISHED
        }
    )


def _targets(row: Any, depth: int = 3) -> Iterator[Record]:
    """The records that a record and its rows point at."""
    for field in row._meta.fields:
        if field.is_relation and isinstance(target := getattr(row, field.name), Record):
            yield target
    if depth:
        for relation in row._meta.related_objects:
            name = relation.get_accessor_name()
            if name and relation.one_to_many and _is_part(relation, row):
                for part in getattr(row, name).all():
                    yield from (t for t in _targets(part, depth - 1) if t != row)


def _is_part(relation: Any, row: Any) -> bool:
    """Whether the relation's rows belong to the row (they go when it goes) and are no records."""
    own = relation.on_delete.__name__ == "CASCADE"
    return own and not issubclass(relation.related_model, Record)


def _as_saved(records: list[Record]) -> Iterator[Record]:
    """The records as the desk has them, whatever the copies at hand say, with their rows."""
    for start in range(0, len(records), CHUNK):
        chunk = records[start : start + CHUNK]
        found: dict[tuple[str, int], Record] = {}
        for model in dict.fromkeys(map(type, chunk)):
            rows = [*BY_TYPE[model.document_type].prefetch]
            if issubclass(model, Happening):
                rows += ["effects__event", "effects__summit"]
            pks = [record.pk for record in chunk if type(record) is model]
            for record in model.objects.filter(pk__in=pks).prefetch_related(*rows):
                found[record.document_type, record.pk] = record
        yield from (found[record.document_type, record.pk] for record in chunk)


def _changes(records: list[Record]) -> Iterator[Change]:
    """The records' documents, read from the desk."""
    serializers = {name: cls() for name, cls in BY_TYPE.items()}
    for record in _as_saved(records):
        type_ = record.document_type
        yield Change(type_, record.key, serializers[type_].to_representation(record))


def embedders(type_: str, keys: list[str]) -> EntryQuerySet:
    """The published entries in whose documents values of these records stand."""
    return Entry.objects.current().with_term(EMBEDS, *(f"{type_}:{key}" for key in keys))


def _republish_embedders(changed: list[Entry], by: str) -> list[Entry]:
    """Publish again what embeds the changed, and what embeds that, until nothing changes."""
    done = {(e.type, e.key) for e in changed}
    added: list[Entry] = []
    while changed:
        stale = [e for e in _embedding(changed) if (e.type, e.key) not in done]
        done |= {(e.type, e.key) for e in stale}
        changed = ledger.append_all(_changes(_records(stale)), by, FOLLOWED) if stale else []
        added += changed
    return added


def _embedding(changed: list[Entry]) -> Iterator[Entry]:
    for start in range(0, len(changed), CHUNK):
        for type_ in {e.type for e in changed[start : start + CHUNK]}:
            keys = [e.key for e in changed[start : start + CHUNK] if e.type == type_]
            yield from embedders(type_, keys)


def _records(entries: Iterable[Entry]) -> list[Record]:
    models = models_by_type()
    return [models[e.type].objects.get(key=e.key) for e in entries]
