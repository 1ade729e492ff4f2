"""Cause and response: cited claims that one happening answers another."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from timeline import edtf

from .happenings import Event, Happening, Summit
from .sources import Citation, Source, one_citation


class LinkKind(models.TextChoices):
    RESPONDS_TO = "responds_to", _("responds to")
    RETALIATES_FOR = "retaliates_for", _("retaliates for")
    FOLLOWS_FROM = "follows_from", _("follows from")
    IMPLEMENTS = "implements", _("carries out")
    REVERSES = "reverses", _("reverses")
    SETTLES = "settles", _("settles")
    PART_OF = "part_of", _("is part of")


class Voice(models.TextChoices):
    """Who says so."""

    KR = "KR", _("South Korea")
    JP = "JP", _("Japan")
    BOTH = "both", _("both sides")
    THIRD_PARTY = "third_party", _("a third party")
    EDITOR = "editor", _("the editors")


def _exactly_one(event: str, summit: str) -> Q:
    return Q(**{f"{event}__isnull": True, f"{summit}__isnull": False}) | Q(
        **{f"{event}__isnull": False, f"{summit}__isnull": True}
    )


class Link(models.Model):
    """From a happening (`event` or `summit`) to its cause (`cause_event` or `cause_summit`)."""

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, null=True, blank=True, related_name="links"
    )
    summit = models.ForeignKey(
        Summit, on_delete=models.CASCADE, null=True, blank=True, related_name="links"
    )
    cause_event = models.ForeignKey(
        Event,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="effects",
        verbose_name=_("earlier event"),
    )
    cause_summit = models.ForeignKey(
        Summit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="effects",
        verbose_name=_("or earlier summit"),
    )
    kind = models.CharField(_("kind"), max_length=16, choices=LinkKind.choices)
    asserted_by = models.CharField(
        _("asserted by"), max_length=12, choices=Voice.choices, default=Voice.EDITOR
    )
    denied_by = models.CharField(_("denied by"), max_length=12, choices=Voice.choices, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    sources = models.ManyToManyField(Source, through="LinkCitation", related_name="+")

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=_exactly_one("event", "summit"), name="link_one_effect"
            ),
            models.CheckConstraint(
                condition=_exactly_one("cause_event", "cause_summit"), name="link_one_cause"
            ),
            *(
                models.UniqueConstraint(
                    fields=[effect, cause, "kind"], name=f"link_{effect}_{cause}"
                )
                for effect in ("event", "summit")
                for cause in ("cause_event", "cause_summit")
            ),
            models.CheckConstraint(condition=Q(kind__in=LinkKind.values), name="link_kind_known"),
            models.CheckConstraint(
                condition=Q(asserted_by__in=Voice.values), name="link_asserted_by_known"
            ),
            models.CheckConstraint(
                condition=Q(denied_by__in=["", *Voice.values]), name="link_denied_by_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.cause}"

    @property
    def effect(self) -> Happening | None:
        return self.event or self.summit

    @property
    def cause(self) -> Happening | None:
        return self.cause_event or self.cause_summit

    def clean(self) -> None:
        if bool(self.cause_event_id) == bool(self.cause_summit_id):
            raise ValidationError(_("Choose the earlier event or the earlier summit, one of them."))
        if self.effect and self.cause == self.effect:
            raise ValidationError(_("A happening cannot answer itself."))
        if self.effect_precedes_cause():
            raise ValidationError(
                _("The effect (%(effect)s) precedes its cause (%(cause)s).")
                % {"effect": self.effect.date, "cause": self.cause.date}
            )

    def effect_precedes_cause(self) -> bool:
        """Whether the effect lies wholly before the cause; False while a date is unreadable."""
        dates = [h.date for h in (self.effect, self.cause) if h and edtf.is_valid(h.date)]
        return len(dates) == 2 and edtf.precedes(*dates)


class LinkCitation(Citation):
    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [one_citation("link")]
