"""The few events that are marked on a chart: those that most other happenings answer.

Chosen by one rule, from the record alone: events and summits that escalated or eased, within the
chart's years (and of the survey's disputes, when it names any), ordered by how many recorded
happenings name them as what they answer or come from.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef

from timeline.models import Entry, Term
from timeline.slices import Slice

from .scales import Days

MOST = 6  # marks on a chart
CONSIDERED = 200  # of the happenings that others answer
LEVELS = 3  # rows for the numbers of marks that stand close together
CLOSE = 9  # percent of the width that a number needs where the page is narrow


@dataclass(frozen=True)
class Mark:
    number: int
    entry: Entry
    x: float
    level: int


def most_answered(
    slice_: Slice, first: date, last: date, disputes: Collection[str] = ()
) -> list[Entry]:
    """The events to mark, in order of time. Two queries."""
    happened = slice_.entries("event", "summit")
    held = Exists(happened.filter(pk=OuterRef("entry_id")))
    answers = Term.objects.filter(held, name="cause")
    counted = answers.values_list("value").annotate(n=Count("id")).order_by("-n", "value")
    counts = dict(counted[:CONSIDERED])
    bearing = happened.within(first, last).with_term("effect", "escalation", "de_escalation")
    if disputes:
        bearing = bearing.with_term("dispute", *disputes)
    found = sorted(
        bearing.filter(key__in=counts), key=lambda e: (-counts[e.key], e.starts_on, e.key)
    )
    return sorted(found[:MOST], key=lambda e: (e.starts_on, e.key))


def placed(events: list[Entry], days: Days) -> list[Mark]:
    """Numbered marks; a number that would touch the one before stands a row lower."""
    marks: list[Mark] = []
    for number, entry in enumerate(events, 1):
        x = days.x(entry.starts_on)
        before = marks[-1] if marks else None
        close = before is not None and x - before.x < CLOSE
        level = (before.level + 1) % LEVELS if before and close else 0
        marks.append(Mark(number, entry, x, level))
    return marks
