"""What every page knows of the disputes: their names, for links."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from timeline import facts
from timeline.slices import Slice


def titles(request: HttpRequest) -> dict[str, dict]:
    """`disputes`: the three-language title of each dispute by its key, asked for when used."""
    slice_ = getattr(request, "slice", Slice())
    return {"disputes": SimpleLazyObject(lambda: _titles(slice_))}


@facts.once
def _titles(slice_: Slice) -> dict[str, dict]:
    return {entry.key: entry.data["title"] for entry in slice_.entries("dispute").by_key()}
