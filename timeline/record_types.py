"""What the record may hold. The desk registers its types here; nothing here imports the desk."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Document = dict[str, Any]
_registry: dict[str, "RecordType"] = {}


@dataclass(frozen=True)
class RecordType:
    """One type of document in the record, and how it is found and shown.

    `terms` maps a filter's name to the paths of its values in the document
    ("initiators[].key" is the key of each initiator; see `timeline.terms`).
    `choices` maps a filter's name to its enumeration (a TextChoices), where it has one.
    """

    name: str  # "event"
    plural: str  # "events": the collection's name in URLs
    label: Any  # lazy translation: "Event"
    label_plural: Any
    serializer: Any = None  # describes the document's fields for OpenAPI
    example: str = "a-key"  # a key, for the API's description
    terms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    choices: dict[str, Any] = field(default_factory=dict)
    embeds: tuple[tuple[str, str], ...] = ()  # (type, path of the key): whose values stand in it
    dated: bool = True  # has a date in the world
    on_timeline: bool = False  # stands on the merged timeline
    tallied: tuple[str, ...] = ()  # filters whose values are counted by month, as all entries are
    counted: tuple[str, ...] = ()  # filters with one code an entry, whose lists are counted by it
    numerous: bool = False  # there may be a million: found by a term, they are read from its index
    series: str | None = None  # path of what it is a state of: it holds until the next one there
    holds_on: Callable[[Document, date], bool] | None = None  # for validity that is no single date
    filters: dict[str, Any] = field(default_factory=dict)  # offered in forms: name → its label
    details: Callable[..., Document] | None = None  # (slice, entry) → what else its page shows
    overview: Callable[..., Document] | None = None  # (slice, query) → what else its list shows

    @property
    def page(self) -> str:
        return f"/{self.plural}/"


def register(*types: RecordType) -> None:
    """Add types. Called once, when the application starts."""
    for record_type in types:
        _registry[record_type.name] = record_type


def get(name: str) -> RecordType:
    """The type of that name; KeyError when there is none."""
    return _registry[name]


def by_plural(plural: str) -> RecordType | None:
    return next((t for t in _registry.values() if t.plural == plural), None)


def all_types() -> list[RecordType]:
    return list(_registry.values())


def numerous(names: Collection[str]) -> bool:
    """Whether there may be very many of some of these types."""
    return any(_registry[name].numerous for name in names)


def timeline_types() -> list[RecordType]:
    return [t for t in _registry.values() if t.on_timeline]


# What the desk adds to the timeline's page: (slice, query) → context.
timeline_overviews: list[Callable[..., Document]] = []
