"""Links to other windows of time, by the dozen."""

from django import template
from django.utils.safestring import SafeString

from timeline.markup import every
from timeline.templatetags.record import CURRENT

from ..drawing.windows import Way

register = template.Library()
_JUMP = ' <a href="?{}"{}>{}</a>'
_PRESET = '<a href="?{}" data-way="{}"{}>{}</a>'
_STEP = '<a href="?{}" data-way="{}" aria-label="{}" title="{}">{}</a>'
_SIGNS = {"earlier": "←", "later": "→", "nearer": "+", "farther": "−"}


@register.simple_tag
def jumping(ways: list[Way]) -> SafeString:
    """To single years and decades."""
    return every(_JUMP, ((way.query, _current(way), way.text) for way in ways))


@register.simple_tag
def presetting(ways: list[Way]) -> SafeString:
    """To windows with a name."""
    return every(_PRESET, ((way.query, way.name, _current(way), way.text) for way in ways))


@register.simple_tag
def stepping(ways: list[Way]) -> SafeString:
    """To the windows beside this one, as signs."""
    told = ((way.query, way.name, way.text, way.text, _SIGNS[way.name]) for way in ways)
    return every(_STEP, told)


def _current(way: Way) -> str:
    return CURRENT if way.current else ""
