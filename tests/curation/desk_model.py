"""What the desk ought to hold: texts of records, tabs that are open, proposals that wait."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from django.http import HttpResponse

from disputes.documents import document_of
from disputes.models import Event, Proposal
from timeline.models import Entry

Texts = dict[str, str]  # by the name of the form's field
FIELDS = ("title_en", "title_ko", "summary_en")


def texts_of(document: dict) -> Texts:
    """The texts of a document by the names of the form's fields."""
    places = [(name, *name.split("_")) for name in FIELDS]
    return {name: (document[column] or {}).get(language, "") for name, column, language in places}


@dataclass
class Due:
    """A record's texts as they ought to be public, now (None: withdrawn) and in each version."""

    event: Event
    now: Texts | None
    versions: list[Texts | None]

    def fresh(self) -> Event:
        return Event.objects.get(pk=self.event.pk)

    def entries(self) -> list[Entry]:
        found = Entry.objects.filter(type="event", key=self.event.key)
        return list(found.order_by("version"))

    def faults(self) -> Iterator[str]:
        """Where the record says otherwise, or the desk does."""
        entries, event = self.entries(), self.fresh()
        held = [None if e.withdrawn else texts_of(e.data) for e in entries]
        if held != self.versions or held[-1] != self.now:
            yield f"the record holds {held}, due are {self.versions}, now {self.now}"
        if event.is_published != (self.now is not None):
            yield f"the desk says {event.state}"
        if self.now and document_of(event) != entries[-1].data:
            yield "desk and record differ"


@dataclass
class Proposed:
    """A proposal: what its author saw, and what the author made of it."""

    pk: int
    due: Due
    proposer: str
    base: Texts
    mine: Texts
    state: str = "open"

    def merged(self, choice: str) -> tuple[Texts, set[str]]:
        """The texts if it is approved now, and those of them that clash."""
        found, clashes = dict(self.due.now), set()
        for name, theirs in self.due.now.items():
            base, mine = self.base[name], self.mine[name]
            if mine in (base, theirs):
                continue
            if theirs != base:
                clashes.add(name)
            if theirs == base or choice == "mine":
                found[name] = mine
        return found, clashes

    def faults(self) -> Iterator[str]:
        row = Proposal.objects.get(pk=self.pk)
        held = (row.state, texts_of(row.data), row.proposer.username)
        if held != (self.state, self.mine, self.proposer):
            yield f"proposal {held}, due is {self}"


@dataclass
class Tab:
    """A form that somebody has open: what was typed, and at which version it was opened."""

    form: dict[str, str]
    version: int
    typed: Texts = field(default_factory=dict)


@dataclass
class Upload:
    """A table that somebody has sent and not confirmed; rows: (version, texts) by record."""

    response: HttpResponse
    rows: list[tuple[Due, int, Texts]]


_numbers = count(1)


def fresh_value(name: str) -> str:
    """A text that was never there before."""
    return f"{'값' if name.endswith('ko') else 'value'} {next(_numbers)}"
