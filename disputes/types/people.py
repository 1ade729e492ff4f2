"""Leaders and actors."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..models import ActorKind, Country, Office
from ..pages import details
from .embedding import CITED, SOURCES, record_type


def in_office(document: dict[str, Any], day: date) -> bool:
    """Whether one of a leader's terms includes the day."""
    return any(
        term["start"] <= day.isoformat() and (not term["end"] or day.isoformat() <= term["end"])
        for term in document["terms"]
    )


TYPES = (
    record_type(
        "leader",
        "leaders",
        _("Leader"),
        _("Leaders"),
        terms={"country": ("country",), "office": ("office",), **CITED},
        choices={"country": Country, "office": Office},
        embeds=(SOURCES,),
        dated=False,
        holds_on=in_office,
        filters={"country": _("Country")},
        details=details.leader,
    ),
    record_type(
        "actor",
        "actors",
        _("Actor"),
        _("Actors"),
        terms={"country": ("country",), "kind": ("kind",), "leader": ("leader",)},
        choices={"kind": ActorKind},
        embeds=(("leader", "leader"),),
        dated=False,
        filters={"kind": _("Kind")},
        details=details.actor,
    ),
)
