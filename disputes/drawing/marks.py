"""Events and summits as marks in a lane: their shapes, their rows, their labels."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any

from django.utils.translation import gettext_lazy as _

from timeline.models import Entry

from .scale import Window

ROW_HEIGHT = 14
NEAR = 13  # pixels between two marks of a row
LABEL_GAP = 9
LABEL_MOST = 190  # pixels of a label
LABELLED = 26  # marks of a lane up to which labels are tried
NARROW, BROAD = 5.6, 10.6  # pixels of a Latin and of a CJK character at 10.5 px

SHAPES = {
    **dict.fromkeys(("ruling", "lawsuit", "filing", "legislation"), "law"),
    **dict.fromkeys(("statement", "talks", "visit", "agreement"), "word"),
    **dict.fromkeys(("measure", "discharge", "inscription"), "act"),
    **dict.fromkeys(("protest", "incident"), "street"),
    **dict.fromkeys(("election", "anniversary"), "calendar"),
}

PATHS = {
    "law": "M-4 -4H4V4H-4Z",
    "word": "M-4 0A4 4 0 1 1 4 0A4 4 0 1 1 -4 0Z",
    "act": "M0 -5L5 4H-5Z",
    "street": "M-4.5 -4.5L4.5 4.5M4.5 -4.5L-4.5 4.5",
    "calendar": "M0 -5V5M-4 0H4",
    "visit": "M0 -6.5L6.5 0L0 6.5L-6.5 0Z",
    "meeting": "M0 -4L4 0L0 4L-4 0Z",
}
FIGURES = (
    ("law", _("ruling, lawsuit, filing, law")),
    ("word", _("statement, talks, visit, agreement")),
    ("act", _("measure, discharge, inscription")),
    ("street", _("protest, incident")),
    ("calendar", _("election, anniversary")),
    ("visit", _("summit: bilateral visit")),
    ("meeting", _("summit: other meeting or call")),
)  # a figure, and what it stands for


@dataclass
class Mark:
    """One happening in one lane. `x`, `y`: its middle; `span`: where its date reaches."""

    entry: Entry
    x: float
    y: float
    span: tuple[float, float] | None  # from, width
    soft: bool  # the date is not exact
    label: str = ""
    number: int = 0  # of its entry in the drawing, for the links

    @property
    def shape(self) -> str:
        return shape_of(self.entry)

    @property
    def effect(self) -> str:
        return self.entry.data["effect"]


def shape_of(entry: Entry) -> str:
    """Which figure stands for the kind of a happening."""
    if entry.type == "summit":
        return "visit" if entry.data["setting"] == "bilateral_visit" else "meeting"
    return SHAPES.get(entry.data["kind"], "word")


def place(entries: list[Entry], window: Window, top: float, language: str, rows: int) -> list[Mark]:
    """The marks of one lane, each in the first row that has room for it; labels where they fit."""
    free = [float("-inf")] * rows
    marks = []
    for entry in entries:
        x, span, soft = _extent(entry, window)
        row = next((n for n in range(rows) if free[n] <= x - NEAR), free.index(min(free)))
        free[row] = max(free[row], x, span[0] + span[1] - NEAR if span else x)
        marks.append(Mark(entry, x, top + ROW_HEIGHT * row, span, soft))
    if len(marks) <= LABELLED:
        _label(marks, window, language)
    return marks


def _extent(entry: Entry, window: Window) -> tuple[float, tuple[float, float] | None, bool]:
    """Where the mark stands; the span of a date longer than a day; whether the date is soft."""
    first, last = entry.starts_on, entry.ends_on or window.last
    interval = "/" in entry.data["date"]
    soft = any(sign in entry.data["date"] for sign in "~?%X") or (not interval and first != last)
    start, end = window.clip(first), window.clip(last)
    span = (start, round(max(end - start, 2), 1)) if last > first else None
    middle = start if interval else (start + end) / 2
    return round(min(max(middle, 5), window.width - 5), 1), span, soft


def _label(marks: list[Mark], window: Window, language: str) -> None:
    """Titles beside marks, where no other mark of the row is in the way."""
    rows: dict[float, list[Mark]] = {}
    for mark in marks:
        rows.setdefault(mark.y, []).append(mark)
    for row in rows.values():
        ends = [*(mark.x for mark in row[1:]), float(window.width) + NEAR]
        for mark, end in zip(row, ends, strict=True):
            room = min(end - mark.x - LABEL_GAP - NEAR, LABEL_MOST)
            mark.label = shortened(_title(mark.entry.data["title"], language), room)


def _title(title: dict[str, Any], language: str) -> str:
    return title.get(language) or next((text for text in title.values() if text), "")


@lru_cache(5000)
def width_of(text: str) -> float:
    """About how many pixels a label takes: a font is not asked."""
    return sum(map(_width, text))


@lru_cache(5000)
def _width(character: str) -> float:
    return BROAD if unicodedata.east_asian_width(character) in "WF" else NARROW


def shortened(text: str, room: float) -> str:
    """As much of a text as fits, at a word's end where there is one; "" when that says nothing."""
    if width_of(text) <= room:
        return text
    ends = accumulate(map(_width, text), initial=_width("…"))
    kept = text[: max(sum(end <= room for end in ends) - 1, 0)]
    words = kept.rsplit(" ", 1)[0] if " " in kept else kept
    return f"{words.rstrip(' ,;:·、')}…" if width_of(words) >= 40 else ""
