"""Series of figures: public opinion, and counts that bear on a dispute."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .dates import Dated
from .disputes import Bearing, Dispute
from .records import Record
from .sources import Citation, Source, one_citation
from .texts import translated


class SurveyKind(models.TextChoices):
    OPINION = "opinion", _("opinion survey")
    COUNT = "count", _("count")


class Unit(models.TextChoices):
    PERCENT = "percent", _("percent")
    POINTS_0_10 = "points_0_10", _("points on a scale of 0 to 10")
    DEGREES_0_100 = "degrees_0_100", _("degrees on a scale of 0 to 100")
    PERSONS = "persons", _("persons")


class Survey(Record):
    document_type = "survey"

    title = translated(_("title"), max_length=300)
    kind = models.CharField(
        _("kind"), max_length=12, choices=SurveyKind.choices, default=SurveyKind.OPINION
    )
    pollster = translated(_("pollster"))
    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("Whose people were asked.")
    )
    question = translated(_("question"))
    measure = translated(_("what is measured"))
    unit = models.CharField(_("unit"), max_length=16, choices=Unit.choices)
    note = translated(_("note"))
    disputes = models.ManyToManyField(
        Dispute, through="SurveyBearing", related_name="+", verbose_name=_("disputes")
    )

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=SurveyKind.values), name="survey_kind_known"
            ),
            models.CheckConstraint(condition=Q(unit__in=Unit.values), name="survey_unit_known"),
        ]

    def __str__(self) -> str:
        return self.title or self.key


class SurveyBearing(Bearing):
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="bearings")

    class Meta(Bearing.Meta):
        constraints = [
            models.UniqueConstraint(fields=["survey", "dispute"], name="surveybearing_once")
        ]


class Reading(Dated):
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="readings")
    value = models.FloatField(_("value"))
    sample = models.PositiveIntegerField(
        _("sample"), null=True, blank=True, help_text=_("Persons asked.")
    )
    note = translated(_("note"))
    sources = models.ManyToManyField(Source, through="ReadingCitation", related_name="+")

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["earliest", "id"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["survey", "date"], name="reading_once_a_date"),
        ]

    def __str__(self) -> str:
        return f"{self.date}: {self.value:g}"


class ReadingCitation(Citation):
    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [one_citation("reading")]
