from .actors import Actor, ActorKind
from .agreements import (
    Agreement,
    AgreementBearing,
    AgreementCitation,
    AgreementKind,
    Commitment,
    Fulfilment,
    FulfilmentAssessment,
    FulfilmentCitation,
    Signature,
)
from .disputes import (
    Dispute,
    DisputeCitation,
    Domain,
    Status,
    StatusAssessment,
    StatusCitation,
    Trend,
)
from .happenings import (
    Effect,
    Event,
    EventBearing,
    EventCitation,
    EventKind,
    Happening,
    Outcome,
    Participation,
    Role,
    Summit,
    SummitBearing,
    SummitCitation,
    SummitSetting,
)
from .leaders import Country, Leader, LeaderCitation, Office, TermOfOffice
from .link_checks import LinkCheck, LinkOutcome
from .links import Link, LinkCitation, LinkKind, Voice
from .plover import Plover, PloverMode, Quad
from .proposals import Proposal, ProposalComment, ProposalState, RecordComment
from .recommendations import (
    Claim,
    ClaimCitation,
    Progress,
    ProgressAssessment,
    ProgressCitation,
    Recommendation,
    RecommendationKind,
    Verdict,
)
from .records import ConcurrentEdit, Record, Side, State, TranslationState
from .security_events import SecurityEvent, SecurityKind
from .sources import Citation, Source, SourceKind
from .surveys import Reading, ReadingCitation, Survey, SurveyBearing, SurveyKind, Unit
from .uploads import Upload

__all__ = [name for name in dir() if name[0].isupper()]
