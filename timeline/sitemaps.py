"""The sitemap: an index, and pages of what is public now, each address with its languages."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from . import record_types
from .entries import EntryQuerySet
from .models import Entry
from .record_types import RecordType

LIMIT = 3000  # addresses in one file
JOINED = ("home", "timeline", "changes", "method")


class Localized(Sitemap):
    """Every address in each language, and where each reader is led on."""

    i18n = alternates = x_default = True
    limit = LIMIT
    protocol = urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


class Pages(Localized):
    """The pages that join records, and the list of each type."""

    def items(self) -> list[tuple[str, dict[str, str]]]:
        lists = [("records", {"plural": t.plural}) for t in record_types.all_types()]
        return [*((name, {}) for name in JOINED), *lists]

    def location(self, item: tuple[str, dict[str, str]]) -> str:
        return reverse(item[0], kwargs=item[1])


class Records(Localized):
    """The current records of one type."""

    def __init__(self, record_type: RecordType) -> None:
        super().__init__()
        self.record_type = record_type

    def items(self) -> EntryQuerySet:
        found = Entry.objects.current().of_type(self.record_type.name).by_key()
        return found.values_list("key", "recorded_at")

    def location(self, item: tuple[str, Any]) -> str:
        return reverse("record", args=[self.record_type.plural, item[0]])

    def lastmod(self, item: tuple[str, Any]) -> Any:
        return item[1]


def sections() -> dict[str, Sitemap]:
    return {"pages": Pages(), **{t.plural: Records(t) for t in record_types.all_types()}}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers are asked to leave alone, and where the sitemap is.

    A desk that stands elsewhere than usual is not named: everybody reads this.
    """
    context = {
        "sitemap": settings.SITE_URL + reverse("sitemap"),
        "desk": "/admin/" if settings.ADMIN_PATH == "admin/" else "",
    }
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What the site is called on a home screen."""
    return render(request, "manifest.json", content_type="application/manifest+json")
