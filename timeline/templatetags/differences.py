"""Differences between documents in a reader's words."""

from typing import Any

from django import template
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from timeline import record_types
from timeline.comparison import ADDED, MOVED, REMOVED, Difference
from timeline.documents import LANGUAGES
from timeline.field_names import codes, name_of

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
def language_name(code: str) -> str:
    """A language in the reader's own."""
    return str(get_language_info(code)["name_translated"]) if code in LANGUAGES else code


@register.simple_tag
def labelled(type_: str, difference: Difference) -> tuple[Any, Any] | None:
    """The labels of both values where they are codes; None for plain text."""
    last = difference.path[-1]
    choices = record_types.get(type_).choices if len(difference.path) == 1 else {}
    enumeration = codes.get(last) or choices.get(last)
    if enumeration is None:
        return None
    return tuple(_label(enumeration, code) for code in (difference.before, difference.after))


def _label(enumeration: Any, code: str) -> Any:
    try:
        return enumeration(code).label if code else ""
    except ValueError:
        return code
