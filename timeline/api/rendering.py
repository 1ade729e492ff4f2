"""JSON as bytes; stored documents stand in it as they are."""

from typing import Any

import orjson
from rest_framework.renderers import BaseRenderer

from ..models import Entry


class JSON(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None  # JSON is UTF-8

    def render(self, data, accepted_media_type=None, renderer_context=None) -> bytes:
        return b"" if data is None else orjson.dumps(data)


def stored(entry: Entry, **more: Any) -> orjson.Fragment:
    """The entry's document byte for byte; `more` is added as last keys of the object."""
    if not more:
        return orjson.Fragment(entry.document)
    return orjson.Fragment(f"{entry.document[:-1]},{orjson.dumps(more).decode()[1:]}")
