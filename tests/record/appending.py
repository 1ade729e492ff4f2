"""Documents written straight to the ledger: what is tested here knows no desk."""

from typing import Any

from timeline import ledger
from timeline.ledger import Change
from timeline.models import Entry

BY, REASON = "Test Editor", "first published"


def document(key: str, type_: str = "event", title: str = "", **fields: Any) -> dict[str, Any]:
    """A document with the envelope's main fields; `title` is the English one."""
    return {
        "type": type_,
        "key": key,
        "title": {"en": title or f"About {key}", "ko": None, "ja": None},
        "summary": None,
        "date": "2019-07-01" if type_ == "event" else None,
        "disputes": [],
    } | fields


def change(key: str, type_: str = "event", **fields: Any) -> Change:
    return Change(type_, key, document(key, type_, **fields))


def add(key: str, type_: str = "event", reason: str = REASON, **fields: Any) -> Entry | None:
    """Append one version of a record."""
    return ledger.append(type_, key, document(key, type_, **fields), BY, reason)


def add_status(key: str, series: str, date: str) -> Entry | None:
    """Append a state of a series."""
    return add(key, "status", date=date, dispute={"key": series}, disputes=[series])


def keys(entries: Any) -> list[str]:
    """Their keys, sorted."""
    return sorted(entry.key for entry in entries)
