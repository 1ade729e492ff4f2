"""The matters in dispute, and how each stood through time."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from timeline.fields import EDTFField

from .dates import Dated
from .records import Record
from .sources import Citation, Source, one_citation
from .texts import translated


class Domain(models.TextChoices):
    HISTORY = "history", _("history")
    ECONOMY = "economy", _("economy")
    SECURITY = "security", _("security")
    ENVIRONMENT = "environment", _("environment")
    CULTURE = "culture", _("culture")


class Status(models.TextChoices):
    DORMANT = "dormant", _("dormant")
    RAISED = "raised", _("raised")
    ESCALATING = "escalating", _("escalating")
    DEADLOCKED = "deadlocked", _("deadlocked")
    IN_TALKS = "in_talks", _("in talks")
    CONTESTED_SETTLEMENT = "contested_settlement", _("contested settlement")
    EASED = "eased", _("eased")
    RESOLVED = "resolved", _("resolved")


class Trend(models.TextChoices):
    WORSE = "worse", _("worse")
    UNCHANGED = "unchanged", _("unchanged")
    BETTER = "better", _("better")


class Dispute(Record):
    """The matter itself. Its names and both positions stand side by side, under the same rules."""

    document_type = "dispute"
    headline = "name"

    name = translated(_("name"), _("The tracker's own neutral name."), max_length=200)
    domain = models.CharField(_("domain"), max_length=16, choices=Domain.choices)
    began = EDTFField(_("began"))
    korean_term = translated(_("term used in South Korea"), max_length=300)
    japanese_term = translated(_("term used in Japan"), max_length=300)
    question = translated(_("question"), _("The matter in one neutral sentence."))
    korean_position = translated(
        _("position of the Korean government"), _("As long as the other position.")
    )
    japanese_position = translated(
        _("position of the Japanese government"), _("As long as the other position.")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    sources = models.ManyToManyField(Source, through="DisputeCitation", related_name="+")

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        # Held by editors; it covers the records of every type.
        permissions = [("publish_records", _("Can publish and withdraw records"))]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(domain__in=Domain.values), name="dispute_domain_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.key


class DisputeCitation(Citation):
    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [one_citation("dispute")]


class StatusAssessment(Dated, Record):
    """How a dispute stands from a day on, until the next assessment."""

    document_type = "status"
    headline = "why"

    dispute = models.ForeignKey(
        Dispute, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("dispute")
    )
    status = models.CharField(_("status"), max_length=24, choices=Status.choices)
    trend = models.CharField(
        _("trend"),
        max_length=12,
        choices=Trend.choices,
        help_text=_("Against the assessment before it."),
    )
    why = translated(_("why"), _("One sentence that a reader can check."))
    review_on = models.DateField(
        _("next review"),
        null=True,
        blank=True,
        help_text=_("Empty: after the usual interval."),
    )
    sources = models.ManyToManyField(Source, through="StatusCitation", related_name="+")

    class Meta:
        verbose_name = _("status assessment")
        verbose_name_plural = _("status assessments")
        constraints = [
            *Record.Meta.constraints,
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["dispute", "date"], name="statusassessment_once_a_day"),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="statusassessment_status_known"
            ),
            models.CheckConstraint(
                condition=Q(trend__in=Trend.values), name="statusassessment_trend_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id and self.dispute}: {self.get_status_display()}, {self.date}"


class StatusCitation(Citation):
    assessment = models.ForeignKey(
        StatusAssessment, on_delete=models.CASCADE, related_name="citations"
    )

    class Meta(Citation.Meta):
        constraints = [one_citation("assessment")]


class Bearing(models.Model):
    """A record bears on a dispute; the first of them is the main one."""

    dispute = models.ForeignKey(
        Dispute, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name=_("dispute")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return str(self.dispute)
