"""What the page of each type shows beside its document: (slice, entry) → context."""

from collections import Counter
from datetime import date, datetime
from itertools import groupby
from typing import Any

from timeline import compiled, facts, few, months, record_types
from timeline.entries import EntryQuerySet
from timeline.models import Entry
from timeline.queries import Query
from timeline.slices import Slice

from .. import ahead, statuses
from ..charts import heat, lines
from ..drawing import lanes
from ..drawing.density import HAPPENINGS

STATES = 15  # the newest assessments of a dispute's status
RECORDED = (*HAPPENINGS, "status")  # what a dispute's newest changes are of
RECENT = 3000  # entries among which the newest of a dispute are sought first
FEW, MANY = 12, 60  # entries of another type on a page
COMING = 3  # days ahead
MARKS = 120  # in the small drawing of a dispute; more become counts


def dispute(slice_: Slice, entry: Entry) -> dict[str, Any]:
    found = _of_dispute(slice_, entry.key)
    return found | {"drawing": _drawing(slice_, entry.key, found["since"])}


@facts.once
def _of_dispute(slice_: Slice, key: str) -> dict[str, Any]:
    history = statuses.history(slice_, key)
    first = history[0].starts_on.replace(month=1, day=1) if history else slice_.day
    return {
        "history": history[: -STATES - 1 : -1],
        "states": len(history),
        "status": history[-1] if history else None,
        "review_due": statuses.review_due(history[-1]) if history else None,
        "since": first,
        "latest": _happened(slice_, key, "-date", FEW),
        "first_event": next(iter(_happened(slice_, key, "date", 1)), None),
        "ahead": ahead.ahead(slice_, history[-1:], key)[:COMING],
        "happenings": _number(slice_, key),
        "agreements": few.found(slice_, "agreement", "dispute", key),
        "promises": promises(slice_, "dispute", key),
        "heat": heat.strip(slice_, key),
        "surveys": sorted(few.found(slice_, "survey", "dispute", key), key=lambda e: e.key),
        "changed": _changed(slice_, key),
    }


def _changed(slice_: Slice, dispute: str) -> list[Entry]:
    """What was recorded last of a dispute: sought among the newest entries, where it mostly is."""
    by_then = Entry.objects.recorded_by(slice_.as_of) if slice_.as_of else Entry.objects
    after = (slice_.version or (by_then.newest() or (0, None))[0]) - RECENT
    if slice_.as_of:
        found = list(_recent(dispute, after, slice_.as_of))
    else:
        found = compiled.of_shape(_recent, dispute, after)
    if len(found) == FEW:
        return found
    return list(slice_.found("dispute", dispute, *RECORDED).order_by("-id")[:FEW])


def _recent(dispute: str, after: int, as_of: datetime | None = None) -> EntryQuerySet:
    recorded = Entry.objects.standing(as_of).of_type(*RECORDED).with_term("dispute", dispute)
    return recorded.recorded_after(after).order_by("-id").defer("search_text")[:FEW]


def _happened(slice_: Slice, dispute: str, ordering: str, most: int) -> list[Entry]:
    """What happened up to today in a dispute, as the first page of a list has it."""
    query = Query(
        types=tuple(record_types.timeline_types()),
        chosen_types=HAPPENINGS,
        default_ordering=ordering,
        ordering=ordering,
        filters={"dispute": (dispute,)},
        last=slice_.day,
        as_of=slice_.as_of,
        page_size=most,
    )
    return query.page().entries


def _number(slice_: Slice, dispute: str) -> int:
    """How many happenings a dispute has; of the present the summary by month knows it."""
    if slice_.as_of:
        return slice_.found("dispute", dispute, *HAPPENINGS).count()
    known = months.by_name(slice_)
    counts = (known.get((dispute, type_), months.NOTHING) for type_ in HAPPENINGS)
    return sum(count.between(None, None) for count in counts)


def _drawing(slice_: Slice, key: str, first: date) -> lanes.Drawing:
    """The dispute's own lane since its first assessment, and the summits."""
    query = Query(
        types=tuple(record_types.timeline_types()),
        default_ordering="date",
        ordering="date",
        filters={"dispute": (key,)},
        first=first,
        last=slice_.day,
        as_of=slice_.as_of,
    )
    return lanes.draw(slice_, query, most=MARKS)


