"""What stands in drawings by the hundred. A template takes ten times as long for each."""

from collections import Counter
from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from timeline.markup import every, one
from timeline.templatetags.record import addresses, label, plain, when

from ..charts.heat import QUADS, Heat, Month
from ..drawing.lanes import Drawing, Lane
from ..drawing.marks import PATHS, Mark
from ..drawing.windows import asking_form
from ..statuses import Segment
from .drawing import fitting
from .rows import in_office, kind_of

register = template.Library()

LEAST_NAMED = 52  # pixels of a term in which a name is sought that fits
_TERM = (
    '<a href="{}" class="government" tabindex="-1"><rect x="{}" width="{}" y="{}" height="16">'
    "</rect>{}<title>{}, {}</title></a>\n"
)
_NAME = '<text x="{}" dx="4" y="{}">{}</text>'
_TINT = (
    '<a href="{}" tabindex="-1"><rect class="tint state-{}" x="{}" width="{}" y="{}" height="{}">'
    '</rect><rect class="edge state-{}" x="{}" width="{}" y="{}" height="6"></rect>'
    "<title>{}: {}</title></a>"
)
_BAR = (
    '<a href="{asked}" tabindex="-1"><rect class="bar" x="{x}" width="{width}" y="{y}" '
    'height="{height}"><title>{when}: {count}</title></rect></a>'
)
_SPAN = '<rect class="span{}" x="{}" width="{}" y="{}" height="4"/>'
_TEXT = '<text x="{}" y="{}">{}</text>'
_MARK = (
    '<a href="{}" data-n="{}" tabindex="-1">{}<use href="#{}" class="{} {}{}" x="{}" y="{}"/>{}'
    "<title>{}: {} ({})</title></a>\n"
)
_PART = (
    '<a href="{}" aria-label="{}"><rect class="state-{}" x="{}%" width="{}%" y="0" height="100%">'
    "<title>{}</title></rect></a>"
)
_MONTH = "0000-00"  # in an address, before it is known
_EMPTY = SafeString("<li></li>")
_SHAPES = one("<defs>{}</defs>", every('<path id="{}" d="{}"></path>', PATHS.items()))
_SQUARE = '<li><a class="{}" href="{}" title="{}: {}"></a></li>'


@register.simple_tag
def shapes() -> SafeString:
    """The figures of marks, for `use`."""
    return _SHAPES


@register.simple_tag(takes_context=True)
def governments(context: RequestContext, drawing: Drawing) -> SafeString:
    """The terms of both countries' leaders, a row for each country."""
    address = addresses(context)
    return every(_TERM, (_term(band, address) for band in drawing.governments))


def _term(band: dict[str, Any], address: Any) -> tuple[Any, ...]:
    leader, x, width, top = band["leader"], band["x"], band["width"], 40 if band["row"] else 22
    name = one(_NAME, x, top + 12, fitting(leader, width)) if width > LEAST_NAMED else ""
    told = plain(leader.data["title"]), in_office(band["term"])
    return address(leader.data["url"]), x, width, top, name, *told


@register.simple_tag(takes_context=True)
def bands(context: RequestContext, lane: Lane) -> SafeString:
    """A dispute's statuses behind its marks."""
    address, foot = addresses(context), round(lane.bottom - 6, 1)
    return every(_TINT, (_band(band, lane, foot, address) for band in lane.bands))


def _band(band: dict[str, Any], lane: Lane, foot: float, address: Any) -> tuple[Any, ...]:
    entry, state, x, width = band["part"].entry, band["part"].state, band["x"], band["width"]
    return (
        *(address(entry.data["url"]), state, x, width, lane.top, lane.height),
        *(state, x, width, foot, when(entry.data["date"]), label(state, "status.status")),
    )


@register.simple_tag
def bars(drawing: Drawing, lane: Lane) -> SafeString:
    """A lane's counts, each of which leads to its part of the timeline."""
    asked = asking_form(drawing.query, "" if lane.key == "summits" else lane.key)
    form = _BAR.replace("{asked}", one("{}?{}", reverse("timeline"), asked))
    return SafeString("".join([form.format(**bar, when=_said(bar["date"])) for bar in lane.bars]))


def _said(date: str) -> SafeString:
    return one("{}", when(date))


@register.simple_tag(takes_context=True)
def marks(context: RequestContext, lane: Lane) -> SafeString:
    """A lane's happenings."""
    address = addresses(context)
    return every(_MARK, (_mark(mark, address) for mark in lane.marks))


def _mark(mark: Mark, address: Any) -> tuple[Any, ...]:
    data, soft, span, text = mark.entry.data, " soft" if mark.soft else "", "", ""
    if mark.span:
        span = one(_SPAN, soft, *mark.span, round(mark.y - 2, 1))
    if mark.label:
        text = one(_TEXT, round(mark.x + 9, 1), round(mark.y + 4, 1), mark.label)
    return (
        *(address(data["url"]), mark.number, span, mark.shape, mark.shape, mark.effect, soft),
        *(mark.x, mark.y, text, when(data["date"]), plain(data["title"]), _kind(mark)),
    )


def _kind(mark: Mark) -> str:
    kind = kind_of(mark.entry)
    return f"{kind}, {label(mark.effect, 'event.effect')}" if mark.entry.type == "event" else kind


@register.simple_tag(takes_context=True)
def strip_parts(context: RequestContext, strip: list[Segment]) -> SafeString:
    """States that each hold until the next."""
    address = addresses(context)
    return every(_PART, (_part(part, address) for part in strip))


def _part(part: Segment, address: Any) -> tuple[Any, ...]:
    entry, state = part.entry, part.state
    told = f"{when(entry.data['date'])}: {label(state, f'{entry.type}.{entry.type}')}"
    return address(entry.data["url"]), told, state, part.x, part.width, told


@register.simple_tag(takes_context=True)
def squares(context: RequestContext, heat: Heat, months: list[Month]) -> SafeString:
    """The months of a year; those without events are empty."""
    asked = {"date__gte": _MONTH, "date__lte": _MONTH, "dispute": heat.dispute}
    form, language = addresses(context)("/timeline/", **asked), get_language()
    rows = []
    for month in months:
        code, counts = month.code, month.numbers
        link = form.replace(_MONTH, code)
        rows.append(_square(code, counts, link, language) if any(counts) else _EMPTY)
    return SafeString("".join(rows))


@lru_cache(5000)
def _square(code: str, counts: tuple[int, ...], link: str, language: str) -> SafeString:
    month = Month(date.fromisoformat(f"{code}-01"), Counter(dict(zip(QUADS, counts, strict=True))))
    told = zip(counts, _quads(language), strict=True)
    names = ", ".join(f"{number} {quad}" for number, quad in told if number)
    return one(_SQUARE, month.shades, link, when(code), names)


@lru_cache
def _quads(language: str) -> tuple[str, ...]:
    return tuple(str(quad.label) for quad in QUADS)
