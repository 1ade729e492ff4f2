"""How a dispute stands: its status, its trend, and what was assessed one after the other."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.safestring import SafeString

from timeline import pieces
from timeline.markup import one
from timeline.models import Entry
from timeline.reading import Reader, in_language
from timeline.templatetags.record import cite

from .rows import beside

register = template.Library()

_STATUS = (
    '<span class="badge"><span class="mark state-{}" aria-hidden="true"></span><b>{}</b></span>'
)
_TREND = '<span class="trend"><span aria-hidden="true">{}</span> {}</span>'
_ARROWS, _LEVEL = {"worse": "↘", "better": "↗"}, "→"
_ASSESSMENT = (
    '<p class="when">{}</p>\n<div><p><a class="plain" href="{}">{}</a> {}</p>\n<p lang="{}">{}'
)


@register.simple_tag(takes_context=True)
def status(context: RequestContext, document: dict[str, Any]) -> SafeString:
    return _status(document, Reader.of(context.request))


@register.simple_tag(takes_context=True)
def trend(context: RequestContext, document: dict[str, Any]) -> SafeString:
    return _trend(document, Reader.of(context.request))


@register.simple_tag(takes_context=True)
def assessment(context: RequestContext, entry: Entry) -> SafeString:
    """A status with its reason and sources, as one of many."""
    sources = entry.data.get("sources")
    begun = _assessment(entry, Reader.of(context.request))
    marks = cite(context, sources)
    return SafeString(f"{begun}{marks}</p></div>\n{beside(context, sources)}")


@pieces.of_entry
def _assessment(entry: Entry, reader: Reader) -> SafeString:
    document = entry.data
    return one(
        _ASSESSMENT,
        reader.dated(document["date"]),
        reader.address(document["url"]),
        _status(document, reader),
        _trend(document, reader),
        *in_language(document["summary"], reader.language),
    )


def _status(document: dict[str, Any], reader: Reader) -> SafeString:
    code = document.get("status")
    return one(_STATUS, code, reader.label(code, "status.status"))


def _trend(document: dict[str, Any], reader: Reader) -> SafeString:
    code = document.get("trend")
    return one(_TREND, _ARROWS.get(code, _LEVEL), reader.label(code, "status.trend"))
