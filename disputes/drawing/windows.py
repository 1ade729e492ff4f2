"""Where a drawing leads: nearer, farther, earlier, later, and a few windows worth a look."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from timeline.queries import Query
from timeline.wording import spell

from .scale import Window

RECENT = 12  # years that one can jump to, each by itself; before them decades
CRISIS = (date(2019, 7, 1), date(2019, 12, 31))  # from the export controls to the talks about them


@dataclass(frozen=True)
class Way:
    """A link to another window."""

    name: str  # what the script calls it
    text: Any
    query: str  # the query string of the page
    current: bool = False


def ways(form: str, window: Window) -> list[Way]:
    """To the windows beside this one; `form`: see `asking_form`."""
    found = {
        "earlier": (_("Earlier"), window.moved(-0.5)),
        "nearer": (_("Zoom in"), window.zoomed(0.5)),
        "farther": (_("Zoom out"), window.zoomed(2)),
        "later": (_("Later"), window.moved(0.5)),
    }
    return [Way(name, text, asking(form, there)) for name, (text, there) in found.items()]


def presets(form: str, window: Window, today: date, earliest: date) -> list[Way]:
    """Windows with a name."""
    spans = {
        "all": (
            _("All since %(year)s") % {"year": earliest.year},
            earliest.replace(month=1, day=1),
            date(today.year, 12, 31),
        ),
        "since2018": (_("Since 2018"), date(2018, 1, 1), date(today.year, 12, 31)),
        "crisis": (_("The 2019 crisis"), *CRISIS),
        "year": (_("This year"), date(today.year, 1, 1), date(today.year, 12, 31)),
    }
    return [
        Way(
            name,
            text,
            asking(form, Window(first, last)),
            (first, last) == (window.first, window.last),
        )
        for name, (text, first, last) in spans.items()
        if first <= last
    ]


def jumps(form: str, query: Query, earliest: date, today: date) -> list[Way]:
    """Single years and, further back, decades: where the list can begin."""
    recent = [(str(year), year, year) for year in range(today.year, today.year - RECENT, -1)]
    oldest = today.year - RECENT
    decades = [
        (spell(f"{start // 10}X", get_language() or "en"), start, start + 9)
        for start in range(oldest // 10 * 10, earliest.year // 10 * 10 - 1, -10)
    ]
    spans = [
        (text, date(first, 1, 1), date(last, 12, 31))
        for text, first, last in (*recent, *decades)
        if last >= earliest.year
    ]
    return [
        Way(
            "jump",
            text,
            asking(form, Window(first, last)),
            (first, last) == (query.first, query.last),
        )
        for text, first, last in spans
    ]


def usual(query: Query) -> str:
    """The query string without a window."""
    return query.canonical(date_gte="", date_lte="", cursor=None)


def asking_form(query: Query, dispute: str = "") -> str:
    """The query string that asks the same of another window, or of one dispute in it, with
    `{first}` and `{last}` where the window's days stand: no other brace stands in it.
    """
    filters = query.filters | ({"dispute": (dispute,)} if dispute else {})
    first, last = str(date.min), str(date.max)
    text = query.canonical(date_gte=first, date_lte=last, filters=filters, cursor=None)
    text = text.replace(f"date__gte={first}", "date__gte={first}")
    return text.replace(f"date__lte={last}", "date__lte={last}")


def asking(form: str, window: Window) -> str:
    """The query string of a window, which is asked in this form."""
    return form.format(first=window.first.isoformat(), last=window.last.isoformat())
