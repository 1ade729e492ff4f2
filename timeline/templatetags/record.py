"""How documents are shown: texts in the reader's language, dates in words, labels, notes."""

from datetime import UTC, datetime
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.context import RequestContext
from django.urls import translate_url
from django.urls.base import get_script_prefix
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info, ngettext
from django.utils.translation import gettext as _

from timeline import instants, reading, record_types
from timeline.markup import every
from timeline.models import Entry
from timeline.reading import Reader

register = template.Library()
CURRENT = SafeString(' aria-current="true"')
_LANGUAGE = '<a href="{}" lang="{}" hreflang="{}"{}>{}</a>\n'


def reader() -> str:
    """The reader's language."""
    return get_language() or "en"


@register.filter
def plain(value: Any) -> str:
    """The text in the reader's language, for attributes."""
    return reading.in_language(value, reader())[1]


@register.filter
def said(value: Any) -> str:
    """The text in the reader's language; where it is missing another one, marked as what it is."""
    return reading.said(value, reader())


@register.filter
def named(value: Any) -> Any:
    """A label, or a three-language title in the reader's language."""
    return plain(value) if isinstance(value, dict) else value


@register.filter
def number(value: int | float) -> str:
    """A number with a comma for thousands, as all three languages write it."""
    return f"{value:,}"


@register.filter
def source_count(number: int) -> str:
    return ngettext("%(n)s source", "%(n)s sources", number) % {"n": number}


@register.filter
def plus(value: float, more: float) -> float:
    return round(value + more, 1)


@register.filter
def minus(value: float, less: float) -> float:
    return round(value - less, 1)


@register.filter
def language_of(value: Any) -> str:
    """The language that `said` shows."""
    return reading.in_language(value, reader())[0]


@register.filter
def when(date: Any) -> str:
    """An EDTF date, a day, or the day (UTC) of an instant, in words."""
    return reading.when(date, reader()) if date else ""


@register.filter
def dated(date: Any) -> str:
    """The same as an element; for programs too, where HTML can say it without making it up."""
    return reading.dated(date, reader()) if date else ""


@register.filter
def moment(instant: datetime) -> str:
    """An instant in words: "25 November 2026, 09:30 UTC"."""
    time = f"{instant.astimezone(UTC):%H:%M}"
    return _("%(day)s, %(time)s UTC") % {"day": when(instant), "time": time}


@register.filter
def label(code: Any, name: str) -> Any:
    """The label of a code: `{{ doc.status|label:"status.status" }}` (type, enumeration)."""
    return reading.label(code, name, reader())


@register.filter
def type_label(name: str) -> Any:
    return record_types.get(name).label


@register.filter
def plural_label(name: str) -> Any:
    return record_types.get(name).label_plural


@register.filter
def get(mapping: dict[str, Any], key: str) -> Any:
    return mapping.get(key)


@register.filter
def words(text: str) -> list[str]:
    return text.split()


@register.filter
def versions_path(entry: Entry) -> str:
    """Where a record's history stands, without the language's prefix."""
    return f"{record_types.get(entry.type).page}{entry.key}/versions/"


@register.filter
def at_its_time(entry: Entry) -> str:
    """The address of a record's page at the instant of this version."""
    path = f"{record_types.get(entry.type).page}{entry.key}/"
    at = urlencode({"as_of": instants.spell(entry.recorded_at)})
    return f"{get_script_prefix()}{get_language()}{path}?{at}"


@register.simple_tag(takes_context=True)
def href(context: RequestContext, path: str, **parameters: Any) -> str:
    """A page's address in the reader's language, at the instant that this page shows."""
    return Reader.of(context.request).address(path, **parameters)


@register.filter
def unprefixed(path: str) -> str:
    """A page's path without the language's prefix."""
    return path.removeprefix(f"/{get_language()}")


@register.simple_tag(takes_context=True)
def in_languages(context: RequestContext) -> SafeString:
    """Links to this page in all languages."""
    request, now = context.request, get_language()
    prefix, address = get_script_prefix(), request.get_full_path()
    begin, known = f"{prefix}{now}/", request.resolver_match
    links = []
    for code, _name in settings.LANGUAGES:
        if known and address.startswith(begin):
            there = f"{prefix}{code}/{address.removeprefix(begin)}"
        else:
            there = translate_url(address, code)
        current = CURRENT if code == now else ""
        links.append((there, code, code, current, get_language_info(code)["name_local"]))
    return every(_LANGUAGE, links)


@register.simple_tag(takes_context=True)
def cite(context: RequestContext, sources: list[dict[str, Any]] | None) -> str:
    """Footnote marks for citations; `parts/notes.html` lists what they stand for."""
    marks = [_number(context.request, source) for source in sources or ()]
    links = [
        f'<a href="#note-{number}" id="ref-{number}-1">{number}</a>'
        if time == 1
        else f'<a href="#note-{number}">{number}</a>'
        for number, time in marks
    ]
    return SafeString(f'<sup class="cite">{", ".join(links)}</sup>') if links else ""


def cited(context: RequestContext, sources: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """The notes to sources that `cite` has marked before, to stand beside the text."""
    made = getattr(context.request, "notes", {})
    return [made[_place(source)] for source in sources or () if _place(source) in made]


def notes(context: RequestContext) -> list[dict[str, Any]]:
    """The sources cited so far on this page, in the order of their numbers."""
    return list(getattr(context.request, "notes", {}).values())


def _number(request: HttpRequest, source: dict[str, Any]) -> tuple[int, int]:
    """The number of a cited source on this page, and how often it has been cited."""
    if not hasattr(request, "notes"):
        request.notes = {}
    note = request.notes.setdefault(
        _place(source),
        {"number": len(request.notes) + 1, "times": 0, "source": source},
    )
    note["times"] += 1
    return note["number"], note["times"]


def _place(source: dict[str, Any]) -> tuple[Any, ...]:
    return source["key"], source.get("locator"), source.get("claim")
