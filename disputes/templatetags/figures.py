"""What stands in drawings by the hundred. A template takes ten times as long for each."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from timeline.templatetags.record import addresses, label, plain, when

from ..charts.heat import QUADS, Heat, Month
from ..drawing.lanes import Drawing, Lane
from ..drawing.marks import Mark
from ..drawing.windows import asking_form
from ..statuses import Segment

register = template.Library()

_TINT = (
    '<a href="{}" tabindex="-1"><rect class="tint state-{}" x="{}" width="{}" y="{}" height="{}">'
    '</rect><rect class="edge state-{}" x="{}" width="{}" y="{}" height="6"></rect>'
    "<title>{}: {}</title></a>"
)
_BAR = (
    '<a href="{}?{}" tabindex="-1"><rect class="bar" x="{}" width="{}" y="{}" height="{}">'
    "<title>{}: {}</title></rect></a>"
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
_EMPTY = SafeString("<li></li>")
_SQUARE = '<li><a class="{}" href="{}" title="{}: {}"></a></li>'


def _all(form: str, rows: Iterable[Iterable[Any]]) -> SafeString:
    """As `format_html_join` has it."""
    return SafeString("".join([form.format(*map(_safe, row)) for row in rows]))


def _one(form: str, *values: Any) -> SafeString:
    return _all(form, [values])


def _safe(value: Any) -> Any:
    return value if isinstance(value, SafeString | float | int) else _escaped(str(value))


@lru_cache(20_000)
def _escaped(text: str) -> str:
    return escape(text)


@register.simple_tag(takes_context=True)
def bands(context: RequestContext, lane: Lane) -> SafeString:
    """A dispute's statuses behind its marks."""
    address, foot = addresses(context), round(lane.bottom - 6, 1)
    return _all(_TINT, (_band(band, lane, foot, address) for band in lane.bands))


def _band(band: dict[str, Any], lane: Lane, foot: float, address: Any) -> tuple[Any, ...]:
    entry, state, x, width = band["part"].entry, band["part"].state, band["x"], band["width"]
    return (
        *(address(entry.data["url"]), state, x, width, lane.top, lane.height),
        *(state, x, width, foot, when(entry.data["date"]), label(state, "status.status")),
    )


@register.simple_tag
def bars(drawing: Drawing, lane: Lane) -> SafeString:
    """A lane's counts, each of which leads to its part of the timeline."""
    here = reverse("timeline")
    form = asking_form(drawing.query, "" if lane.key == "summits" else lane.key)
    rows = (
        (
            *(here, form.format(first=bar["month"], last=bar["last"])),
            *(bar["x"], bar["width"], bar["y"], bar["height"], when(bar["date"]), bar["count"]),
        )
        for bar in lane.bars
    )
    return _all(_BAR, rows)


@register.simple_tag(takes_context=True)
def marks(context: RequestContext, lane: Lane) -> SafeString:
    """A lane's happenings."""
    address = addresses(context)
    return _all(_MARK, (_mark(mark, address) for mark in lane.marks))


def _mark(mark: Mark, address: Any) -> tuple[Any, ...]:
    data, soft, span, text = mark.entry.data, " soft" if mark.soft else "", "", ""
    if mark.span:
        span = _one(_SPAN, soft, *mark.span, round(mark.y - 2, 1))
    if mark.label:
        text = _one(_TEXT, round(mark.x + 9, 1), round(mark.y + 4, 1), mark.label)
    return (
        *(address(data["url"]), mark.number, span, mark.shape, mark.shape, mark.effect, soft),
        *(mark.x, mark.y, text, when(data["date"]), plain(data["title"]), _kind(mark)),
    )


def _kind(mark: Mark) -> str:
    data = mark.entry.data
    if mark.entry.type == "event":
        return f"{label(data['kind'], 'event.kind')}, {label(mark.effect, 'event.effect')}"
    return str(label(data["setting"], "summit.setting") or _("summit"))


@register.simple_tag(takes_context=True)
def strip_parts(context: RequestContext, strip: list[Segment]) -> SafeString:
    """States that each hold until the next."""
    address = addresses(context)
    return _all(_PART, (_part(part, address) for part in strip))


def _part(part: Segment, address: Any) -> tuple[Any, ...]:
    entry, state = part.entry, part.state
    told = f"{when(entry.data['date'])}: {label(state, f'{entry.type}.{entry.type}')}"
    return address(entry.data["url"]), told, state, part.x, part.width, told


@register.simple_tag(takes_context=True)
def squares(context: RequestContext, heat: Heat, months: list[Month]) -> SafeString:
    """The months of a year; those without events are empty."""
    address, language = addresses(context), get_language()
    rows = []
    for month in months:
        code, counts = month.code, month.numbers
        link = address("/timeline/", date__gte=code, date__lte=code, dispute=heat.dispute)
        rows.append(_square(code, counts, link, language) if any(counts) else _EMPTY)
    return SafeString("".join(rows))


@lru_cache(5000)
def _square(code: str, counts: tuple[int, ...], link: str, language: str) -> SafeString:
    month = Month(date.fromisoformat(f"{code}-01"), Counter(dict(zip(QUADS, counts, strict=True))))
    names = ", ".join(f"{number} {quad}" for number, quad in month.told)
    return _one(_SQUARE, month.shades, link, when(code), names)
