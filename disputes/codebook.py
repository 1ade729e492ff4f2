"""What each code of the vocabularies means: registered with the record, read by everybody.

PLOVER's types after its manual (Open Event Data Alliance), defined in our own words. Which CAMEO
root categories they continue: `CAMEO2PLOVER-2021.txt` in the repository of PLOVER.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from timeline.codebook import Described, describe

from .definitions import DEFINITIONS
from .models import (
    ActorKind,
    AgreementKind,
    Country,
    Domain,
    Effect,
    EventKind,
    Fulfilment,
    LinkKind,
    Office,
    Plover,
    PloverMode,
    Progress,
    Quad,
    RecommendationKind,
    Side,
    SourceKind,
    Status,
    SummitSetting,
    SurveyKind,
    TranslationState,
    Trend,
    Unit,
    Verdict,
    Voice,
)
from .models.plover import quad_of

PLOVER = "https://github.com/openeventdata/PLOVER"
CAMEO = {
    Plover.AGREE: "03",
    Plover.CONSULT: "04",
    Plover.SUPPORT: "05",
    Plover.CONCEDE: "08",
    Plover.COOPERATE: "06",
    Plover.AID: "07",
    Plover.RETREAT: "08",
    Plover.ACCUSE: "09|11",
    Plover.REJECT: "12",
    Plover.THREATEN: "13",
    Plover.PROTEST: "14",
    Plover.MOBILIZE: "15",
    Plover.SANCTION: "16",
    Plover.COERCE: "17",
    Plover.ASSAULT: "18",
}
TITLES = {
    Status: _("Status of a dispute"),
    Trend: _("Trend"),
    Domain: _("Domain of a dispute"),
    EventKind: _("Kind of event"),
    Effect: _("Effect of an event"),
    Plover: _("Type of action (PLOVER)"),
    PloverMode: _("Mode of an action (PLOVER)"),
    Quad: _("Quad: the four kinds of action (PLOVER)"),
    LinkKind: _("Links: what a happening does to an earlier one"),
    Voice: _("Who asserts or denies a link"),
    SummitSetting: _("Setting of a summit"),
    AgreementKind: _("Kind of agreement"),
    Side: _("Whose promise or position"),
    Fulfilment: _("Fulfilment of a commitment"),
    RecommendationKind: _("Kind of recommendation"),
    Progress: _("Progress of a recommendation"),
    Verdict: _("Verdict on a checked claim"),
    ActorKind: _("Kind of actor"),
    Country: _("Country"),
    Office: _("Office of a leader"),
    SourceKind: _("Kind of source"),
    SurveyKind: _("Kind of survey"),
    Unit: _("Unit of a survey"),
    TranslationState: _("State of a translation"),
}


def register() -> None:
    """Tell the record what the codes of the desk's enumerations mean."""
    for enumeration, title in TITLES.items():
        own: dict[str, Any] = {}
        if enumeration is PloverMode:
            own = {"source": PLOVER}
        if enumeration is Plover:
            own = {"source": PLOVER, "groups": _quads(), "crosswalks": {"CAMEO": CAMEO}}
        describe(Described(enumeration, title, DEFINITIONS[enumeration], **own))


def _quads() -> dict[Plover, Quad]:
    return {member: quad for member in Plover if (quad := quad_of(member))}
