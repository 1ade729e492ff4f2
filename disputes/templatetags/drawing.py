"""What the templates of the drawing say in few pixels."""

from datetime import date

from django import template
from django.template.context import RequestContext
from django.utils.translation import get_language

from disputes.drawing.marks import width_of
from disputes.drawing.scale import month_end
from timeline.models import Entry
from timeline.templatetags.record import in_language

register = template.Library()


@register.filter
def fitting(leader: Entry, room: float) -> str:
    """A leader's name where a band has room for it; else the family name; else nothing."""
    language, name = in_language(leader.data["title"], get_language() or "en")
    last_first = language != "en" or leader.data["country"] == "KR"
    family = name.split()[0 if last_first else -1]
    return next((text for text in (name, family) if width_of(text) < room - 8), "")


@register.simple_tag(takes_context=True)
def month_query(context: RequestContext, month: date, lane: str) -> str:
    """The query string of the timeline in one month of one lane."""
    query = context.request.GET.copy()
    query.pop("cursor", None)
    query["date__gte"], query["date__lte"] = month.isoformat(), month_end(month).isoformat()
    if lane and lane != "summits":
        query["dispute"] = lane
    return query.urlencode()
