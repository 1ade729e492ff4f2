"""Events and summits."""

from django.utils.translation import gettext_lazy as _

from ..models import Effect, EventKind, LinkKind, Plover, PloverMode, Quad, SummitSetting, Voice
from ..pages import details, overviews
from .embedding import BY_DISPUTE, DISPUTE, SOURCES, record_type

HAPPENING = {
    **DISPUTE,
    "effect": ("effect",),
    "plover": ("plover",),
    "plover_mode": ("plover_mode",),
    "quad": ("quad",),
    "link_kind": ("links[].kind",),
    "asserted_by": ("links[].asserted_by",),
    "cause": ("links[].event.key", "links[].summit.key"),
    "source": ("sources[].key", "links[].sources[].key"),
}
CHOICES = {
    "effect": Effect,
    "plover": Plover,
    "plover_mode": PloverMode,
    "quad": Quad,
    "link_kind": LinkKind,
    "asserted_by": Voice,
}
CODED = ("effect", "plover", "quad")
EMBEDS = (
    SOURCES,
    ("source", "links[].sources[].key"),
    ("event", "links[].event.key"),
    ("summit", "links[].summit.key"),
)

TYPES = (
    record_type(
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
        choices={**CHOICES, "kind": EventKind},
        embeds=(*EMBEDS, ("actor", "initiators[].key"), ("actor", "targets[].key")),
        on_timeline=True,
        tallied=("quad",),
        counted=("kind", *CODED),
        numerous=True,
        filters={
            **BY_DISPUTE,
            "kind": _("Kind"),
            "effect": _("Effect"),
            "actor": _("Actor"),
        },
        details=details.happening,
    ),
    record_type(
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
        choices={**CHOICES, "setting": SummitSetting},
        embeds=(*EMBEDS, ("leader", "rok_leader.key"), ("leader", "japan_leader.key")),
        on_timeline=True,
        tallied=("quad",),
        counted=("setting", *CODED),
        filters={**BY_DISPUTE, "setting": _("Setting"), "leader": _("Leader")},
        details=details.happening,
        overview=overviews.summit_list,
    ),
)
