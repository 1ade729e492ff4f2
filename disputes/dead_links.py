"""Which records rest on a source whose address is gone and that has no archived copy."""

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q, QuerySet

from .models import LinkCheck, Record, Source, State

# From a record to the sources that it cites: itself, and in its rows.
PATHS = (
    "citations__source",
    "paper",
    "links__citations__source",
    "readings__citations__source",
    "progress__citations__source",
)


def sources() -> QuerySet[Source]:
    """Sources of which readers have neither the page nor a copy."""
    dead = LinkCheck.objects.dead().values("source")
    return Source.objects.filter(pk__in=dead, archive_url="").exclude(state=State.WITHDRAWN)


def resting_on_one(model: type[Record]) -> Q:
    """Records of the type that cite such a source, as a condition; of sources, such sources."""
    if model is Source:
        return Q(pk__in=sources().values("pk"))
    dead = sources().values("pk")
    citing = [model.objects.filter(**{f"{p}__in": dead}).values("pk") for p in _paths(model)]
    found = Q(pk__in=[])
    for records in citing:
        found |= Q(pk__in=records)
    return found & ~Q(state=State.WITHDRAWN)


def _paths(model: type[Record]) -> list[str]:
    return [path for path in PATHS if _has(model, path.split("__")[0])]


def _has(model: type[Record], name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True
