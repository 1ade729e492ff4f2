"""Tells the record (`timeline`) which types of document there are, and under what each is found."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from timeline.record_types import RecordType
from timeline.record_types import register as add

from ..models import (
    ActorKind,
    AgreementKind,
    Domain,
    Effect,
    EventKind,
    Fulfilment,
    LinkKind,
    Office,
    Plover,
    Progress,
    Quad,
    RecommendationKind,
    Side,
    SourceKind,
    Status,
    SummitSetting,
    SurveyKind,
    Trend,
    Unit,
    Verdict,
)
from . import BY_TYPE

DISPUTE = {"dispute": ("disputes[]",)}
CITED = {"source": ("sources[].key",)}
HAPPENING = {
    **DISPUTE,
    "effect": ("effect",),
    "plover": ("plover",),
    "plover_mode": ("plover_mode",),
    "quad": ("quad",),
    "link_kind": ("links[].kind",),
    "cause": ("links[].event.key", "links[].summit.key"),
    "source": ("sources[].key", "links[].sources[].key"),
}
HAPPENING_CHOICES = {"effect": Effect, "plover": Plover, "quad": Quad, "link_kind": LinkKind}
HAPPENING_EMBEDS = (
    ("source", "sources[].key"),
    ("source", "links[].sources[].key"),
    ("event", "links[].event.key"),
    ("summit", "links[].summit.key"),
)


def in_office(document: dict[str, Any], day: date) -> bool:
    """Whether one of a leader's terms includes the day."""
    return any(
        term["start"] <= day.isoformat() and (not term["end"] or day.isoformat() <= term["end"])
        for term in document["terms"]
    )


def _type(name: str, plural: str, label: Any, label_plural: Any, **kwargs: Any) -> RecordType:
    return RecordType(name, plural, label, label_plural, serializer=BY_TYPE[name], **kwargs)


def register() -> None:
    add(
        _type(
            "dispute",
            "disputes",
            _("Dispute"),
            _("Disputes"),
            terms={"domain": ("domain",), **CITED},
            choices={"domain": Domain},
            embeds=(("source", "sources[].key"),),
            dated=False,
        ),
        _type(
            "status",
            "statuses",
            _("Status"),
            _("Statuses"),
            terms={**DISPUTE, "status": ("status",), "trend": ("trend",), **CITED},
            choices={"status": Status, "trend": Trend},
            embeds=(("dispute", "dispute.key"), ("source", "sources[].key")),
            on_timeline=True,
            series="dispute.key",
        ),
        _type(
            "event",
            "events",
            _("Event"),
            _("Events"),
            terms={
                **HAPPENING,
                "kind": ("kind",),
                "actor": ("initiators[].key", "targets[].key"),
                "initiator": ("initiators[].key",),
                "target": ("targets[].key",),
                "country": ("initiators[].country", "targets[].country"),
            },
            choices={**HAPPENING_CHOICES, "kind": EventKind},
            embeds=(
                *HAPPENING_EMBEDS,
                ("actor", "initiators[].key"),
                ("actor", "targets[].key"),
            ),
            on_timeline=True,
        ),
        _type(
            "summit",
            "summits",
            _("Summit"),
            _("Summits"),
            terms={
                **HAPPENING,
                "setting": ("setting",),
                "leader": ("rok_leader.key", "japan_leader.key"),
                "host": ("host",),
                "country": ("country",),
            },
            choices={**HAPPENING_CHOICES, "setting": SummitSetting},
            embeds=(
                *HAPPENING_EMBEDS,
                ("leader", "rok_leader.key"),
                ("leader", "japan_leader.key"),
            ),
            on_timeline=True,
        ),
        _type(
            "agreement",
            "agreements",
            _("Agreement"),
            _("Agreements"),
            terms={
                **DISPUTE,
                "kind": ("kind",),
                "signatory": ("signatories[].key",),
                "issued_at": ("issued_at.event.key", "issued_at.summit.key"),
                **CITED,
            },
            choices={"kind": AgreementKind},
            embeds=(
                ("source", "sources[].key"),
                ("actor", "signatories[].key"),
                ("event", "issued_at.event.key"),
                ("summit", "issued_at.summit.key"),
            ),
        ),
        _type(
            "commitment",
            "commitments",
            _("Commitment"),
            _("Commitments"),
            terms={
                **DISPUTE,
                "agreement": ("agreement.key",),
                "obligated": ("obligated",),
                **CITED,
            },
            choices={"obligated": Side},
            embeds=(("agreement", "agreement.key"), ("source", "sources[].key")),
        ),
        _type(
            "fulfilment",
            "fulfilments",
            _("Fulfilment"),
            _("Fulfilments"),
            terms={
                **DISPUTE,
                "commitment": ("commitment.key",),
                "agreement": ("agreement.key",),
                "fulfilment": ("fulfilment",),
                "obligated": ("obligated",),
                **CITED,
            },
            choices={"fulfilment": Fulfilment, "obligated": Side},
            embeds=(
                ("commitment", "commitment.key"),
                ("agreement", "agreement.key"),
                ("source", "sources[].key"),
            ),
            series="commitment.key",
        ),
        _type(
            "recommendation",
            "recommendations",
            _("Recommendation"),
            _("Recommendations"),
            terms={
                "kind": ("kind",),
                "paper": ("paper.key",),
                "progress": ("progress[].progress",),
                "source": ("sources[].key", "progress[].sources[].key"),
            },
            choices={"kind": RecommendationKind, "progress": Progress},
            embeds=(
                ("source", "paper.key"),
                ("source", "progress[].sources[].key"),
            ),
            dated=False,
        ),
        _type(
            "claim",
            "claims",
            _("Checked claim"),
            _("Checked claims"),
            terms={"verdict": ("verdict",), "paper": ("paper.key",), **CITED},
            choices={"verdict": Verdict},
            embeds=(("source", "paper.key"), ("source", "sources[].key")),
            dated=False,
        ),
        _type(
            "leader",
            "leaders",
            _("Leader"),
            _("Leaders"),
            terms={"country": ("country",), "office": ("office",), **CITED},
            choices={"office": Office},
            embeds=(("source", "sources[].key"),),
            dated=False,
            holds_on=in_office,
        ),
        _type(
            "actor",
            "actors",
            _("Actor"),
            _("Actors"),
            terms={"country": ("country",), "kind": ("kind",), "leader": ("leader",)},
            choices={"kind": ActorKind},
            embeds=(("leader", "leader"),),
            dated=False,
        ),
        _type(
            "survey",
            "surveys",
            _("Survey"),
            _("Surveys"),
            terms={
                **DISPUTE,
                "kind": ("kind",),
                "country": ("country",),
                "unit": ("unit",),
                "source": ("readings[].sources[].key",),
            },
            choices={"kind": SurveyKind, "unit": Unit},
            embeds=(("source", "readings[].sources[].key"),),
            dated=False,
        ),
        _type(
            "source",
            "sources",
            _("Source"),
            _("Sources"),
            terms={"kind": ("kind",), "language": ("language",), "publisher": ("publisher",)},
            choices={"kind": SourceKind},
            dated=False,
        ),
    )
