"""Plain functions that make records on the desk; by default each is published at once."""

from itertools import count
from typing import Any

from disputes.models import (
    Actor,
    Agreement,
    Claim,
    Commitment,
    Dispute,
    Event,
    FulfilmentAssessment,
    Leader,
    Link,
    ProgressAssessment,
    Reading,
    Recommendation,
    Record,
    Role,
    Source,
    StatusAssessment,
    Summit,
    Survey,
)
from disputes.publishing import publish

EDITOR = "Test Editor"
_numbers = count(1)


def _made(record: Record, published: bool, sources: list[Source] | None = None) -> Any:
    if record.needs_source and hasattr(record, "citations"):
        for position, source in enumerate(sources if sources is not None else [make_source()]):
            record.citations.create(source=source, position=position)
    if published:
        publish(record, EDITOR, "first published")
    return record


def _bear(record: Record, disputes: tuple[Dispute, ...]) -> None:
    for position, dispute in enumerate(disputes):
        record.bearings.create(dispute=dispute, position=position)


def make_source(published: bool = True, **kwargs: Any) -> Source:
    number = next(_numbers)
    defaults = {
        "key": f"source-{number}",
        "title": f"Press release {number}",
        "publisher": "Ministry",
        "published": "2019-07-01",
        "language": "en",
        "kind": "official",
        "url": f"https://example.org/{number}",
    }
    return _made(Source.objects.create(**defaults | kwargs), published)


def make_leader(published: bool = True, **kwargs: Any) -> Leader:
    terms = kwargs.pop("terms", [("2017-05-10", "2022-05-09")])
    defaults = {
        "key": f"leader-{next(_numbers)}",
        "name_en": "A Leader",
        "country": "KR",
        "office": "president" if kwargs.get("country", "KR") == "KR" else "prime_minister",
    }
    leader = Leader.objects.create(**defaults | kwargs)
    for start, end in terms:
        leader.terms.create(start=start, end=end)
    return _made(leader, published)


def make_actor(published: bool = True, **kwargs: Any) -> Actor:
    defaults = {
        "key": f"actor-{next(_numbers)}",
        "name_en": "A Ministry",
        "kind": "ministry",
        "country": "JP",
    }
    return _made(Actor.objects.create(**defaults | kwargs), published)


def make_dispute(
    published: bool = True, sources: list[Source] | None = None, **kwargs: Any
) -> Dispute:
    defaults = {
        "key": f"dispute-{next(_numbers)}",
        "name_en": "A dispute",
        "name_ko": "분쟁",
        "name_ja": "紛争",
        "domain": "security",
        "began": "2016",
        "question_en": "What is in dispute?",
        "korean_position_en": "Korea says one thing.",
        "japanese_position_en": "Japan says another.",
    }
    return _made(Dispute.objects.create(**defaults | kwargs), published, sources)


def make_status(
    dispute: Dispute | None = None, published: bool = True, **kwargs: Any
) -> StatusAssessment:
    dispute = dispute or make_dispute()
    date = kwargs.pop("date", "2019-07-01")
    defaults = {
        "key": f"{dispute.key}.{date}",
        "date": date,
        "status": "deadlocked",
        "trend": "unchanged",
        "why_en": "Neither side moves.",
    }
    return _made(StatusAssessment.objects.create(dispute=dispute, **defaults | kwargs), published)


def make_event(
    published: bool = True,
    disputes: tuple[Dispute, ...] = (),
    initiators: tuple[Actor, ...] = (),
    targets: tuple[Actor, ...] = (),
    sources: list[Source] | None = None,
    answers: tuple[Event | Summit, ...] = (),
    **kwargs: Any,
) -> Event:
    defaults = {
        "key": f"event-{next(_numbers)}",
        "date": "2019-08-22",
        "kind": "statement",
        "title_en": "Something happened",
        "summary_en": "It is described here.",
    }
    event = Event.objects.create(**defaults | kwargs)
    _bear(event, disputes)
    for role, actors in ((Role.INITIATOR, initiators), (Role.TARGET, targets)):
        for position, actor in enumerate(actors):
            event.participations.create(actor=actor, role=role, position=position)
    for position, cause in enumerate(answers):
        make_link(event, cause, position=position)
    return _made(event, published, sources)


