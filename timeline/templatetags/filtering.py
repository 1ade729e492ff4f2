"""The options of a filter: on some pages more than a hundred."""

from django import template
from django.utils.safestring import SafeString

from timeline.forms import Field
from timeline.markup import every

from .record import named

register = template.Library()

_BOX = '<label><input type="checkbox" name="{}" value="{}"{}> {}</label>'
_OPTION = '<option value="{}"{}>{}</option>'


@register.simple_tag
def boxes(field: Field) -> SafeString:
    rows = (
        (field.name, v, " checked" if chosen else "", named(t)) for v, t, chosen in field.options
    )
    return every(_BOX, rows)


@register.simple_tag
def options(field: Field) -> SafeString:
    return every(
        _OPTION, ((v, " selected" if c else "", named(text)) for v, text, c in field.options)
    )
