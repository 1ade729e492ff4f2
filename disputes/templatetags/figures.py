"""What stands in drawings by the hundred. A template takes ten times as long for each."""

from functools import lru_cache
from typing import Any

from django import template
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.safestring import SafeString

from timeline import pieces
from timeline.markup import every, one
from timeline.models import Entry
from timeline.reading import Reader, in_language, when

from ..charts.heat import QUADS, Heat, Month
from ..drawing.lanes import Drawing, Lane
from ..drawing.marks import PATHS, Mark, width_of
from ..drawing.scale import WIDTH, Tick, Window
from ..drawing.windows import asking, asking_form
from ..statuses import Segment
from .rows import in_office, kind_of

register = template.Library()

LEAST_NAMED = 52  # pixels of a term in which a name is sought that fits
COUNTS = 5000  # of months, that are kept as they are told
FIRST, LAST = 34, WIDTH - 16  # pixels: a tick's text near an edge begins or ends at the tick
_TICK = (
    '<line class="tick" x1="{}" x2="{}" y1="16" y2="{}"></line><a href="{}" tabindex="-1">'
    '<text class="tick-text{}" x="{}" y="12">{}</text></a>'
)
_TERM = '<a href="{}" tabindex="-1">', "<title>{}, {}</title></a>"
_NAME = '<text x="{}" dx="4" y="{}">{}</text>'
_BAND = '<a class="state-{}" href="{}" tabindex="-1">', "<title>{}: {}</title></a>"
_MARK = (
    '<a href="{}" data-n="',
    '<use href="#{}" class="{} {}',
    "<title>{}: {} ({})</title></a>",
)
_SPAN = '<rect class="span{}" x="{}" width="{}" y="{}" height="4"/>'
_TEXT = '<text x="{}" y="{}">{}</text>'
_PART = (
    '<a href="{}" aria-label="{}"><rect class="state-{}" x="',
    '%" y="0" height="100%"><title>{}</title></rect></a>',
)
_MONTH = "0000-00"  # in an address, before it is known
_EMPTY = "<li></li>"
_SHAPES = one("<defs>{}</defs>", every('<path id="{}" d="{}"></path>', PATHS.items()))
_SQUARE = '<li><a class="{}" href="{}" title="{}: {}"></a></li>'


@register.simple_tag
def shapes() -> SafeString:
    """The figures of marks, for `use`."""
    return _SHAPES


@register.simple_tag
def ticks(drawing: Drawing) -> SafeString:
    """Years, months or days, each of which leads to its part of the timeline."""
    form = f"{reverse('timeline')}?{drawing.form}"
    return every(_TICK, (_tick(tick, drawing, form) for tick in drawing.window.ticks()))


def _tick(tick: Tick, drawing: Drawing, form: str) -> tuple[Any, ...]:
    side = " first" if tick.x < FIRST else " last" if tick.x > LAST else ""
    there = asking(form, Window(tick.first, tick.last))
    return tick.x, tick.x, drawing.height, there, side, tick.x, tick.text


@register.simple_tag(takes_context=True)
def governments(context: RequestContext, drawing: Drawing) -> SafeString:
    """The terms of both countries' leaders, a row for each country."""
    reader = Reader.of(context.request)
    return SafeString("".join([_term(band, reader) for band in drawing.governments]))


def _term(band: dict[str, Any], reader: Reader) -> str:
    leader, x, width, top = band["leader"], band["x"], band["width"], 40 if band["row"] else 22
    begun, ended = _told_term(leader, reader, leader.data["terms"].index(band["term"]))
    named = _fitting(leader, band["room"], reader) if width > LEAST_NAMED else ""
    name = one(_NAME, x, top + 12, named) if named else ""
    return f'{begun}<path d="{_box(x, top, width, 16)}"/>{name}{ended}'


def _fitting(leader: Entry, room: float, reader: Reader) -> str:
    """A leader's name where a band has room for it; else the family name; else nothing."""
    language, name = in_language(leader.data["title"], reader.language)
    last_first = language != "en" or leader.data["country"] == "KR"
    family = name.split()[0 if last_first else -1]
    return next((text for text in (name, family) if width_of(text) < room - 8), "")


@pieces.of_entry
def _told_term(leader: Entry, reader: Reader, number: int) -> tuple[SafeString, ...]:
    begun, ended = _TERM
    told = reader.plain(leader.data["title"]), in_office(leader.data["terms"][number])
    return one(begun, reader.address(leader.data["url"])), one(ended, *told)


@register.simple_tag(takes_context=True)
def bands(context: RequestContext, lane: Lane) -> SafeString:
    """A dispute's statuses behind its marks, from the top of their lane."""
    reader, height = Reader.of(context.request), f"{lane.height:g}"
    return SafeString("".join([_band(band, height, reader) for band in lane.bands]))


def _band(band: dict[str, Any], height: str, reader: Reader) -> str:
    begun, ended = _told_band(band["part"].entry, reader)
    x = band["x"]
    return f'{begun}<path d="M{x:g} 0h{band["width"]:g}v{height}H{x:g}z"/>{ended}'


