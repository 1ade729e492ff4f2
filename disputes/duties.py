"""Who decides what: editors publish, and with four eyes nobody decides on work of their own."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser

from .models import Proposal, Record, State

PUBLISH = "disputes.publish_records"


def may_publish(user: AbstractBaseUser) -> bool:
    return user.has_perm(PUBLISH)


def may_decide(user: AbstractBaseUser, proposal: Proposal) -> bool:
    own = proposal.proposer_id == user.pk
    return may_publish(user) and not (settings.FOUR_EYES and own)


def may_release(user: AbstractBaseUser, record: Record) -> bool:
    """Whether the user may publish a draft, or what was withdrawn, as it stands."""
    if not may_publish(user):
        return False
    if settings.FOUR_EYES and record.submitted_by_id == user.pk:
        return False
    return settings.DIRECT_EDITS or record.state == State.IN_REVIEW


def proposes(user: AbstractBaseUser, record: Record | None) -> bool:
    """Whether what the user saves on the record is a proposal."""
    public = record is not None and record.is_published
    return public and not (settings.DIRECT_EDITS and may_publish(user))
