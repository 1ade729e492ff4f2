"""What was published together: the entries of one instant, as the change log shows them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min
from django.utils.translation import gettext as _

from . import instants
from .faults import Fault, ParameterErrors, Refused
from .models import Entry

PAGE = 40  # publications on a page of the change log
LISTED = 5  # of each publication, by name
MEMBERS = 200  # of one publication on its page
MOST = 2**63  # what a database takes for an id


@dataclass
class Publication:
    recorded_at: datetime
    editor: str
    reason: str
    count: int
    first: int  # the id of its first entry: the name of its page
    entries: list[Entry] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.count - len(self.entries)


def newest(before: str, as_of: datetime | None) -> tuple[list[Publication], str]:
    """A page of publications before an instant (or the newest); where the next page begins, or "".

    ParameterErrors when `before` is no instant.
    """
    entries = Entry.objects.filter(recorded_at__lte=as_of) if as_of else Entry.objects.all()
    if before:
        entries = entries.filter(recorded_at__lt=_instant(before))
    grouped = (
        entries.values("recorded_at", "editor", "reason")
        .annotate(count=Count("id"), first=Min("id"))
        .order_by("-recorded_at", "first")
    )
    found = [Publication(**row) for row in grouped[: PAGE + 1]]
    page = found[:PAGE]
    small = {p.first: p for p in page}
    ids = [first + n for first, p in small.items() for n in range(min(p.count, LISTED))]
    for entry in Entry.objects.filter(pk__in=ids).order_by("id"):
        owner = max(first for first in small if first <= entry.pk)
        small[owner].entries.append(entry)
    return page, instants.spell(page[-1].recorded_at) if len(found) > PAGE else ""


def one(first: int, after: str) -> dict[str, Any] | None:
    """The publication whose first entry it is, with a page of its entries; or None."""
    start = _id(after) if after else 0
    head = Entry.objects.filter(pk=first).first() if first < MOST else None
    if head is None:
        return None
    members = Entry.objects.filter(
        recorded_at=head.recorded_at, editor=head.editor, reason=head.reason
    )
    span = members.aggregate(first=Min("id"), last=Max("id"), count=Count("id"))
    if span["first"] != first:
        return None
    entries = list(members.filter(pk__gt=start).order_by("id")[:MEMBERS])
    last = entries[-1].pk if entries else span["last"]
    return {
        "head": head,
        "count": span["count"],
        "entries": entries,
        "after": last if last < span["last"] else None,
    }


def _instant(text: str) -> datetime:
    try:
        return instants.instant(text)
    except Refused as refused:
        raise ParameterErrors([Fault("before", refused.code, refused.detail)]) from refused


def _id(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) < 19:
        return int(text)
    raise ParameterErrors([Fault("after", "number", _("Give the number of an entry."))])
