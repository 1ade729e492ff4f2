"""Reads ADMIN_PATH: where the desk stands, below the site's root."""

import re

from django.core.exceptions import ImproperlyConfigured

# How the addresses of everything else begin (`config.urls`, `settings.LANGUAGES`).
TAKEN = frozenset(
    "api data en ko ja i18n static healthz readyz metrics ledger llms robots sitemap".split()
)
SEGMENT = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}", re.IGNORECASE | re.ASCII)


def admin_path(text: str) -> str:
    """One segment with a slash behind it, of "desk" or "desk/".

    Raises ImproperlyConfigured for anything else, and for what the site has for its readers.
    """
    segment = text.removesuffix("/")
    if not SEGMENT.fullmatch(segment):
        raise ImproperlyConfigured(
            "ADMIN_PATH is one name of letters, digits, - and _ (at most 64, the first a letter or "
            f"digit), such as desk-7f3a/, without a slash before it; not {text!r}."
        )
    if segment.lower() in TAKEN:
        raise ImproperlyConfigured(f"ADMIN_PATH may not be {text!r}: the site itself has it.")
    return f"{segment}/"