def promises(slice_: Slice, name: str, value: str) -> dict[str, Any]:
    """Commitments found under a term, by agreement, each with its fulfilment through time."""
    commitments = few.found(slice_, "commitment", name, value)
    commitments = sorted(
        commitments, key=lambda c: (c.starts_on, c.data["agreement"]["key"], c.data["position"])
    )
    held = few.found(slice_, "fulfilment", name, value)
    states = statuses.by_series(s for s in held if s.starts_on and s.starts_on <= slice_.day)
    rows = [Promise(c, states.get(c.key, []), slice_) for c in commitments]
    groups = groupby(rows, key=lambda row: row.commitment.data["agreement"]["key"])
    return {
        "groups": [list(group) for _agreement, group in groups],
        "count": len(rows),
        "tally": Counter(row.state for row in rows).most_common(),
        "open": sum(row.is_open for row in rows),
    }


class Promise:
    """A commitment with the assessments of its fulfilment."""

    OPEN = ("pending", "under_way", "partly_fulfilled", "stalled")

    def __init__(self, commitment: Entry, states: list[Entry], slice_: Slice) -> None:
        self.commitment, self.states = commitment, states
        self.newest = states[-1] if states else None
        first = min(commitment.starts_on, *(s.starts_on for s in states)) if states else slice_.day
        self.strip = statuses.strip(states, first, slice_.day)

    @property
    def state(self) -> str:
        return self.newest.data["fulfilment"] if self.newest else ""

    @property
    def is_open(self) -> bool:
        return self.newest is None or self.newest.data["fulfilment"] in self.OPEN


def happening(slice_: Slice, entry: Entry) -> dict[str, Any]:
    """An event or a summit: what answered it, and what was agreed there."""
    if slice_.as_of:
        answers = list(_answers(entry.key, slice_))
    else:
        answers = compiled.of_shape(_answers, entry.key)
    linked = [
        (answer, link)
        for answer in answers
        for link in answer.data["links"]
        if (link[entry.type] or {}).get("key") == entry.key
    ]
    return {
        "answers": linked,
        "agreements": few.found(slice_, "agreement", "issued_at", entry.key),
    }


def _answers(key: str, slice_: Slice | None = None) -> EntryQuerySet:
    """What is said to have followed an event or a summit; without a slice, at present."""
    answers = (slice_ or Slice()).found("cause", key, "event", "summit")
    return answers.oldest_first()[:MANY]


def agreement(slice_: Slice, entry: Entry) -> dict[str, Any]:
    return {"promises": promises(slice_, "agreement", entry.key)}


def commitment(slice_: Slice, entry: Entry) -> dict[str, Any]:
    states = slice_.found("commitment", entry.key, "fulfilment").begun_by(slice_.day)
    return {"promise": Promise(entry, list(states.oldest_first()), slice_)}


def leader(slice_: Slice, entry: Entry) -> dict[str, Any]:
    met = slice_.found("leader", entry.key, "summit").newest_first()
    return {"summits": list(met), "persons": list(slice_.found("leader", entry.key, "actor"))}


def actor(slice_: Slice, entry: Entry) -> dict[str, Any]:
    acted = slice_.found("actor", entry.key, "event")
    signed = slice_.found("signatory", entry.key, "agreement").oldest_first()
    return {
        "events": list(acted.newest_first()[:MANY]),
        "event_count": acted.count(),
        "agreements": list(signed),
    }


def survey(slice_: Slice, entry: Entry) -> dict[str, Any]:
    chart = lines.of_survey(slice_, entry)
    drawn = chart.series if chart else []
    return {
        "chart": chart,
        "partner": next((s.entry for s in drawn if s.entry.key != entry.key), None),
    }


def source(slice_: Slice, entry: Entry) -> dict[str, Any]:
    citing = slice_.found("source", entry.key).order_by("type", "-starts_on", "key")
    advised = slice_.found("paper", entry.key, "recommendation")
    return {
        "citing": list(citing[:MANY]),
        "citing_count": citing.count(),
        "advice": advised.count(),
    }
