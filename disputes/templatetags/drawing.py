"""What the templates of the drawing say in few pixels."""

from datetime import date

from django import template

from disputes.drawing.lanes import Drawing
from disputes.drawing.marks import width_of
from disputes.drawing.scale import Window
from disputes.drawing.windows import asking
from timeline.models import Entry
from timeline.reading import in_language
from timeline.templatetags.record import reader

register = template.Library()


@register.filter
def fitting(leader: Entry, room: float) -> str:
    """A leader's name where a band has room for it; else the family name; else nothing."""
    language, name = in_language(leader.data["title"], reader())
    last_first = language != "en" or leader.data["country"] == "KR"
    family = name.split()[0 if last_first else -1]
    return next((text for text in (name, family) if width_of(text) < room - 8), "")


@register.simple_tag
def there(drawing: Drawing, first: date, last: date, lane: str = "") -> str:
    """The query string of the timeline in another window, of what is drawn or of one lane."""
    return asking(drawing.query, Window(first, last), "" if lane == "summits" else lane)
