"""What every record on the desk has: a key, a state, a revision, the state of its translations."""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

validate_key = RegexValidator(
    r"^[a-z0-9]+(?:[-.][a-z0-9]+)*\Z",
    _("Use lower-case letters, digits, hyphens and full stops, such as 2019-08-22-gsomia-notice."),
)


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class TranslationState(models.TextChoices):
    ORIGINAL = "original", _("original")
    UNREVIEWED = "unreviewed", _("not yet reviewed by a native editor")
    REVIEWED = "reviewed", _("reviewed by a native editor")
    STALE = "stale", _("older than the original")


class Side(models.TextChoices):
    """Whose: one of the two governments, or both."""

    KR = "KR", _("South Korea")
    JP = "JP", _("Japan")
    BOTH = "both", _("both sides")


class ConcurrentEdit(ValidationError):
    """Somebody else saved the record since it was read."""


class Record(models.Model):
    """A record on the desk; publishing copies it, as a document, into the record (`timeline`)."""

    document_type: ClassVar[str]  # the name of its type in the record
    headline: ClassVar[str | None] = "title"  # the text that serves as its title
    needs_source: ClassVar[bool] = True  # identities (actors, sources) make no claim
    successors: ClassVar[dict[str, set[str]]] = {
        State.DRAFT: {State.IN_REVIEW, State.PUBLISHED},
        State.IN_REVIEW: {State.DRAFT, State.PUBLISHED},
        State.PUBLISHED: {State.PUBLISHED, State.WITHDRAWN},
        State.WITHDRAWN: {State.DRAFT, State.PUBLISHED},
    }

    key = models.CharField(
        _("key"),
        max_length=200,
        unique=True,
        validators=[validate_key],
        help_text=_(
            "Stands in the address and never changes once published: a date and a few words."
        ),
    )
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.DRAFT, editable=False
    )
    revision = models.PositiveIntegerField(default=1, editable=False)
    translation_en = models.CharField(
        _("English"),
        max_length=12,
        choices=TranslationState.choices,
        default=TranslationState.ORIGINAL,
    )
    translation_ko = models.CharField(
        _("Korean"),
        max_length=12,
        choices=TranslationState.choices,
        default=TranslationState.UNREVIEWED,
    )
    translation_ja = models.CharField(
        _("Japanese"),
        max_length=12,
        choices=TranslationState.choices,
        default=TranslationState.UNREVIEWED,
    )
    # What content file was loaded last, and which revision it became: see `disputes.content`.
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)
    loaded_revision = models.PositiveIntegerField(null=True, editable=False)
    remark = models.TextField(
        _("remark for colleagues"),
        blank=True,
        help_text=_("Never published: what is missing, what was tried, why it waits."),
    )
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    modified_at = models.DateTimeField(auto_now=True, editable=False)
    modified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="%(class)s_state_known"
            )
        ]

    def __str__(self) -> str:
        return self.key

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Save, unless somebody saved since this copy was read: then raise ConcurrentEdit."""
        former = self.revision
        if not self._state.adding:
            same = type(self).objects.filter(pk=self.pk, revision=former)
            if not same.update(revision=former + 1):
                raise ConcurrentEdit(
                    _("Somebody else has saved “%(key)s” since you opened it. Nothing was saved."),
                    code="concurrent_edit",
                    params={"key": self.key},
                )
            self.revision = former + 1
        try:
            super().save(*args, **kwargs)
        except Exception:
            self.revision = former  # as on the desk, where nothing was saved
            raise

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED

    def submit(self) -> None:
        """Hand a draft in for review: by the one who saves it (`modified_by`)."""
        former, self.submitted_by = self.submitted_by, self.modified_by
        try:
            self._move_to(State.IN_REVIEW)
        except Exception:
            self.submitted_by = former
            raise

    def mark_published(self) -> None:
        """For `disputes.publishing`, which also writes the record."""
        self._move_to(State.PUBLISHED)

    def mark_withdrawn(self) -> None:
        """For `disputes.publishing`, which also writes the record."""
        self._move_to(State.WITHDRAWN)

    def return_to_draft(self) -> None:
        self._move_to(State.DRAFT)

    def _move_to(self, state: State) -> None:
        if state not in self.successors[State(self.state)]:
            raise ValidationError(
                _("“%(key)s” is %(now)s and cannot become %(then)s."),
                code="illegal_state",
                params={"key": self.key, "now": State(self.state).label, "then": state.label},
            )
        if self.state != state:
            former, self.state = self.state, state
            try:
                self.save()
            except Exception:
                self.state = former
                raise
