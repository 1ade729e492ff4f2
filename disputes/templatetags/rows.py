"""A record's row in a list, what led to it, its sources: on some pages a hundred of them."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from timeline.markup import every, one
from timeline.models import Entry
from timeline.templatetags.record import (
    addresses,
    cite,
    dated,
    in_language,
    label,
    plain,
    reader,
    said,
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
{}</div>
</article>"""
_ROWS = {level: _ROW.replace("{level}", str(level)) for level in (2, 3)}
_SUMMARY = '<p lang="{}">{}</p>\n'
_EFFECT = ' <span class="effect effect-{}">{}</span>'
_DISPUTE = ' <a href="{}">{}</a>'
_SOURCES = ' <a class="quiet" href="{}#notes-title">{}</a>'
_STATE = '<span class="mark state-{}" aria-hidden="true"></span>'
_MEETING = SafeString('<span class="shape" aria-hidden="true">◆</span>')
_LINK = '<p class="link{}"><span class="kind">{}</span>\n<a href="{}">{}</a> {}\n{}{}</p>'
_SOURCE = (
    '<cite lang="{}"><a href="{}" rel="noopener external">{}</a></cite>. '
    '<a class="quiet" href="{}">{}</a>{}{}.{}{}{}'
)
_ASKED = ("language", "published", "locator", "archive_url", "quotation")
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
    document, address = entry.data, addresses(context)
    page = address(document.get("url", ""))
    named = (
        (address(f"/disputes/{key}/"), plain(disputes.get(key)) or key)
        for key in document.get("disputes") or ()
    )
    links = document.get("links") or () if full else ()
    cited = document.get("sources")
    return one(
        _ROWS[level],
        entry.key,
        dated(document.get("date")),
        _mark(entry),
        page,
        said(document.get("title")),
        _summary(document) if full else _NOTHING,
        kind_of(entry),
        _effect(document.get("effect")),
        every(_DISPUTE, named),
        one(_SOURCES, page, source_count(len(cited))) if cited else _NOTHING,
        SafeString("".join([link(context, each) for each in links])),
    )


@register.simple_tag(takes_context=True)
def link(context: RequestContext, link: dict[str, Any]) -> SafeString:
    """The happening that a record answers, how, and who says so."""
    path = "events" if link.get("event") else "summits"
    cause = link.get("event") or link.get("summit") or {}
    return one(
        _LINK,
        " contested" if link.get("denied_by") else "",
        label(link.get("kind"), "event.link_kind"),
        addresses(context)(f"/{path}/{cause.get('key', '')}/"),
        said(cause.get("title")),
        dated(cause.get("date")),
        voice(link),
        cite(context, link.get("sources")),
    )


@register.simple_tag(takes_context=True)
def source(context: RequestContext, source: dict[str, Any]) -> SafeString:
    """A cited source as a note says it."""
    language, published, locator, archived, quotation = map(source.get, _ASKED)
    return one(
        _SOURCE,
        language,
        source.get("url"),
        source.get("title"),
        addresses(context)(f"/sources/{source['key']}/"),
        source.get("publisher"),
        one(", {}", dated(published)) if published else _NOTHING,
        one(", {}", locator) if locator else _NOTHING,
        one(_ARCHIVED, archived, _("Archived copy")) if archived else _NOTHING,
        one(_QUOTED, language, quotation) if quotation else _NOTHING,
        one(" {}", source["note"]) if source.get("note") else _NOTHING,
    )


@register.simple_tag(takes_context=True)
def change(context: RequestContext, entry: Entry) -> SafeString:
    """An entry of the record as something that was done."""
    return one(
        _CHANGE,
        entry.recorded_at.isoformat(),
        when(entry.recorded_at),
        type_label(entry.type),
        addresses(context)(versions_path(entry)),
        entry.key if entry.withdrawn else said(entry.data.get("title")),
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


def _summary(document: dict[str, Any]) -> SafeString:
    language, text = in_language(document.get("summary"), reader())
    return one(_SUMMARY, language, text) if text else _NOTHING


def kind_of(entry: Entry) -> Any:
    """What kind of event or meeting it is; of other types, the type's name."""
    if entry.type == "event":
        return label(entry.data.get("kind"), "event.kind")
    if entry.type == "summit":
        return label(entry.data.get("setting"), "summit.setting") or _("summit")
    return type_label(entry.type)


def _effect(code: str | None) -> SafeString:
    if not code or code == "neutral":
        return _NOTHING
    return one(_EFFECT, code, label(code, "event.effect"))
