"""Definitions of the codes, one sentence each; PLOVER's in our own words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from .mode_definitions import MODES
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

# By vocabulary: codes of two vocabularies may be the same word.
DEFINITIONS: dict[Any, dict[Any, Any]] = {
    Status: {
        Status.DORMANT: _("Neither government presses the matter, and nothing new is happening."),
        Status.RAISED: _(
            "One side has brought the matter up; there is no exchange of measures yet."
        ),
        Status.ESCALATING: _("New measures or steps by either side make the matter worse."),
        Status.DEADLOCKED: _("Both sides hold to their positions, and nothing moves."),
        Status.IN_TALKS: _("The governments are negotiating the matter, or have agreed to."),
        Status.CONTESTED_SETTLEMENT: _(
            "Settled on paper, contested in fact: neither resolved nor unresolved."
        ),
        Status.EASED: _("Steps have been taken back or softened; the matter itself remains."),
        Status.RESOLVED: _("Both governments treat the matter as closed, and nobody contests it."),
    },
    Trend: {
        Trend.WORSE: _("Worse than at the assessment before."),
        Trend.UNCHANGED: _("As at the assessment before."),
        Trend.BETTER: _("Better than at the assessment before."),
    },
    Effect: {
        Effect.ESCALATION: _("The event made the relation more conflictual on the day."),
        Effect.DE_ESCALATION: _("The event made the relation less conflictual on the day."),
        Effect.NEUTRAL: _("Neither, or it cannot be said."),
    },
    Fulfilment: {
        Fulfilment.PENDING: _("Nothing is due yet, or nothing has been done yet."),
        Fulfilment.UNDER_WAY: _("Work on it has begun."),
        Fulfilment.FULFILLED: _("What was promised was done."),
        Fulfilment.PARTLY_FULFILLED: _("Some of what was promised was done."),
        Fulfilment.STALLED: _("Work had begun and has stopped."),
        Fulfilment.NOT_FULFILLED: _("The time for it has passed, and it was not done."),
        Fulfilment.REPUDIATED: _("The side that promised it no longer holds itself bound."),
        Fulfilment.SUPERSEDED: _("A later agreement or measure took its place."),
    },
    LinkKind: {
        LinkKind.RESPONDS_TO: _("It was done in answer to the earlier happening."),
        LinkKind.RETALIATES_FOR: _("It was done to make the other side pay for the earlier one."),
        LinkKind.FOLLOWS_FROM: _("It came out of the earlier one, without answering it."),
        LinkKind.IMPLEMENTS: _("It carries out what was decided or promised earlier."),
        LinkKind.REVERSES: _("It undoes the earlier one."),
        LinkKind.SETTLES: _("It ends what the earlier one began."),
        LinkKind.PART_OF: _("It is a part of the earlier, longer one."),
    },
    Voice: {
        Voice.KR: _("The Korean side says so."),
        Voice.JP: _("The Japanese side says so."),
        Voice.BOTH: _("Both sides say so."),
        Voice.THIRD_PARTY: _("A third party, such as a newspaper or scholar, says so."),
        Voice.EDITOR: _("The editors infer it from the sources."),
    },
    SummitSetting: {
        SummitSetting.BILATERAL_VISIT: _("One leader visits the other’s country for it."),
        SummitSetting.TRILATERAL: _("At a meeting of three, with China or the United States."),
        SummitSetting.MULTILATERAL_SIDELINES: _("A meeting beside a larger conference."),
        SummitSetting.INFORMAL: _("A conversation without the form of a meeting."),
        SummitSetting.CALL: _("By telephone or video."),
    },
    TranslationState: {
        TranslationState.ORIGINAL: _("The text was written in this language."),
        TranslationState.UNREVIEWED: _("Translated; no native editor has read it yet."),
        TranslationState.REVIEWED: _("Translated, and read by a native editor."),
        TranslationState.STALE: _("The original was changed after this translation was made."),
    },
    Verdict: {
        Verdict.CONFIRMED: _("The sources bear the statement out."),
        Verdict.IMPRECISE: _("The sources bear it out in part, or with other figures or dates."),
        Verdict.NOT_FOUND: _("No source was found for or against it."),
    },
    Plover: {
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
            "Stop or reduce cooperation, expel, impose a penalty; "
            "we place it under material conflict."
        ),
        Plover.MOBILIZE: _("Move or ready forces or police."),
        Plover.COERCE: _("Restrict, seize, ban, arrest."),
        Plover.ASSAULT: _("Use violence."),
        Plover.X_POSITION: _(
            "Our own extension: state a position in a white paper, textbook, map, statement or "
            "commemoration. It has no quad and no score."
        ),
    },
    PloverMode: MODES,
    Domain: {
        Domain.HISTORY: _("Colonial rule, the war and how they are remembered."),
        Domain.ECONOMY: _("Trade, industry and money."),
        Domain.SECURITY: _("Defence and intelligence."),
        Domain.ENVIRONMENT: _("Nature, food and health."),
        Domain.CULTURE: _("Heritage and how it is presented."),
    },
    EventKind: {
        EventKind.STATEMENT: _("Words in public: a remark, a press release, a resolution."),
        EventKind.TALKS: _("Officials meet or confer below the level of a summit."),
        EventKind.MEASURE: _("A government or agency does something that has effect."),
        EventKind.RULING: _("A court or tribunal decides."),
        EventKind.LAWSUIT: _("Somebody goes to court, or takes a step there."),
        EventKind.FILING: _(
            "A formal complaint, application or notice to a body outside the courts."
        ),
        EventKind.LEGISLATION: _("A law or an ordinance is proposed, passed or comes into force."),
        EventKind.AGREEMENT: _("The sides settle something, or sign it."),
        EventKind.VISIT: _("Somebody goes to a place, and that matters."),
        EventKind.PROTEST: _("Citizens demonstrate, boycott or set up a memorial."),
        EventKind.INCIDENT: _("Something happens that nobody announced as a step."),
        EventKind.DISCHARGE: _("Treated water is released into the sea."),
        EventKind.INSCRIPTION: _("A place is listed, nominated or reviewed as heritage."),
        EventKind.ELECTION: _("An election, or a change of government."),
        EventKind.ANNIVERSARY: _("A day of remembrance."),
    },
    Quad: {
        Quad.VERBAL_COOPERATION: _("Words that cooperate: agree, consult, support, concede."),
        Quad.MATERIAL_COOPERATION: _("Deeds that cooperate: cooperate, aid, retreat."),
        Quad.VERBAL_CONFLICT: _("Words that conflict: request, accuse, reject, threaten."),
        Quad.MATERIAL_CONFLICT: _(
            "Deeds that conflict: protest, sanction, mobilize, coerce, assault."
        ),
    },
    AgreementKind: {
        AgreementKind.TREATY: _("A treaty that was ratified."),
        AgreementKind.AGREEMENT: _(
            "An agreement between the governments that is not called a treaty."
        ),
        AgreementKind.MEMORANDUM: _("A memorandum of understanding or of cooperation."),
        AgreementKind.JOINT_DECLARATION: _("A declaration of both leaders."),
        AgreementKind.JOINT_STATEMENT: _(
            "A statement or press announcement that both sides issued."
        ),
        AgreementKind.UNILATERAL_STATEMENT: _(
            "A statement of one side that the other has relied on since."
        ),
    },
    Side: {
        Side.KR: _("That of the Republic of Korea."),
        Side.JP: _("That of Japan."),
        Side.BOTH: _("That of both."),
    },
    RecommendationKind: {
        RecommendationKind.RECOMMENDATION: _("The paper advises to do it."),
        RecommendationKind.DIAGNOSIS: _("The paper says that it is so."),
        RecommendationKind.OPPORTUNITY: _("The paper names an occasion for it."),
    },
    Progress: {
        Progress.NOT_STARTED: _("Nothing that carries it out is known."),
        Progress.UNDER_WAY: _("Steps towards it were taken."),
        Progress.PARTLY_MET: _("Some of it was done."),
        Progress.MET: _("It was done."),
        Progress.REVERSED: _("It was done, and undone later."),
        Progress.PASSED: _("The occasion for it has gone by."),
    },
    ActorKind: {
        ActorKind.GOVERNMENT: _("A government as a whole, or one of a region or city."),
        ActorKind.MINISTRY: _("A ministry or an agency of a government."),
        ActorKind.LEGISLATURE: _("A parliament or an assembly."),
        ActorKind.COURT: _("A court or tribunal."),
        ActorKind.INTERNATIONAL: _("An organisation of states."),
        ActorKind.COMPANY: _("A company."),
        ActorKind.CIVIL_SOCIETY: _("An association of citizens, plaintiffs or workers."),
        ActorKind.PERSON: _("A person who acted, in office or not."),
        ActorKind.OTHER: _("Any other organisation."),
    },
    Country: {
        Country.KR: _("The Republic of Korea."),
        Country.JP: _("Japan."),
    },
    Office: {
        Office.PRESIDENT: _("President of the Republic of Korea, elected."),
        Office.ACTING_PRESIDENT: _("Somebody who holds the powers of the President for a time."),
        Office.PRIME_MINISTER: _("Prime Minister of Japan."),
    },
    SourceKind: {
        SourceKind.OFFICIAL: _("Published by a government or a parliament."),
        SourceKind.COURT: _("Published by a court, or a document of a case."),
        SourceKind.INTERNATIONAL: _("Published by an organisation of states."),
        SourceKind.SCHOLARLY: _("Published as scholarship."),
        SourceKind.THINK_TANK: _("Published by an institute for policy."),
        SourceKind.MEDIA: _("Published by news media."),
        SourceKind.REFERENCE: _("A reference work, or a collection of documents."),
    },
    SurveyKind: {
        SurveyKind.OPINION: _("People were asked what they think."),
        SurveyKind.COUNT: _("Something was counted."),
    },
    Unit: {
        Unit.PERCENT: _("Of those who were asked."),
        Unit.POINTS_0_10: _("The mean on a scale from 0 to 10."),
        Unit.DEGREES_0_100: _("The mean on a “feeling thermometer” from 0 to 100."),
        Unit.PERSONS: _("A number of people."),
    },
}
