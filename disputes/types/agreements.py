"""Agreements, their commitments, and what became of these."""

from django.utils.translation import gettext_lazy as _

from ..models import AgreementKind, Fulfilment, Side
from ..pages import details, overviews
from .embedding import BY_DISPUTE, CITED, DISPUTE, SOURCES, record_type

TYPES = (
    record_type(
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
            SOURCES,
            ("actor", "signatories[].key"),
            ("event", "issued_at.event.key"),
            ("summit", "issued_at.summit.key"),
        ),
        filters={**BY_DISPUTE, "kind": _("Kind")},
        details=details.agreement,
        overview=overviews.agreements,
    ),
    record_type(
        "commitment",
        "commitments",
        _("Commitment"),
        _("Commitments"),
        terms={**DISPUTE, "agreement": ("agreement.key",), "obligated": ("obligated",), **CITED},
        choices={"obligated": Side},
        embeds=(("agreement", "agreement.key"), SOURCES),
        filters={**BY_DISPUTE, "obligated": _("Whose promise"), "agreement": _("Agreement")},
        details=details.commitment,
    ),
    record_type(
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
        embeds=(("commitment", "commitment.key"), ("agreement", "agreement.key"), SOURCES),
        series="commitment.key",
        filters={
            **BY_DISPUTE,
            "fulfilment": _("Fulfilment"),
            "obligated": _("Whose promise"),
            "agreement": _("Agreement"),
        },
    ),
)
