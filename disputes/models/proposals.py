"""Changes that somebody proposes to what is public, kept apart from it until an editor decides."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from timeline import documents
from timeline.models import Entry


class ProposalState(models.TextChoices):
    OPEN = "open", _("waits for an editor")
    SENT_BACK = "sent_back", _("sent back")
    APPROVED = "approved", _("approved")
    DECLINED = "declined", _("declined")
    RETRACTED = "retracted", _("taken back by its author")


class Proposal(models.Model):
    """A whole document as somebody would have it, and the published version it began from."""

    successors: ClassVar[dict[str, set[str]]] = {
        ProposalState.OPEN: {
            ProposalState.OPEN,
            ProposalState.SENT_BACK,
            ProposalState.APPROVED,
            ProposalState.DECLINED,
            ProposalState.RETRACTED,
        },
        ProposalState.SENT_BACK: {
            ProposalState.OPEN,
            ProposalState.DECLINED,
            ProposalState.RETRACTED,
        },
        ProposalState.APPROVED: set(),
        ProposalState.DECLINED: set(),
        ProposalState.RETRACTED: set(),
    }

    type = models.CharField(_("type"), max_length=32)
    key = models.CharField(_("key"), max_length=200)
    base = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="+", verbose_name=_("began from")
    )
    document = models.TextField(_("document"))
    form = models.TextField(blank=True)  # what was typed, to be typed on; a query string
    form_path = models.CharField(max_length=500, blank=True)  # the page on which it was typed
    reason = models.TextField(_("reason"))
    state = models.CharField(
        _("state"), max_length=12, choices=ProposalState.choices, default=ProposalState.OPEN
    )
    revision = models.PositiveIntegerField(default=1)
    proposer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="proposals",
        verbose_name=_("proposed by"),
    )
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    entry = models.ForeignKey(
        Entry,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("published as"),
    )

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ProposalState.values), name="proposal_state_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="proposal_has_reason"),
        ]
        indexes = [
            models.Index(fields=["state", "proposed_at"], name="proposal_queue"),
            models.Index(fields=["type", "key", "state"], name="proposal_of_record"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.key} ({self.pk})"

    @cached_property
    def data(self) -> dict[str, Any]:
        return documents.loads(self.document)

    @property
    def title(self) -> str:
        """Its title in the language in use, or else in one that is there; or else its key."""
        titles = self.data.get("title") or {}
        found = (titles.get(language) for language in (get_language(), *titles))
        return next(filter(None, found), self.key)

    @property
    def is_open(self) -> bool:
        return self.state == ProposalState.OPEN

    @property
    def is_pending(self) -> bool:
        """Whether it may still come to something."""
        return self.state in (ProposalState.OPEN, ProposalState.SENT_BACK)

    @transaction.atomic
    def move_to(self, state: ProposalState, **columns: Any) -> None:
        """Change the state, unless somebody did something with it since this copy was read.

        ValidationError where that is not possible (any more).
        """
        same = Proposal.objects.filter(pk=self.pk, revision=self.revision, state=self.state)
        allowed = state in self.successors[ProposalState(self.state)]
        if not allowed or not same.update(state=state, revision=F("revision") + 1, **columns):
            raise ValidationError(
                _("Somebody has decided or changed this proposal in the meantime. Look again."),
                code="concurrent_edit",
            )
        self.__dict__.pop("data", None)
        self.refresh_from_db()


class ProposalComment(models.Model):
    """What is said about a proposal, or about one field of it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(_("field"), max_length=64, blank=True)
    text = models.TextField(_("comment"))
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["written_at", "id"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.text


class RecordComment(models.Model):
    """What is said about a record that waits for review: why it goes back to its author."""

    type = models.CharField(_("type"), max_length=32)
    key = models.CharField(_("key"), max_length=200)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("comment"))
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["written_at", "id"]
        default_permissions = ()
        indexes = [models.Index(fields=["type", "key"], name="comment_of_record")]

    def __str__(self) -> str:
        return self.text
