"""PLOVER, the event vocabulary of POLECAT (Open Event Data Alliance): types and their modes.

Sixteen types in four quads. We place SANCTION under material conflict and an apology under
CONCEDE. Our one extension, x-POSITION, holds public statements of position, which PLOVER leaves
out; it has no quad.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Plover(models.TextChoices):
    AGREE = "AGREE", _("agree")
    CONSULT = "CONSULT", _("consult")
    SUPPORT = "SUPPORT", _("support")
    CONCEDE = "CONCEDE", _("concede")
    COOPERATE = "COOPERATE", _("cooperate")
    AID = "AID", _("aid")
    RETREAT = "RETREAT", _("retreat")
    REQUEST = "REQUEST", _("request")
    ACCUSE = "ACCUSE", _("accuse")
    REJECT = "REJECT", _("reject")
    THREATEN = "THREATEN", _("threaten")
    PROTEST = "PROTEST", _("protest")
    SANCTION = "SANCTION", _("sanction")
    MOBILIZE = "MOBILIZE", _("mobilize")
    COERCE = "COERCE", _("coerce")
    ASSAULT = "ASSAULT", _("assault")
    X_POSITION = "x-POSITION", _("state a position")


class Quad(models.TextChoices):
    VERBAL_COOPERATION = "verbal_cooperation", _("verbal cooperation")
    MATERIAL_COOPERATION = "material_cooperation", _("material cooperation")
    VERBAL_CONFLICT = "verbal_conflict", _("verbal conflict")
    MATERIAL_CONFLICT = "material_conflict", _("material conflict")


class PloverMode(models.TextChoices):
    """What a type is narrowed to; `MODES` says which belong to which type."""

    VISIT = "visit", _("visit")
    THIRD_PARTY = "third-party", _("through a third party")
    MULTILATERAL = "multilateral", _("multilateral")
    PHONE = "phone", _("by telephone")
    WITHDRAW = "withdraw", _("withdraw")
    RELEASE = "release", _("release")
    RETURN = "return", _("return")
    DISARM = "disarm", _("disarm")
    CEASEFIRE = "ceasefire", _("ceasefire")
    ACCESS = "access", _("grant access")
    RESIGN = "resign", _("resign")
    ASSIST = "assist", _("about help")
    CHANGE = "change", _("about a change")
    YIELD = "yield", _("about yielding")
    MEET = "meet", _("about meeting")
    DISAPPROVE = "disapprove", _("disapprove")
    INVESTIGATE = "investigate", _("investigate")
    ALLEGE = "allege", _("allege")
    RESTRICT = "restrict", _("restrict")
    BAN = "ban", _("ban")
    ARREST = "arrest", _("arrest")
    RELATIONS = "relations", _("relations")
    EXPEL = "expel", _("expel")
    TERRITORY = "territory", _("territory")
    VIOLENCE = "violence", _("violence")
    DEMO = "demo", _("demonstration")
    RIOT = "riot", _("riot")
    STRIKE = "strike", _("strike")
    BOYCOTT = "boycott", _("boycott")
    OBSTRUCT = "obstruct", _("obstruct")
    CONVICT = "convict", _("convict")
    DISCONTINUE = "discontinue", _("discontinue")
    TROOPS = "troops", _("troops")
    WEAPONS = "weapons", _("weapons")
    POLICE = "police", _("police")
    MILITIA = "militia", _("militia")
    SEIZE = "seize", _("seize")
    CENSOR = "censor", _("censor")
    CURFEW = "curfew", _("curfew")
    MARTIAL_LAW = "martial-law", _("martial law")
    DEPORT = "deport", _("deport")
    ABDUCT = "abduct", _("abduct")
    BEAT = "beat", _("beat")
    TORTURE = "torture", _("torture")
    EXECUTE = "execute", _("execute")
    SEXUAL = "sexual", _("sexual violence")
    ASSASSINATE = "assassinate", _("assassinate")
    TARGETED = "targeted", _("targeted attack")
    WHITE_PAPER = "white-paper", _("white paper")
    TEXTBOOK = "textbook", _("textbook")
    MAP = "map", _("map")
    STATEMENT = "statement", _("statement")
    COMMEMORATION = "commemoration", _("commemoration")
    PROCEDURE = "procedure", _("procedure")


QUADS = {
    Quad.VERBAL_COOPERATION: ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    Quad.MATERIAL_COOPERATION: ("COOPERATE", "AID", "RETREAT"),
    Quad.VERBAL_CONFLICT: ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    Quad.MATERIAL_CONFLICT: ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
_DEMANDS = ("assist", "change", "yield", "meet")
MODES: dict[str, tuple[str, ...]] = {
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "RETREAT": ("withdraw", "release", "return", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": _DEMANDS,
    "REJECT": _DEMANDS,
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "THREATEN": ("restrict", "ban", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "boycott", "obstruct"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": ("seize", "restrict", "ban", "censor", "curfew", "martial-law", "arrest", "deport"),
    "ASSAULT": ("abduct", "beat", "torture", "execute", "sexual", "assassinate", "targeted"),
    "x-POSITION": (
        "white-paper",
        "textbook",
        "map",
        "statement",
        "commemoration",
        "procedure",
    ),
}


def quad_of(plover: str) -> Quad | None:
    """The quad of a PLOVER type; None for x-POSITION and for no type."""
    return next((quad for quad, types in QUADS.items() if plover in types), None)
