"""The record: append-only. Only `timeline.ledger` writes here; triggers refuse everything else."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from . import documents, record_types
from .entries import LONG, EntryManager


class Entry(models.Model):
    """One published version of one record."""

    type = models.CharField(max_length=32)
    key = models.CharField(max_length=200)
    version = models.PositiveIntegerField()
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    on_timeline = models.BooleanField(default=False)
    series = models.CharField(max_length=200, null=True)  # noqa: DJ001 (null: no series)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    document = models.TextField(null=True)  # noqa: DJ001 (null: withdrawn)
    search_text = models.TextField()
    reason = models.TextField()
    editor = models.CharField(max_length=150)
    digest = models.CharField(max_length=64)

    objects = EntryManager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [
            models.UniqueConstraint(
                fields=["type", "key", "version"], name="entry_one_of_each_version"
            ),
            models.UniqueConstraint(
                fields=["type", "key"],
                condition=Q(superseded_at__isnull=True),
                name="entry_one_current_version",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True) | Q(superseded_at__gt=F("recorded_at")),
                name="entry_superseded_after_recorded",
            ),
        ]
        indexes = [
            # For the present and, with what was superseded since, for any instant of the past.
            models.Index(
                fields=["starts_on", "key", "type", "superseded_at"],
                condition=Q(on_timeline=True),
                name="entry_timeline",
            ),
            models.Index(
                fields=["type", "starts_on", "key", "superseded_at"], name="entry_by_date"
            ),
            models.Index(
                fields=["type", "series", "starts_on"],
                condition=Q(superseded_at__isnull=True),
                name="entry_series",
            ),
            models.Index(fields=["recorded_at"], name="entry_recorded_at"),
            models.Index(fields=["starts_on", "key", "type"], condition=LONG, name="entry_long"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.key}, version {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("record", args=[record_types.get(self.type).plural, self.key])

    @property
    def withdrawn(self) -> bool:
        return self.document is None

    @cached_property
    def data(self) -> dict:
        """The document as Python values; {} for a tombstone."""
        return documents.loads(self.document) if self.document else {}

    def content(self) -> list:
        """What the digest is made of, besides the previous digest."""
        return [
            self.type,
            self.key,
            self.version,
            self.recorded_at.isoformat(),
            self.document,
            self.reason,
            self.editor,
        ]


class Term(models.Model):
    """The inverted index: an entry is found under this name and value."""

    name = models.CharField(max_length=32)
    value = models.CharField(max_length=200)
    starts_on = models.DateField(null=True)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="terms")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "name", "value"], name="term_once_per_entry")
        ]
        indexes = [
            models.Index(fields=["name", "value", "starts_on", "entry"], name="term_lookup"),
        ]

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


class MonthCount(models.Model):
    """How many current entries begin in a month: of one dispute, or ("") of all.

    `type` is their type, or a tally or code of `timeline.density`.
    """

    month = models.DateField()  # its first day
    type = models.CharField(max_length=100)
    dispute = models.CharField(max_length=200, blank=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["type", "dispute", "month"], name="month_count_once_of_each"
            )
        ]
        indexes = [  # sums are read from it alone
            models.Index(fields=["type", "dispute", "month", "count"], name="month_count_sums"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.type} {self.dispute or 'all'}: {self.count}"
