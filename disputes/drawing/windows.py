"""Where a drawing leads: nearer, farther, earlier, later, and a few windows worth a look."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from timeline.queries import Query

from .scale import Window

CRISIS = (date(2019, 7, 1), date(2019, 12, 31))  # from the export controls to the talks about them


@dataclass(frozen=True)
class Way:
    """A link to another window."""

    name: str  # what the script calls it
    text: Any
    query: str  # the query string of the page
    current: bool = False


def ways(query: Query, window: Window) -> list[Way]:
    """To the windows beside this one."""
    found = {
        "earlier": (_("Earlier"), window.moved(-0.5)),
        "nearer": (_("Zoom in"), window.zoomed(0.5)),
        "farther": (_("Zoom out"), window.zoomed(2)),
        "later": (_("Later"), window.moved(0.5)),
    }
    return [Way(name, text, _asking(query, there)) for name, (text, there) in found.items()]


def presets(query: Query, window: Window, today: date, earliest: date) -> list[Way]:
    """Windows with a name."""
    spans = {
        "all": (_("All time"), earliest.replace(month=1, day=1), date(today.year, 12, 31)),
        "since2018": (_("Since 2018"), date(2018, 1, 1), date(today.year, 12, 31)),
        "crisis": (_("The 2019 crisis"), *CRISIS),
        "year": (_("This year"), date(today.year, 1, 1), date(today.year, 12, 31)),
    }
    return [
        Way(
            name,
            text,
            _asking(query, Window(first, last)),
            (first, last) == (window.first, window.last),
        )
        for name, (text, first, last) in spans.items()
        if first <= last
    ]


def usual(query: Query) -> str:
    """The query string without a window."""
    return replace(query, first=None, last=None, date_gte="", date_lte="", cursor=None).canonical()


def _asking(query: Query, window: Window) -> str:
    """The query string that asks the same of another window."""
    first, last = window.first.isoformat(), window.last.isoformat()
    return replace(query, date_gte=first, date_lte=last, cursor=None).canonical()
