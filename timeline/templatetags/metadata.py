"""The page's description of itself, for `parts/head.html`."""

from datetime import datetime
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.translation import get_language

from timeline import metadata as described
from timeline.freshness import newest
from timeline.models import Entry
from timeline.slices import Slice

register = template.Library()
ABOUT_ALL = ("home", "method")  # pages that describe the whole record


@register.simple_tag(takes_context=True)
def metadata(context: RequestContext, words: str) -> dict[str, Any]:
    """All that the head of this page says beside its title; `words` describe the whole record."""
    request, language = context.request, get_language() or "en"
    slice_ = getattr(request, "slice", Slice())
    match = request.resolver_match
    name = match.url_name if match else ""
    found = {
        "canonical": described.canonical(request),
        "alternates": described.alternates(request, language),
        "picture": described.picture(request, slice_),
        "hidden": slice_.as_of is not None,
        "locale": {"en": "en_GB", "ko": "ko_KR", "ja": "ja_JP"}[language],
    }
    entry = context.get("entry")
    if name == "record" and isinstance(entry, Entry):
        state = newest(request)
        found |= _of_record(entry, language, slice_, state[1] if state else None)
    if name in ABOUT_ALL:
        found["json_ld"] = described.script(described.dataset(words, language, newest(request)))
    return found


def _of_record(entry: Entry, language: str, slice_: Slice, at: datetime | None) -> dict[str, Any]:
    return {
        "title": described.text(entry.data["title"], language),
        "cite_as": described.cite_as(entry, slice_),
        "citation": described.citation_tags(entry, language, slice_, at),
        "json_ld": described.script(described.work(entry, language, slice_)),
    }
