"""What every page says about the record it was made from."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .models import Entry
from .slices import Slice


def record(request: HttpRequest) -> dict[str, Any]:
    """`slice`: which instant the page shows; `head`: the newest entry (asked for when used)."""
    return {
        "slice": getattr(request, "slice", Slice()),
        "head": SimpleLazyObject(Entry.objects.head),
        "site_url": settings.SITE_URL,
    }
