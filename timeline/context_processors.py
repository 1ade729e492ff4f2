"""What every page says about the record it was made from."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .freshness import newest
from .slices import Slice


def record(request: HttpRequest) -> dict[str, Any]:
    """`slice`: which instant the page shows; `recorded_at`: when it was last added to."""
    return {
        "slice": getattr(request, "slice", Slice()),
        "recorded_at": SimpleLazyObject(lambda: (newest(request) or (0, None))[1]),
        "site_url": settings.SITE_URL,
    }
