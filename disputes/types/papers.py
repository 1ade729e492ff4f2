"""Recommendations and claims of policy papers, surveys, sources."""

from django.utils.translation import gettext_lazy as _

from ..models import Progress, RecommendationKind, SourceKind, SurveyKind, Unit, Verdict
from ..pages import details, overviews
from .embedding import BY_DISPUTE, CITED, DISPUTE, SOURCES, record_type

TYPES = (
    record_type(
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
        embeds=(("source", "paper.key"), ("source", "progress[].sources[].key")),
        dated=False,
        filters={"kind": _("Kind"), "progress": _("Progress")},
        overview=overviews.recommendations,
    ),
    record_type(
        "claim",
        "claims",
        _("Checked claim"),
        _("Checked claims"),
        terms={"verdict": ("verdict",), "paper": ("paper.key",), **CITED},
        choices={"verdict": Verdict},
        embeds=(("source", "paper.key"), SOURCES),
        dated=False,
        filters={"verdict": _("Verdict")},
    ),
    record_type(
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
        filters={**BY_DISPUTE, "kind": _("Kind")},
        details=details.survey,
        overview=overviews.surveys,
    ),
    record_type(
        "source",
        "sources",
        _("Source"),
        _("Sources"),
        terms={"kind": ("kind",), "language": ("language",), "publisher": ("publisher",)},
        choices={"kind": SourceKind},
        dated=False,
        filters={"kind": _("Kind")},
        details=details.source,
    ),
)
