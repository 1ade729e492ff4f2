"""What the list of a type shows above or instead of its rows: (slice, query) → context."""

from collections import Counter, defaultdict
from typing import Any

from timeline import facts
from timeline.queries import Query
from timeline.slices import Slice

from .. import ahead, statuses, summits
from ..charts import multiples
from ..drawing import lanes, windows


@facts.once
def board(slice_: Slice) -> dict[str, Any]:
    """All disputes with their status through time, on one scale."""
    standings = statuses.standings(slice_)
    starts = [s.history[0].starts_on for s in standings if s.history]
    first = min(starts, default=slice_.day).replace(month=1, day=1)
    coming = ahead.ahead(slice_, [s.status for s in standings if s.status])
    return {
        "standings": [
            {
                "standing": s,
                "strip": statuses.strip(s.history, first, slice_.day),
                "next": next(
                    (a for a in coming if s.dispute.key in a.entry.data["disputes"]), None
                ),
            }
            for s in standings
        ],
        "ahead": coming,
        "years": statuses.years(first, slice_.day, step=10),
        "first_year": first.year,
    }


def disputes(slice_: Slice, query: Query) -> dict[str, Any]:
    return board(slice_)


def timeline(slice_: Slice, query: Query) -> dict[str, Any]:
    """The drawing above the list, and where it leads."""
    drawing = lanes.draw(slice_, query)
    window, form, earliest = drawing.window, drawing.form, lanes.earliest(slice_)
    return {
        "drawing": drawing,
        "ways": windows.ways(form, window),
        "presets": windows.presets(form, window, slice_.day, earliest),
        "usual_window": windows.usual(query),
        "jumps": windows.jumps(form, query, earliest, slice_.day),
    }


def summit_list(slice_: Slice, query: Query) -> dict[str, Any]:
    """The clock; on the day that `on` gives, when it is given."""
    return {"clock": summits.clock(slice_, query.on)}


def agreements(slice_: Slice, query: Query) -> dict[str, Any]:
    """How the promises of each agreement stand: {agreement: [(state, number)]}."""
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in slice_.entries("fulfilment").on(slice_.day):
        tallies[entry.data["agreement"]["key"]][entry.data["fulfilment"]] += 1
    return {
        "tallies": {key: tally.most_common() for key, tally in tallies.items()},
        "promise_count": slice_.entries("commitment").count(),
    }


def recommendations(slice_: Slice, query: Query) -> dict[str, Any]:
    return {"claim_count": slice_.entries("claim").count()}


def surveys(slice_: Slice, query: Query) -> dict[str, Any]:
    return multiples.of_page(query.page().entries)
