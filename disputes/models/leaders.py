from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .records import Record
from .sources import Citation, Source, one_citation
from .texts import translated


class Office(models.TextChoices):
    PRESIDENT = "president", _("President of the Republic of Korea")
    ACTING_PRESIDENT = "acting_president", _("Acting President of the Republic of Korea")
    PRIME_MINISTER = "prime_minister", _("Prime Minister of Japan")


class Country(models.TextChoices):
    KR = "KR", _("South Korea")
    JP = "JP", _("Japan")


class Leader(Record):
    """A head of government of either country, in one office."""

    document_type = "leader"
    headline = "name"

    name = translated(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=2, choices=Country.choices)
    office = models.CharField(_("office"), max_length=20, choices=Office.choices)
    party = translated(_("party"), max_length=200)
    note = translated(_("note"))
    sources = models.ManyToManyField(Source, through="LeaderCitation", related_name="+")

    class Meta:
        verbose_name = _("leader")
        verbose_name_plural = _("leaders")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(country__in=Country.values), name="leader_country_known"
            ),
            models.CheckConstraint(
                condition=Q(office__in=Office.values), name="leader_office_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.key


class TermOfOffice(models.Model):
    leader = models.ForeignKey(Leader, on_delete=models.CASCADE, related_name="terms")
    start = models.DateField(_("from"))
    end = models.DateField(_("to"), null=True, blank=True, help_text=_("Empty: still in office."))

    class Meta:
        verbose_name = _("term of office")
        verbose_name_plural = _("terms of office")
        ordering = ["start", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="term_of_office_ends_after_start",
            ),
            models.UniqueConstraint(fields=["leader", "start"], name="term_of_office_once"),
        ]

    def __str__(self) -> str:
        return f"{self.start} – {self.end or ''}"

    def clean(self) -> None:
        if self.start and self.end and self.end < self.start:
            raise ValidationError({"end": _("The term ends before it begins.")})


class LeaderCitation(Citation):
    leader = models.ForeignKey(Leader, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [one_citation("leader")]
