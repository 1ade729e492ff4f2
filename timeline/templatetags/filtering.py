"""What stands around a list: the options of its filters, its forms for programs."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from timeline.forms import Field
from timeline.markup import every, one
from timeline.reading import Reader

register = template.Library()

_BOX = '<label><input type="checkbox" name="{}" value="{}"{}> {}</label>'
_OPTION = '<option value="{}"{}>{}'  # which the next one ends
_EXPORT = '<a href="/api/v1/{}{}{}" rel="alternate" type="{}">{}</a>\n  '
_SUBSCRIBED = '<a href="webcal://{}/api/v1/{}.ics{}">{}</a>\n  '
_FORMS = (
    ("/", "application/json", "JSON"),
    (".csv", "text/csv", "CSV"),
    (".jsonl", "application/jsonl", "JSON Lines"),
    (".atom", "application/atom+xml", _("Feed (Atom)")),
)
_CALENDAR = ((".ics", "text/calendar", _("Calendar (iCalendar)")),)
_SUBSCRIBE = _("Subscribe to the calendar")
_STORY = ((".timelinejs", "application/vnd.timelinejs+json", "TimelineJS"),)


@register.simple_tag(takes_context=True)
def boxes(context: RequestContext, field: Field) -> SafeString:
    named = Reader.of(context.request).named
    rows = (
        (field.name, v, " checked" if chosen else "", named(t)) for v, t, chosen in field.options
    )
    return every(_BOX, rows)


@register.simple_tag(takes_context=True)
def options(context: RequestContext, field: Field) -> SafeString:
    named = Reader.of(context.request).named
    return every(
        _OPTION, ((v, " selected" if c else "", named(text)) for v, text, c in field.options)
    )


@register.simple_tag(takes_context=True)
def exports(context: RequestContext, name: str, dated: bool) -> SafeString:
    """The same list in other forms; where it has dates, also as a calendar."""
    asked = context["query"].exported

    def written(forms: tuple[tuple[str, str, Any], ...]) -> str:
        return every(_EXPORT, ((name, suffix, asked, type_, text) for suffix, type_, text in forms))

    if not dated:
        return SafeString(written(_FORMS))
    subscribed = one(_SUBSCRIBED, context.request.get_host(), name, asked, _SUBSCRIBE)
    return SafeString(written(_FORMS + _CALENDAR) + subscribed + written(_STORY))
