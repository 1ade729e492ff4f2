"""A record's row in a list, what led to it, its sources: on some pages a hundred of them."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from timeline import pieces
from timeline.markup import every, one
from timeline.models import Entry
from timeline.reading import Reader, in_language
from timeline.templatetags.record import (
    cite,
    cited,
    label,
    notes,
    source_count,
    type_label,
    versions_path,
    when,
)

register = template.Library()

_ROW = """<article class="row" id="{}">
<p class="when">{}</p>
<div class="what"><h{level}>{}<a href="{}">{}</a></h{level}>
{}<p class="tags"><span class="kind">{}</span>{}{}{}</p>
"""
_ROW_END = SafeString("</div>\n</article>")
_ROWS = {level: _ROW.replace("{level}", str(level)) for level in (2, 3)}
_SUMMARY = '<p lang="{}">{}</p>\n'
_EFFECT = ' <span class="effect effect-{}">{}</span>'
_DISPUTE = ' <a href="{}">{}</a>'
_SOURCES = ' <a class="quiet" href="{}#notes-title">{}</a>'
_STATE = '<span class="mark state-{}" aria-hidden="true"></span>'
_MEETING = SafeString('<span class="shape" aria-hidden="true">◆</span>')
_LINK = '<p class="link{}"><span class="kind">{}</span>\n<a href="{}">{}</a> {}\n{}'
_SOURCE = (
    '<cite lang="{}"><a href="{}" rel="noopener external">{}</a></cite>. '
    '<a class="quiet" href="{}">{}</a>{}{}.{}{}{}'
)
_OF_SOURCE = (
    *("key", "language", "url", "title", "publisher", "published"),
    *("locator", "archive_url", "quotation", "note"),
)
_BESIDE = '<li><span class="quiet">{}</span> {}</li>'
_NOTE = '<li id="note-{}">{} <a class="back" href="#ref-{}-1" aria-label="{}">↩</a></li>\n'
SOURCES = 5000  # cited sources that are kept as they are told
_ARCHIVED = ' <a href="{}">{}</a>.'
_QUOTED = ' <q lang="{}">{}</q>'
_CHANGE = (
    '<li><time datetime="{}">{}</time> {}: <a href="{}">{}</a> '
    '<span class="quiet">{}: {}</span></li>\n'
)
_NOTHING = SafeString("")


@register.simple_tag(takes_context=True)
def row(
    context: RequestContext,
    entry: Entry,
    disputes: dict[str, Any],
    full: bool = False,
    level: int = 3,
) -> SafeString:
    """One record. `full`: with its summary and what it answers; `level`: of its heading."""
    return SafeString("".join(_rows(context, [entry], disputes, full, level)))


@register.simple_tag(takes_context=True)
def rows(
    context: RequestContext,
    entries: Iterable[Entry],
    disputes: dict[str, Any],
    full: bool = False,
    level: int = 3,
) -> SafeString:
    """Records as items of a list."""
    written = _rows(context, entries, disputes, full, level)
    return SafeString("".join([f"<li>{row}</li>" for row in written]))


def _rows(
    context: RequestContext,
    entries: Iterable[Entry],
    disputes: dict[str, Any],
    full: bool,
    level: int,
) -> Iterator[str]:
    reader = Reader.of(context.request)
    titles = tuple((key, reader.plain(title)) for key, title in disputes.items())
    for entry in entries:
        begun = _row(entry, reader, level, full, titles)
        answered = _links(entry, reader) if full else ()
        links = entry.data["links"] if answered else ()
        told = (_cited(context, *each) for each in zip(answered, links, strict=True))
        yield "".join((begun, *told, _ROW_END))


@pieces.of_entry
def _row(
    entry: Entry, reader: Reader, level: int, full: bool, titles: tuple[tuple[str, str], ...]
) -> SafeString:
    document, named = entry.data, dict(titles)
    page, cited = reader.address(document.get("url", "")), document.get("sources")
    disputes = (
        (reader.address(f"/disputes/{key}/"), named.get(key) or key)
        for key in document.get("disputes") or ()
    )
    return one(
        _ROWS[level],
        entry.key,
        reader.dated(document.get("date")),
        _mark(entry),
        page,
        reader.said(document.get("title")),
        _summary(document, reader) if full else _NOTHING,
        kind_of(entry, reader),
        _effect(document.get("effect"), reader),
        every(_DISPUTE, disputes),
        one(_SOURCES, page, source_count(len(cited))) if cited else _NOTHING,
    )


@pieces.of_entry
def _links(entry: Entry, reader: Reader) -> tuple[SafeString, ...]:
    return tuple(_link(link, reader) for link in entry.data.get("links") or ())


@register.simple_tag(takes_context=True)
def link(context: RequestContext, link: dict[str, Any]) -> SafeString:
    """The happening that a record answers, how, and who says so."""
    return _cited(context, _link(link, Reader.of(context.request)), link)


def _cited(context: RequestContext, begun: str, link: dict[str, Any]) -> SafeString:
    return SafeString(f"{begun}{cite(context, link.get('sources'))}</p>")


def _link(link: dict[str, Any], reader: Reader) -> SafeString:
    path = "events" if link.get("event") else "summits"
    cause = link.get("event") or link.get("summit") or {}
    return one(
        _LINK,
        " contested" if link.get("denied_by") else "",
        reader.label(link.get("kind"), "event.link_kind"),
        reader.address(f"/{path}/{cause.get('key', '')}/"),
        reader.said(cause.get("title")),
        reader.dated(cause.get("date")),
        voice(link),
    )


@register.simple_tag(takes_context=True)
def beside(context: RequestContext, sources: list[dict[str, Any]] | None) -> SafeString:
    """The notes to sources that `cite` has marked before, to stand beside the text."""
    reader = Reader.of(context.request)
    found = [(note["number"], _source(note["source"], reader)) for note in cited(context, sources)]
    return one('<ul class="beside">{}</ul>', every(_BESIDE, found)) if found else _NOTHING


@register.simple_tag(takes_context=True)
def noted(context: RequestContext) -> SafeString:
    """All sources cited on this page, each with the way back to the text."""
    reader, back = Reader.of(context.request), _("Back to the text")
    found = ((note["number"], _source(note["source"], reader)) for note in notes(context))
    return every(_NOTE, ((number, told, number, back) for number, told in found))


def _source(source: dict[str, Any], reader: Reader) -> SafeString:
    """A cited source as a note says it."""
    return _told(reader, *map(source.get, _OF_SOURCE))


@lru_cache(SOURCES)
def _told(reader: Reader, *values: str | None) -> SafeString:
    key, language, url, title, publisher, published, locator, archived, quotation, note = values
    return one(
        _SOURCE,
        language,
        url,
        title,
        reader.address(f"/sources/{key}/"),
        publisher,
        one(", {}", reader.dated(published)) if published else _NOTHING,
        one(", {}", locator) if locator else _NOTHING,
        one(_ARCHIVED, archived, _("Archived copy")) if archived else _NOTHING,
        one(_QUOTED, language, quotation) if quotation else _NOTHING,
        one(" {}", note) if note else _NOTHING,
    )


@register.simple_tag(takes_context=True)
def change(context: RequestContext, entry: Entry) -> SafeString:
    """An entry of the record as something that was done."""
    return _change(entry, Reader.of(context.request))


@pieces.of_entry
def _change(entry: Entry, reader: Reader) -> SafeString:
    return one(
        _CHANGE,
        entry.recorded_at.isoformat(),
        reader.when(entry.recorded_at),
        type_label(entry.type),
        reader.address(versions_path(entry)),
        entry.key if entry.withdrawn else reader.said(entry.data.get("title")),
        _done(entry),
        entry.reason,
    )


def _done(entry: Entry) -> str:
    if entry.withdrawn:
        return _("withdrawn")
    return _("new") if entry.version == 1 else _("version %(version)s") % {"version": entry.version}


@register.simple_tag
def voice(link: dict[str, Any]) -> SafeString:
    """Who says that one thing led to another, and who denies it."""
    words = _("according to %(who)s") % {"who": _who(link.get("asserted_by"))}
    if link.get("denied_by"):
        words += "; " + _("denied by %(who)s") % {"who": _who(link["denied_by"])}
    return one('<span class="voice">{}</span>', words)


@register.filter
def in_office(term: dict[str, Any]) -> str:
    """A leader's term in words."""
    if not term.get("end"):
        return _("since %(start)s") % {"start": when(term["start"])}
    return _("%(start)s to %(end)s") % {"start": when(term["start"]), "end": when(term["end"])}


def _who(code: str) -> Any:
    return label(code, "event.asserted_by")


def _mark(entry: Entry) -> SafeString:
    if entry.type == "status":
        return one(_STATE, entry.data.get("status"))
    return _MEETING if entry.type == "summit" else _NOTHING


def _summary(document: dict[str, Any], reader: Reader) -> SafeString:
    language, text = in_language(document.get("summary"), reader.language)
    return one(_SUMMARY, language, text) if text else _NOTHING


def kind_of(entry: Entry, reader: Reader) -> Any:
    """What kind of event or meeting it is; of other types, the type's name."""
    if entry.type == "event":
        return reader.label(entry.data.get("kind"), "event.kind")
    if entry.type == "summit":
        return reader.label(entry.data.get("setting"), "summit.setting") or _("summit")
    return type_label(entry.type)


def _effect(code: str | None, reader: Reader) -> SafeString:
    if not code or code == "neutral":
        return _NOTHING
    return one(_EFFECT, code, reader.label(code, "event.effect"))
