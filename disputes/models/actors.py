from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .records import Record
from .texts import translated


class ActorKind(models.TextChoices):
    GOVERNMENT = "government", _("government")
    MINISTRY = "ministry", _("ministry or agency")
    LEGISLATURE = "legislature", _("legislature")
    COURT = "court", _("court")
    INTERNATIONAL = "international", _("international organisation")
    COMPANY = "company", _("company")
    CIVIL_SOCIETY = "civil_society", _("civil society")
    PERSON = "person", _("person")
    OTHER = "other", _("other organisation")


class Actor(Record):
    """Who acts: a government, ministry, court, company, organisation or person."""

    document_type = "actor"
    headline = "name"
    needs_source = False

    name = translated(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=16, choices=ActorKind.choices)
    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("ISO 3166-1 code, such as KR or JP.")
    )
    leader = models.OneToOneField(
        "disputes.Leader",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="actor",
        verbose_name=_("leader"),
        help_text=_("Where this person is a head of government in the list of leaders."),
    )

    class Meta:
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=ActorKind.values), name="actor_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name or self.key
