"""What a policy paper advised and said, what became of it, and whether it holds."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .dates import Dated
from .records import Record
from .sources import Citation, Source, one_citation
from .texts import translated


class RecommendationKind(models.TextChoices):
    RECOMMENDATION = "recommendation", _("recommendation")
    DIAGNOSIS = "diagnosis", _("diagnosis")
    OPPORTUNITY = "opportunity", _("opportunity")


class Progress(models.TextChoices):
    NOT_STARTED = "not_started", _("not started")
    UNDER_WAY = "under_way", _("under way")
    PARTLY_MET = "partly_met", _("partly met")
    MET = "met", _("met")
    REVERSED = "reversed", _("reversed")
    PASSED = "passed", _("passed: the occasion is over")


class Verdict(models.TextChoices):
    CONFIRMED = "confirmed", _("confirmed")
    IMPRECISE = "imprecise", _("imprecise")
    NOT_FOUND = "not_found", _("no source found")


class Recommendation(Record):
    """What the paper advises, diagnoses or hopes for. The paper is its source."""

    document_type = "recommendation"
    headline = "text"

    paper = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="recommendations", verbose_name=_("paper")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=RecommendationKind.choices)
    text = translated(_("text"))
    note = translated(_("note"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=RecommendationKind.values), name="recommendation_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text or self.key


class ProgressAssessment(Dated):
    """How far the advice was followed from a day on, until the next assessment."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="progress"
    )
    progress = models.CharField(_("progress"), max_length=16, choices=Progress.choices)
    why = translated(_("why"))
    sources = models.ManyToManyField(Source, through="ProgressCitation", related_name="+")

    class Meta:
        verbose_name = _("progress assessment")
        verbose_name_plural = _("progress assessments")
        ordering = ["earliest", "id"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["recommendation", "date"], name="progressassessment_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(progress__in=Progress.values),
                name="progressassessment_progress_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_progress_display()}, {self.date}"


class ProgressCitation(Citation):
    assessment = models.ForeignKey(
        ProgressAssessment, on_delete=models.CASCADE, related_name="citations"
    )

    class Meta(Citation.Meta):
        constraints = [one_citation("assessment")]


class Claim(Record):
    """A factual statement of the paper, checked against sources. The paper stands for itself."""

    document_type = "claim"
    headline = "text"

    paper = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="claims", verbose_name=_("paper")
    )
    text = translated(_("statement of the paper"))
    checked_against = translated(_("checked against"))
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict.choices)
    note = translated(_("finding"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    sources = models.ManyToManyField(Source, through="ClaimCitation", related_name="+")

    class Meta:
        verbose_name = _("checked claim")
        verbose_name_plural = _("checked claims")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values), name="claim_verdict_known"
            ),
        ]

    @property
    def needs_source(self) -> bool:
        """That no source was found is the one finding that cites none."""
        return self.verdict != Verdict.NOT_FOUND

    def __str__(self) -> str:
        return self.text or self.key


class ClaimCitation(Citation):
    statement = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [one_citation("statement")]
