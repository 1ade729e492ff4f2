"""What drawings as files need: text in lines, since SVG breaks none."""

from django import template

from timeline import pictures

register = template.Library()


@register.simple_tag
def lines(text: object, width: int, most: int) -> list[str]:
    """A text in lines: `{% lines title 40 2 as words %}`."""
    return pictures.wrapped(str(text), width, most)
