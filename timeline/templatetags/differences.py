"""Differences between documents in a reader's words."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from timeline import record_types
from timeline.comparison import ADDED, MOVED, REMOVED, Difference
from timeline.field_names import name_of

register = template.Library()


@register.filter
def field_name(name: str) -> Any:
    """A field of a document in words."""
    return name_of(name)


@register.filter
def place(difference: Difference) -> str:
    """Where in the field it differs: the row's name, and the value in it."""
    *rows, last = difference.inner or ("",)
    return " · ".join(filter(None, (*rows, str(name_of(last)) if last else "")))


@register.filter
def happened(difference: Difference) -> str:
    """What became of the value, in a word."""
    words = {ADDED: _("added"), REMOVED: _("removed"), MOVED: _("order changed")}
    return words.get(difference.kind, _("changed"))


@register.filter
def in_words(value: str, where: str) -> Any:
    """The label of a code: `{{ difference.before|in_words:"event.kind" }}`; else the value."""
    type_, _dot, field = where.partition(".")
    try:
        return record_types.get(type_).choices[field](value).label if value else ""
    except (KeyError, ValueError):
        return value


@register.simple_tag
def is_code(type_: str, difference: Difference) -> str:
    """The name under which the value's label is found ("event.kind"); "" for plain text."""
    codes = record_types.get(type_).choices
    return (
        f"{type_}.{difference.field}"
        if difference.path == (difference.field,) and (difference.field in codes)
        else ""
    )
