"""JSON as bytes; stored documents stand in it as they are."""

from typing import Any

import orjson
from rest_framework.renderers import BaseRenderer

from ..models import Entry


def dumps(data: Any) -> bytes:
    """JSON with instants as 2026-03-01T09:00:00Z, which can be put into an address as they are."""
    return orjson.dumps(data, option=orjson.OPT_UTC_Z)


class JSON(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None  # JSON is UTF-8

    def render(self, data, accepted_media_type=None, renderer_context=None) -> bytes:
        return b"" if data is None else dumps(data)


def stored(entry: Entry, **more: Any) -> orjson.Fragment:
    """The entry's document byte for byte; `more` is added as last keys of the object."""
    if not more:
        return orjson.Fragment(entry.document)
    return orjson.Fragment(f"{entry.document[:-1]},{dumps(more).decode()[1:]}")
