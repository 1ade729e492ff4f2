"""What several types have in common: what they embed, and how they are found."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from timeline.record_types import RecordType

from ..documents import BY_TYPE
from ..documents import schema as _shapes_of_documents  # noqa: F401 (registers itself)

DISPUTE = {"dispute": ("disputes[]",)}
CITED = {"source": ("sources[].key",)}
SOURCES = ("source", "sources[].key")
BY_DISPUTE = {"dispute": _("Dispute")}


def record_type(name: str, plural: str, label: Any, label_plural: Any, **kwargs: Any) -> RecordType:
    """A type whose documents its serializer describes."""
    return RecordType(name, plural, label, label_plural, serializer=BY_TYPE[name], **kwargs)
