"""Disputes and their status assessments."""

from django.utils.translation import gettext_lazy as _

from ..models import Domain, Status, Trend
from ..pages import details, overviews
from .embedding import BY_DISPUTE, CITED, DISPUTE, SOURCES, record_type

TYPES = (
    record_type(
        "dispute",
        "disputes",
        _("Dispute"),
        _("Disputes"),
        terms={"domain": ("domain",), **CITED},
        choices={"domain": Domain},
        embeds=(SOURCES,),
        dated=False,
        details=details.dispute,
        overview=overviews.disputes,
    ),
    record_type(
        "status",
        "statuses",
        _("Status"),
        _("Statuses"),
        terms={**DISPUTE, "status": ("status",), "trend": ("trend",), **CITED},
        choices={"status": Status, "trend": Trend},
        embeds=(("dispute", "dispute.key"), SOURCES),
        on_timeline=True,
        counted=("status", "trend"),
        series="dispute.key",
        filters={**BY_DISPUTE, "status": _("Status"), "trend": _("Trend")},
    ),
)
