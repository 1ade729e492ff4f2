"""The options of a filter: on some pages more than a hundred."""

from django import template
from django.template.context import RequestContext
from django.utils.safestring import SafeString

from timeline.forms import Field
from timeline.markup import every
from timeline.reading import Reader

register = template.Library()

_BOX = '<label><input type="checkbox" name="{}" value="{}"{}> {}</label>'
_OPTION = '<option value="{}"{}>{}'  # which the next one ends


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
