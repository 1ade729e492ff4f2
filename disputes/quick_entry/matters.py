"""Which disputes a title may bear on: those on which events with titles like it bear."""

from collections import Counter

from ..models import Dispute, Event, EventBearing, State
from .alike import likeness

LOOKED_AT = 2000  # events, those put down last
NEAREST = 10  # of them that count
SIMILAR = 0.25  # of 1
SHARE = 0.3  # of the likeness of those that count


def matters(titles: dict[str, str]) -> list[Dispute]:
    """The likeliest first; none where no title is like it. `titles` by language."""
    if not any(titles.values()):
        return []
    recent = Event.objects.exclude(state=State.WITHDRAWN).order_by("-pk")
    read = recent.only("title_en", "title_ko", "title_ja")[:LOOKED_AT]
    found = {event.pk: likeness(event, titles) for event in read}
    nearest = sorted(found, key=lambda pk: (-found[pk], pk))[:NEAREST]
    near = {pk: found[pk] for pk in nearest if found[pk] >= SIMILAR}
    votes: Counter[Dispute] = Counter()
    bearing = EventBearing.objects.filter(event__in=near)
    for row in bearing.select_related("dispute").order_by("dispute__position", "pk"):
        votes[row.dispute] += near[row.event_id]
    return [d for d, votes_of in votes.most_common() if votes_of >= SHARE * sum(near.values())]