@pieces.of_entry
def _told_band(entry: Entry, reader: Reader) -> tuple[SafeString, ...]:
    (begun, ended), state = _BAND, entry.data[entry.type]
    told = reader.when(entry.data["date"]), reader.label(state, "status.status")
    return one(begun, state, reader.address(entry.data["url"])), one(ended, *told)


def _box(x: float, y: float, width: float, height: float) -> str:
    """A rectangle as a path, which takes fewer letters."""
    return f"M{x:g} {y:g}h{width:g}v{height:g}H{x:g}z"


@register.simple_tag(takes_context=True)
def bars(context: RequestContext, drawing: Drawing, lane: Lane) -> SafeString:
    """A lane's counts, each of which leads to its part of the timeline; from their foot upwards."""
    reader = Reader.of(context.request)
    plain = lane.key == "summits"
    asked = drawing.form if plain else asking_form(drawing.query, lane.key)
    path = reverse("timeline")
    here = "" if context.request.path == path else path  # which the links need not say
    form = one('<a href="{}?{}" tabindex="-1"><path d="M', here, asked)
    begun, rest = form.split("{first}")
    parts = (begun, *rest.split("{last}"))
    return SafeString("".join([_bar(bar, parts, reader) for bar in lane.bars]))


def _bar(bar: dict[str, Any], parts: tuple[str, ...], reader: Reader) -> str:
    begun, between, ended = parts
    date, (first, last) = bar["date"], bar["ends"]
    return (
        f"{begun}{first}{between}{last}{ended}{bar['x']} 0v{bar['height']}h{bar['width']}V0"
        f'"/><title>{when(date, reader.language)}: {bar["count"]}</title></a>'
    )


@register.simple_tag(takes_context=True)
def marks(context: RequestContext, lane: Lane) -> SafeString:
    """A lane's happenings."""
    reader = Reader.of(context.request)
    return SafeString("".join([_mark(mark, reader) for mark in lane.marks]))


def _mark(mark: Mark, reader: Reader) -> str:
    begun, shape, ended = _told_mark(mark.entry, reader, mark.shape)
    soft, span, text = " soft" if mark.soft else "", "", ""
    if mark.span:
        span = one(_SPAN, soft, *mark.span, round(mark.y - 2, 1))
    if mark.label:
        text = one(_TEXT, round(mark.x + 9, 1), round(mark.y + 4, 1), mark.label)
    place = f'x="{mark.x}" y="{mark.y}"/>'
    return f'{begun}{mark.number}" tabindex="-1">{span}{shape}{soft}" {place}{text}{ended}'


@pieces.of_entry
def _told_mark(entry: Entry, reader: Reader, shape: str) -> tuple[SafeString, ...]:
    (begun, use, ended), data = _MARK, entry.data
    told = reader.when(data["date"]), reader.plain(data["title"]), _kind(entry, reader)
    return (
        one(begun, reader.address(data["url"])),
        one(use, shape, shape, data["effect"]),
        one(ended, *told),
    )


def _kind(entry: Entry, reader: Reader) -> str:
    kind = kind_of(entry, reader)
    if entry.type != "event":
        return kind
    return f"{kind}, {reader.label(entry.data['effect'], 'event.effect')}"


@register.simple_tag(takes_context=True)
def strip_parts(context: RequestContext, strip: list[Segment]) -> SafeString:
    """States that each hold until the next."""
    reader = Reader.of(context.request)
    told = ((part, *_told_part(part.entry, reader)) for part in strip)
    written = [f'{begun}{part.x}%" width="{part.width}{ended}' for part, begun, ended in told]
    return SafeString("".join(written))


@pieces.of_entry
def _told_part(entry: Entry, reader: Reader) -> tuple[SafeString, ...]:
    (begun, ended), state = _PART, entry.data[entry.type]
    label = reader.label(state, f"{entry.type}.{entry.type}")
    told = f"{reader.when(entry.data['date'])}: {label}"
    return one(begun, reader.address(entry.data["url"]), told, state), one(ended, told)


@register.simple_tag(takes_context=True)
def squares(context: RequestContext, heat: Heat) -> SafeString:
    """The months by year; those without events are empty."""
    asked = {"date__gte": _MONTH, "date__lte": _MONTH, "dispute": heat.dispute}
    reader = Reader.of(context.request)
    form = one("{}", reader.address("/timeline/", **asked))
    years = []
    for year, months in heat.years:
        written = "".join(
            [_square(m, form, reader.language) if any(m.numbers) else _EMPTY for m in months]
        )
        years.append(f'<li><span class="year">{year}</span><ol>{written}</ol></li>')
    return SafeString("".join(years))


def _square(month: Month, form: str, language: str) -> str:
    link, told = form.replace(_MONTH, month.code), _counts(month.numbers, language)
    day = when(month.code, language)
    return f'<li><a class="{month.shades}" href="{link}" title="{day}: {told}"></a></li>'


@lru_cache(COUNTS)
def _counts(numbers: tuple[int, ...], language: str) -> SafeString:
    told = zip(numbers, _quads(language), strict=True)
    return one("{}", ", ".join(f"{number} {quad}" for number, quad in told if number))


@lru_cache
def _quads(language: str) -> tuple[str, ...]:
    return tuple(str(quad.label) for quad in QUADS)
