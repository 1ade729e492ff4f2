"""Reads RATE_LIMIT, before anything else of Django can be."""

import re

from django.core.exceptions import ImproperlyConfigured


def limit(text: str) -> tuple[int, int] | None:
    """Requests and seconds, of "600/60"; None for no limit."""
    if not text.strip():
        return None
    found = re.fullmatch(r"\s*([1-9]\d{0,8})\s*/\s*([1-9]\d{0,5})\s*", text, re.ASCII)
    if not found:
        raise ImproperlyConfigured(f"RATE_LIMIT is requests/seconds, such as 600/60, not {text!r}.")
    return int(found[1]), int(found[2])
