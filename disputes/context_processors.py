"""What every page knows of the disputes: their names, for links."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from timeline import facts, few
from timeline.slices import Slice


def titles(request: HttpRequest) -> dict[str, dict]:
    """`disputes`: the three-language title of each dispute by its key, asked for when used."""
    slice_ = getattr(request, "slice", Slice())
    return {"disputes": SimpleLazyObject(lambda: _titles(slice_))}


@facts.once
def _titles(slice_: Slice) -> dict[str, dict]:
    disputes = sorted(few.all_of(slice_, "dispute"), key=lambda entry: entry.key)
    return {entry.key: entry.data["title"] for entry in disputes}