def make_link(effect: Event | Summit, cause: Event | Summit, **kwargs: Any) -> Link:
    """A link that is only on the desk until its effect is published."""
    return Link.objects.create(
        **{
            effect.document_type: effect,
            f"cause_{cause.document_type}": cause,
            "kind": "responds_to",
        }
        | kwargs
    )


def make_summit(
    published: bool = True, disputes: tuple[Dispute, ...] = (), **kwargs: Any
) -> Summit:
    leaders = {
        "rok_leader": kwargs.pop("rok_leader", None) or make_leader(),
        "japan_leader": kwargs.pop("japan_leader", None) or make_leader(country="JP"),
    }
    defaults = {
        "key": f"summit-{next(_numbers)}",
        "date": "2023-03-16",
        "title_en": "The leaders met",
        "setting": "bilateral_visit",
        "city_en": "Tokyo",
        "country": "JP",
    }
    summit = Summit.objects.create(**leaders, **defaults | kwargs)
    _bear(summit, disputes)
    return _made(summit, published)


def make_agreement(
    published: bool = True, disputes: tuple[Dispute, ...] = (), **kwargs: Any
) -> Agreement:
    defaults = {
        "key": f"agreement-{next(_numbers)}",
        "date": "2015-12-28",
        "kind": "joint_statement",
        "title_en": "An agreement",
    }
    agreement = Agreement.objects.create(**defaults | kwargs)
    _bear(agreement, disputes)
    return _made(agreement, published)


def make_commitment(
    agreement: Agreement | None = None, published: bool = True, **kwargs: Any
) -> Commitment:
    agreement = agreement or make_agreement()
    defaults = {
        "key": f"{agreement.key}.promise-{next(_numbers)}",
        "text_en": "To do something.",
        "obligated": "both",
    }
    return _made(Commitment.objects.create(agreement=agreement, **defaults | kwargs), published)


def make_fulfilment(
    commitment: Commitment | None = None, published: bool = True, **kwargs: Any
) -> FulfilmentAssessment:
    commitment = commitment or make_commitment()
    date = kwargs.pop("date", "2016-07-28")
    defaults = {
        "key": f"{commitment.key}.{date}",
        "date": date,
        "fulfilment": "under_way",
        "why_en": "Work began.",
    }
    made = FulfilmentAssessment.objects.create(commitment=commitment, **defaults | kwargs)
    return _made(made, published)


def make_recommendation(published: bool = True, **kwargs: Any) -> Recommendation:
    paper = kwargs.pop("paper", None) or make_source()
    defaults = {
        "key": f"recommendation-{next(_numbers)}",
        "kind": "recommendation",
        "text_en": "Hold a summit.",
    }
    recommendation = Recommendation.objects.create(paper=paper, **defaults | kwargs)
    progress = ProgressAssessment.objects.create(
        recommendation=recommendation, date="2023-03-16", progress="met", why_en="They met."
    )
    progress.citations.create(source=paper)
    return _made(recommendation, published)


def make_claim(published: bool = True, **kwargs: Any) -> Claim:
    paper = kwargs.pop("paper", None) or make_source()
    defaults = {
        "key": f"claim-{next(_numbers)}",
        "text_en": "Something is so.",
        "verdict": "confirmed",
    }
    return _made(Claim.objects.create(paper=paper, **defaults | kwargs), published)


def make_survey(
    published: bool = True, disputes: tuple[Dispute, ...] = (), **kwargs: Any
) -> Survey:
    readings = kwargs.pop("readings", [("2019", 12.2), ("2020", 12.3)])
    defaults = {
        "key": f"survey-{next(_numbers)}",
        "title_en": "Good impression of the other country",
        "unit": "percent",
        "country": "KR",
    }
    survey = Survey.objects.create(**defaults | kwargs)
    _bear(survey, disputes)
    source = make_source()
    for date, value in readings:
        reading = Reading.objects.create(survey=survey, date=date, value=value)
        reading.citations.create(source=source)
    return _made(survey, published)


# One function for each type of record, by its name in the record.
MAKERS = {
    "source": make_source,
    "leader": make_leader,
    "actor": make_actor,
    "dispute": make_dispute,
    "status": make_status,
    "event": make_event,
    "summit": make_summit,
    "agreement": make_agreement,
    "commitment": make_commitment,
    "fulfilment": make_fulfilment,
    "recommendation": make_recommendation,
    "claim": make_claim,
    "survey": make_survey,
}
