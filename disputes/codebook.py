"""The vocabularies with a definition for each code, for the method page.

PLOVER's types after its manual (Open Event Data Alliance), defined in our own words.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import (
    Effect,
    Fulfilment,
    LinkKind,
    Plover,
    Quad,
    Status,
    SummitSetting,
    TranslationState,
    Trend,
    Verdict,
    Voice,
)
from .models.plover import quad_of

DEFINITIONS: dict[Any, Any] = {
    Status.DORMANT: _("Neither government presses the matter, and nothing new is happening."),
    Status.RAISED: _("One side has brought the matter up; there is no exchange of measures yet."),
    Status.ESCALATING: _("New measures or steps by either side make the matter worse."),
    Status.DEADLOCKED: _("Both sides hold to their positions, and nothing moves."),
    Status.IN_TALKS: _("The governments are negotiating the matter, or have agreed to."),
    Status.CONTESTED_SETTLEMENT: _(
        "Settled on paper, contested in fact: neither resolved nor unresolved."
    ),
    Status.EASED: _("Steps have been taken back or softened; the matter itself remains."),
    Status.RESOLVED: _("Both governments treat the matter as closed, and nobody contests it."),
    Trend.WORSE: _("Worse than at the assessment before."),
    Trend.UNCHANGED: _("As at the assessment before."),
    Trend.BETTER: _("Better than at the assessment before."),
    Effect.ESCALATION: _("The event made the relation more conflictual on the day."),
    Effect.DE_ESCALATION: _("The event made the relation less conflictual on the day."),
    Effect.NEUTRAL: _("Neither, or it cannot be said."),
    Fulfilment.PENDING: _("Nothing is due yet, or nothing has been done yet."),
    Fulfilment.UNDER_WAY: _("Work on it has begun."),
    Fulfilment.FULFILLED: _("What was promised was done."),
    Fulfilment.PARTLY_FULFILLED: _("Some of what was promised was done."),
    Fulfilment.STALLED: _("Work had begun and has stopped."),
    Fulfilment.NOT_FULFILLED: _("The time for it has passed, and it was not done."),
    Fulfilment.REPUDIATED: _("The side that promised it no longer holds itself bound."),
    Fulfilment.SUPERSEDED: _("A later agreement or measure took its place."),
    LinkKind.RESPONDS_TO: _("It was done in answer to the earlier happening."),
    LinkKind.RETALIATES_FOR: _("It was done to make the other side pay for the earlier one."),
    LinkKind.FOLLOWS_FROM: _("It came out of the earlier one, without answering it."),
    LinkKind.IMPLEMENTS: _("It carries out what was decided or promised earlier."),
    LinkKind.REVERSES: _("It undoes the earlier one."),
    LinkKind.SETTLES: _("It ends what the earlier one began."),
    LinkKind.PART_OF: _("It is a part of the earlier, longer one."),
    Voice.KR: _("The Korean side says so."),
    Voice.JP: _("The Japanese side says so."),
    Voice.BOTH: _("Both sides say so."),
    Voice.THIRD_PARTY: _("A third party, such as a newspaper or scholar, says so."),
    Voice.EDITOR: _("The editors infer it from the sources."),
    SummitSetting.BILATERAL_VISIT: _("One leader visits the other’s country for it."),
    SummitSetting.TRILATERAL: _("At a meeting of three, with China or the United States."),
    SummitSetting.MULTILATERAL_SIDELINES: _("A meeting beside a larger conference."),
    SummitSetting.INFORMAL: _("A conversation without the form of a meeting."),
    SummitSetting.CALL: _("By telephone or video."),
    TranslationState.ORIGINAL: _("The text was written in this language."),
    TranslationState.UNREVIEWED: _("Translated; no native editor has read it yet."),
    TranslationState.REVIEWED: _("Translated, and read by a native editor."),
    TranslationState.STALE: _("The original was changed after this translation was made."),
    Verdict.CONFIRMED: _("The sources bear the statement out."),
    Verdict.IMPRECISE: _("The sources bear it out in part, or with other figures or dates."),
    Verdict.NOT_FOUND: _("No source was found for or against it."),
    Plover.AGREE: _("Promise or agree to cooperate."),
    Plover.CONSULT: _("Meet, visit, telephone or negotiate."),
    Plover.SUPPORT: _("Begin or formalise cooperation, as by signing an agreement."),
    Plover.CONCEDE: _("Yield or apologise; we place an apology here."),
    Plover.COOPERATE: _("Carry out cooperation: exchange, share, trade."),
    Plover.AID: _("Give money, goods or help."),
    Plover.RETREAT: _("Take back a measure, release, return."),
    Plover.REQUEST: _("Ask or demand."),
    Plover.ACCUSE: _("Criticise, blame, allege; open an inquiry."),
    Plover.REJECT: _("Refuse, deny, decline."),
    Plover.THREATEN: _("Warn of a harmful step."),
    Plover.PROTEST: _("Demonstrate, strike, boycott."),
    Plover.SANCTION: _(
        "Stop or reduce cooperation, expel, impose a penalty; we place it under material conflict."
    ),
    Plover.MOBILIZE: _("Move or ready forces or police."),
    Plover.COERCE: _("Restrict, seize, ban, arrest."),
    Plover.ASSAULT: _("Use violence."),
    Plover.X_POSITION: _(
        "Our own extension: state a position in a white paper, textbook, map, statement or "
        "commemoration. It has no quad and no score."
    ),
}
TITLES = {
    Status: _("Status of a dispute"),
    Trend: _("Trend"),
    Fulfilment: _("Fulfilment of a commitment"),
    Effect: _("Effect of an event"),
    LinkKind: _("Links: what a happening does to an earlier one"),
    Voice: _("Who asserts or denies a link"),
    SummitSetting: _("Setting of a summit"),
    Plover: _("Type of action (PLOVER)"),
    Verdict: _("Verdict on a checked claim"),
    TranslationState: _("State of a translation"),
}


@dataclass(frozen=True)
class Code:
    value: str
    label: Any
    definition: Any
    quad: Any = None  # the label of a PLOVER type's quad


def enumerations() -> list[tuple[Any, list[Code]]]:
    """Each vocabulary's title with its codes."""
    return [(title, [_code(member) for member in enum]) for enum, title in TITLES.items()]


def _code(member: Any) -> Code:
    quad: Quad | None = quad_of(member) if isinstance(member, Plover) else None
    return Code(member.value, member.label, DEFINITIONS[member], quad and quad.label)
