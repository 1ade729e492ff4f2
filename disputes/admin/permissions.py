"""Who may do what on the desk: researchers draft and propose, editors publish and withdraw."""

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType

from timeline.entries import EntryQuerySet
from timeline.models import Entry

from ..duties import may_publish
from ..models import Record, State


def may_change(user: AbstractBaseUser, record: Record) -> bool:
    """Everybody what is not withdrawn: of what is public, researchers propose a change."""
    return may_publish(user) or record.state != State.WITHDRAWN


def may_delete(user: AbstractBaseUser, record: Record) -> bool:
    """Drafts go when an editor or who made them says so; what was ever public stays."""
    if record.state != State.DRAFT or versions(record).exists():
        return False
    return may_publish(user) or was_made_by(record, user)


def was_made_by(record: Record, user: AbstractBaseUser) -> bool:
    made = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(record),
        object_id=str(record.pk),
        action_flag=ADDITION,
    )
    return made.filter(user=user).exists()


def versions(record: Record) -> EntryQuerySet:
    """What was ever published of the record, the newest first; tombstones too."""
    return Entry.objects.filter(type=record.document_type, key=record.key).order_by("-version")
