"""What readers ask, each kind as many different addresses, so that no answer is in memory yet."""

from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import quote

from timeline import instants
from timeline.models import Entry

from .synthetic import DISPUTES, KINDS
from .words import Words


def addresses(number: int, words: Words, korean: Words, alias: str) -> dict[str, list[str]]:
    """So many addresses of each kind, from what the record holds."""
    events = Entry.objects.using(alias).current().of_type("event")
    few = list(events.order_by("-id").values_list("key", flat=True)[:number])
    everything = Entry.objects.using(alias)
    middle = everything.order_by("recorded_at")[everything.count() // 2].recorded_at
    past = instants.spell(middle)
    years = [f"{1970 + n % 55}-{n % 12 + 1:02}" for n in range(number)]
    both = [(d, k) for d in DISPUTES for k in KINDS]
    found = {
        "list": (f"/api/v1/events/?date__gte={y}" for y in years),
        "newest first": (f"/api/v1/events/?ordering=-date&date__lte={y}" for y in years),
        "detail": (f"/api/v1/events/{key}/" for key in few),
        "one dispute": (f"/api/v1/timeline/?dispute={d}&page_size={n}" for d, n in sizes(DISPUTES)),
        "two filters": (f"/api/v1/events/?dispute={d}&kind={k}" for d, k in both),
        "search, rare": (f"/api/v1/events/?q={quote(w)}" for w in words.known[1000:]),
        "search, Korean": (f"/api/v1/events/?q={quote(w)}" for w in korean.known[300:]),
        "search, frequent": (f"/api/v1/events/?q={quote(w)}" for w in words.known[:number]),
        "facets": (f"/api/v1/events/?facet=dispute,kind&date__gte={y}" for y in years),
        "count": (f"/api/v1/events/?count=true&kind={k}" for k in KINDS),
        "density": (f"/api/v1/timeline/density/?date__gte={y}" for y in years),
        "chain": (f"/api/v1/events/{key}/chain/" for key in few),
        "as_of, middle": (f"/api/v1/timeline/?as_of={past}&date__gte={y}" for y in years),
        "home": iter(["/en/", "/ko/", "/ja/"]),
        "dispute page": (f"/{lang}/disputes/{d}/" for d in DISPUTES for lang in ("en", "ko")),
        "timeline page": (f"/en/timeline/?date__gte={y}" for y in years),
        "event page": (f"/en/events/{key}/" for key in few),
    }
    return {name: list(islice(paths, number)) for name, paths in found.items()}


def sizes(disputes: Iterable[str]) -> Iterator[tuple[str, int]]:
    return ((dispute, size) for size in range(50, 40, -1) for dispute in disputes)
