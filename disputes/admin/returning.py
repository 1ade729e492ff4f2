"""A draft in review: what is said to its author, and which other drafts go public with it."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .. import notices
from ..duties import may_release
from ..models import Record, RecordComment, State
from ..proposals import record_of
from ..publishing import display_name, publish_all, unpublished_references

COMMENT, RELEASE = "draft_comment", "release"  # names in the form
MAX_COMMENT = 5000


def comments_on(record: Record) -> models.QuerySet[RecordComment]:
    found = RecordComment.objects.filter(type=record.document_type, key=record.key)
    return found.select_related("author")


def said_about(record: Record) -> list[dict[str, Any]]:
    """The comments on a record, for templates."""
    return [
        {"who": display_name(comment.author), "when": comment.written_at, "text": comment.text}
        for comment in comments_on(record)
    ]


def send_back(request: HttpRequest, record: Record) -> None:
    """From review to draft; to somebody else only with a word why."""
    text = request.POST.get(COMMENT, "").strip()[:MAX_COMMENT]
    own = record.submitted_by_id in (None, request.user.pk)
    if record.state == State.IN_REVIEW and not own and not text:
        raise ValidationError(_("Say it in a comment: its author is to know why."))
    record.return_to_draft()
    if text:
        values = {"type": record.document_type, "key": record.key, "text": text}
        RecordComment.objects.create(author=request.user, **values)
    if not own:
        notices.returned(record, request.user, text)


def drafts_of(record: Record) -> list[Record]:
    """The drafts that a record refers to: without them it cannot be published."""
    found = [record_of(type_, key) for type_, key in unpublished_references(record)]
    return [draft for draft in found if draft and draft.state != State.WITHDRAWN]


def publish_with_drafts(request: HttpRequest, record: Record, reason: str) -> None:
    """Publish a record and those of its drafts that were ticked, at one instant."""
    wanted = request.POST.getlist(RELEASE)
    released = [draft for draft in drafts_of(record) if draft.key in wanted]
    if not all(may_release(request.user, draft) for draft in released):
        raise PermissionDenied
    for row in (record, *released):
        row.modified_by = request.user
    publish_all([*released, record], display_name(request.user), reason)


def shown(request: HttpRequest, record: Record) -> dict[str, Any]:
    """For the page of a record that is not public."""
    drafts = drafts_of(record)
    return {
        "draft_comments": said_about(record),
        "drafts": drafts,
        "releasable": [draft for draft in drafts if may_release(request.user, draft)],
        "author_waits": record.state == State.IN_REVIEW
        and record.submitted_by_id not in (None, request.user.pk),
    }
