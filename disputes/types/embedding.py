"""What several types have in common: what they embed, and how they are found."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from timeline.record_types import RecordType

from ..documents import BY_TYPE
from ..documents import schema as _shapes_of_documents  # noqa: F401 (registers itself)

# A record of each type in the first content, for the description's examples.
EXAMPLES = {
    "dispute": "gsomia",
    "status": "comfort-women.1991-08-14",
    "event": "2019-08-22-rok-decides-to-end-gsomia",
    "summit": "2026-05-19-andong",
    "agreement": "comfort-women-agreement-2015",
    "commitment": "andong-joint-document-2026.emergency-petroleum-supply",
    "fulfilment": "andong-joint-document-2026.emergency-petroleum-supply.2026-05-19",
    "recommendation": "abe-faction-influence",
    "claim": "2015-agreement-not-followed-through",
    "leader": "choi-kyu-hah",
    "actor": "rok-government",
    "survey": "asahi-donga-jp-like",
    "source": "mofa-jp-2019-08-22-kono-statement",
}
DISPUTE = {"dispute": ("disputes[]",)}
CITED = {"source": ("sources[].key",)}
SOURCES = ("source", "sources[].key")
BY_DISPUTE = {"dispute": _("Dispute")}


def record_type(name: str, plural: str, label: Any, label_plural: Any, **kwargs: Any) -> RecordType:
    """A type whose documents its serializer describes."""
    given = {"serializer": BY_TYPE[name], "example": EXAMPLES[name]} | kwargs
    return RecordType(name, plural, label, label_plural, **given)
