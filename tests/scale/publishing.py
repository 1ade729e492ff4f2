"""Publishes on the database of DATABASE_URL, in a process of its own: `everything`, or events."""

import os
import sys

import django


def main(*keys: str) -> None:
    """One record of each type with something in every list; or events with these keys."""
    from ..desk.full_records import full
    from ..factories import MAKERS, make_event, make_source

    if keys == ("everything",):
        for name in MAKERS:
            full(name)
    else:
        for key in keys:
            make_event(key=key, sources=[make_source(key=f"source-of-{key}")])


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main(*sys.argv[1:])
