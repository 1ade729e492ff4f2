"""Documents: the one shape of each record, for the record, the API, content files and reviewers."""

from typing import Any

from ..models import Record
from .agreements import AgreementDocument, CommitmentDocument, FulfilmentDocument
from .base import DocumentSerializer
from .desk import Desk
from .disputes import DisputeDocument, StatusDocument
from .happenings import EventDocument, SummitDocument
from .papers import ClaimDocument, RecommendationDocument
from .people import ActorDocument, LeaderDocument
from .sources import SourceDocument
from .surveys import SurveyDocument

# In an order in which each refers to what stands before it (links between happenings apart).
SERIALIZERS: tuple[type[DocumentSerializer], ...] = (
    SourceDocument,
    LeaderDocument,
    ActorDocument,
    DisputeDocument,
    StatusDocument,
    EventDocument,
    SummitDocument,
    AgreementDocument,
    CommitmentDocument,
    FulfilmentDocument,
    RecommendationDocument,
    ClaimDocument,
    SurveyDocument,
)
BY_TYPE: dict[str, type[DocumentSerializer]] = {s.model.document_type: s for s in SERIALIZERS}

__all__ = ["BY_TYPE", "SERIALIZERS", "Desk", "DocumentSerializer", "compact", "document_of"]


def document_of(record: Record) -> dict[str, Any]:
    """The record's public document."""
    return BY_TYPE[record.document_type]().to_representation(record)


def compact(record: Record) -> dict[str, Any]:
    """The record as it stands in a content file, without its state."""
    return BY_TYPE[record.document_type](context={"compact": True}).to_representation(record)
