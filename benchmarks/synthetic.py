"""An invented record of any size, the same for the same seed: in the shape of the real documents.

What grows with the record are events (skewed to a few disputes and to the years since 2018),
sources and actors. Disputes, assessments of their status, leaders and summits are as many as
governments make them, however closely the events between are followed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from timeline.ledger import Change

from .words import Words

SEED = 20191122
DISPUTES = ("northern-mines", "old-wages", "fishing-line", "export-list", "school-books", "radar")
DISPUTE_WEIGHTS = (34, 24, 16, 12, 9, 5)
KINDS = "ruling lawsuit statement talks measure protest visit incident".split()
KIND_WEIGHTS = (9, 6, 34, 19, 11, 12, 6, 3)
PLOVER = (
    ("ACCUSE", "verbal_conflict"),
    ("CONSULT", "verbal_cooperation"),
    ("PROTEST", "material_conflict"),
    ("AID", "material_cooperation"),
)
EFFECTS = ("escalation", "de_escalation", "mixed", "none")
STATUSES = "dormant raised escalating deadlocked in_talks eased".split()
STATES_PER_DISPUTE, SUMMITS, LEADERS = 40, 240, 40
FIRST, TURN, LAST = date(1965, 6, 22), date(2018, 10, 30), date(2026, 10, 31)
RECENT = 2000  # events among which one is answered
SHARES = {"source": 0.2, "actor": 0.002}

Document = dict[str, Any]


def record(number: int, seed: int = SEED) -> Iterator[Change]:
    """The first versions of about so many documents, in an order in which they can be published."""
    made = Synthetic(Random(seed), number)  # noqa: S311 (invented texts)
    for document in made.documents():
        yield Change(document["type"], document["key"], document)


@dataclass
class Synthetic:
    random: Random
    number: int
    sources: list[Document] = field(default_factory=list)
    actors: list[Document] = field(default_factory=list)
    leaders: list[Document] = field(default_factory=list)
    recent: list[Document] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.words = {language: Words(self.random, language) for language in ("en", "ko", "ja")}

    def documents(self) -> Iterator[Document]:
        for number in range(max(20, int(self.number * SHARES["source"]))):
            yield self._kept(self.sources, self._source(number))
        for number in range(max(20, int(self.number * SHARES["actor"]))):
            yield self._kept(self.actors, self._actor(number))
        for number in range(LEADERS):
            yield self._kept(self.leaders, self._leader(number))
        for position, key in enumerate(DISPUTES):
            yield self._dispute(position, key)
            yield from self._statuses(key)
        for number in range(SUMMITS):
            yield self._summit(number)
        few = len(self.sources) + len(self.actors) + len(self.leaders) + SUMMITS
        few += len(DISPUTES) * (1 + STATES_PER_DISPUTE)
        for number in range(max(self.number - few, 0)):
            yield self._event(number)

    def _kept(self, these: list[Document], document: Document) -> Document:
        these.append(document)
        return document

    def _text(self, least: int, most: int) -> dict[str, str]:
        length = self.random.randint(least, most)
        return {language: words.text(length) for language, words in self.words.items()}

    def _day(self) -> date:
        """Half of what is recorded happened since the turn."""
        first, last = (TURN, LAST) if self.random.random() < 0.5 else (FIRST, TURN)
        return first + timedelta(days=self.random.randrange((last - first).days))

    def _envelope(
        self, type_: str, plural: str, key: str, day: str | None, **more: Any
    ) -> Document:
        """What all documents share, in their order; `more` may hold any of it."""
        earliest, _, latest = (day or "").partition("/")
        document = {
            "type": type_,
            "key": key,
            "title": self._text(4, 9),
            "summary": None,
            "date": day,
            "date_earliest": earliest or None,
            "date_latest": latest or earliest or None,
            "disputes": [],
            "sources": [],
            "url": f"/{plural}/{key}/",
            "translations": {"en": "original", "ko": "unreviewed", "ja": "unreviewed"},
        }
        return document | more

    def _source(self, number: int) -> Document:
        key = f"source-{number}"
        title = {"en": self.words["en"].text(8), "ko": None, "ja": None}
        return self._envelope("source", "sources", key, None, title=title) | {
            "publisher": f"Paper {self.random.randrange(400)}",
            "author": None,
            "series": None,
            "published": self._day().isoformat(),
            "language": self.random.choice(["en", "ko", "ja"]),
            "kind": self.random.choice(["official", "media", "reference"]),
            "address": f"https://example.org/{number}",
            "archive_url": None,
        }

    def _actor(self, number: int) -> Document:
        country = self.random.choice(["KR", "JP"])
        more = {"kind": "ministry", "country": country, "leader": None}
        return self._envelope("actor", "actors", f"actor-{number}", None) | more

    def _leader(self, number: int) -> Document:
        start = FIRST + timedelta(days=1100 * (number // 2))
        end = start + timedelta(days=1099)
        return self._envelope("leader", "leaders", f"leader-{number}", None) | {
            "country": ("KR", "JP")[number % 2],
            "office": ("president", "prime_minister")[number % 2],
            "party": self._text(1, 2),
            "terms": [{"start": start.isoformat(), "end": end.isoformat()}],
        }

    def _dispute(self, position: int, key: str) -> Document:
        cited = self._cited(8)
        sides = [{"side": side, "text": self._text(50, 70)} for side in ("KR", "JP")]
        names = [{"used_by": side, "term": self._text(4, 8)} for side in ("KR", "JP")]
        found = self._envelope("dispute", "disputes", key, None, disputes=[key], sources=cited)
        return found | {
            "domain": "security",
            "began": "1965",
            "question": self._text(20, 30),
            "names": names,
            "positions": sides,
            "position": position,
        }

    def _statuses(self, dispute: str) -> Iterator[Document]:
        named = {"key": dispute, "title": self._text(2, 3)}
        for number in range(STATES_PER_DISPUTE):
            day = (FIRST + timedelta(days=number * 540 + self.random.randrange(500))).isoformat()
            yield self._envelope(
                "status",
                "statuses",
                f"{dispute}.{day}",
                day,
                summary=self._text(25, 35),
                disputes=[dispute],
                sources=self._cited(2),
            ) | {
                "dispute": named,
                "status": self.random.choice(STATUSES),
                "trend": self.random.choice(["worse", "unchanged", "better"]),
                "review_on": None,
            }

    def _happening(self, type_: str, plural: str, key: str, day: str, disputes: list) -> Document:
        plover, quad = self.random.choices(PLOVER, weights=(45, 30, 15, 10))[0]
        return self._envelope(
            type_,
            plural,
            key,
            day,
            summary=self._text(22, 36),
            disputes=disputes,
            sources=self._cited(self.random.choice([1, 2, 2, 3])),
        ) | {
            "effect": self.random.choices(EFFECTS, weights=(40, 30, 10, 20))[0],
            "plover": plover,
            "plover_mode": None,
            "quad": quad,
            "links": [],
        }

    def _summit(self, number: int) -> Document:
        day = self._day()
        key = f"{day}-summit-{number}"
        visit = self.random.random() < 0.3
        kr, jp = (self.leaders[2 * self.random.randrange(LEADERS // 2) + side] for side in (0, 1))
        return self._happening("summit", "summits", key, day.isoformat(), []) | {
            "setting": "bilateral_visit" if visit else "multilateral_sidelines",
            "city": self._text(1, 1),
            "country": "JP",
            "host": "JP",
            "rok_leader": {"key": kr["key"], "name": kr["title"]},
            "japan_leader": {"key": jp["key"], "name": jp["title"]},
            "occasion": None,
            "outcomes": [{"text": self._text(15, 25)} for _ in range(2)],
            "note": None,
        }

    def _event(self, number: int) -> Document:
        day = self._day()
        disputes = self.random.choices(DISPUTES, weights=DISPUTE_WEIGHTS, k=1)
        if self.random.random() < 0.08:
            disputes = sorted({*disputes, self.random.choice(DISPUTES)})
        key = f"{day}-event-{number}"
        document = self._happening("event", "events", key, day.isoformat(), disputes)
        if self.recent and self.random.random() < 0.3:
            document["links"] = [self._link(self.random.choice(self.recent), document)]
        document |= {
            "kind": self.random.choices(KINDS, weights=KIND_WEIGHTS)[0],
            "initiators": [self._party()],
            "targets": [self._party()] if self.random.random() < 0.7 else [],
        }
        self.recent.append({name: document[name] for name in ("key", "title", "date")})
        del self.recent[:-RECENT]
        return document

    def _link(self, cause: Document, effect: Document) -> Document:
        return {
            "kind": "responds_to" if cause["date"] <= effect["date"] else "part_of",
            "event": cause,
            "summit": None,
            "asserted_by": "editor",
            "denied_by": None,
            "sources": [],
        }

    def _party(self) -> Document:
        """Few act often."""
        actor = self.actors[int(len(self.actors) * self.random.random() ** 3)]
        return {"key": actor["key"], "name": actor["title"], "country": actor["country"]}

    def _cited(self, number: int) -> list[Document]:
        cited = {s["key"]: s for s in self.random.choices(self.sources, k=number)}
        shown = ("key", "publisher", "published", "language", "kind", "archive_url")
        more = {"locator": None, "claim": None, "note": None}
        return [
            {name: source[name] for name in shown}
            | {"title": source["title"]["en"], "url": source["address"]}
            | more
            for source in cited.values()
        ]
