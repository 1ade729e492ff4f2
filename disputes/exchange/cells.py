"""Text in a cell: nothing that a spreadsheet would run, and the same text when it comes back."""

from datetime import date, datetime, time
from typing import Any

from timeline.api.tables import FORMULA

QUOTE = "'"


def defused(text: str) -> str:
    """An apostrophe before what a spreadsheet takes for a formula, and before an apostrophe."""
    return QUOTE + text if text.startswith((*FORMULA, QUOTE)) else text


def plain(text: str) -> str:
    """The text that `defused` was given; other text as it is."""
    return text[1:] if text.startswith(QUOTE) and text[1:].startswith((*FORMULA, QUOTE)) else text


def text_of(value: Any) -> str:
    """What a cell of a spreadsheet says, as a person would have typed it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
