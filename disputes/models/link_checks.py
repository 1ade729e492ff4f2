"""What became of the addresses of sources when they were last asked for."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .sources import Source


class LinkOutcome(models.TextChoices):
    ALIVE = "alive", _("answers")
    MOVED = "moved", _("answers at another address")
    DEAD = "dead", _("is gone")
    SILENT = "silent", _("cannot be reached")
    UNSURE = "unsure", _("answers, but not to us")


class LinkCheckQuerySet(models.QuerySet):
    def fresh(self) -> "LinkCheckQuerySet":
        """Those of the address that the source still has."""
        return self.filter(address=F("source__url"))

    def dead(self) -> "LinkCheckQuerySet":
        """Addresses that are gone, or could not be reached several times in a row."""
        silent = Q(outcome=LinkOutcome.SILENT, failures__gte=LinkCheck.PATIENCE)
        return self.fresh().filter(Q(outcome=LinkOutcome.DEAD) | silent)


class LinkCheck(models.Model):
    """The last time that a source's address was asked for; one for each source."""

    PATIENCE = 3  # times in a row that an address may be silent before it counts as dead

    source = models.OneToOneField(
        Source, on_delete=models.CASCADE, related_name="link_check", verbose_name=_("source")
    )
    address = models.URLField(_("address"), max_length=1000)
    outcome = models.CharField(_("outcome"), max_length=8, choices=LinkOutcome.choices)
    status = models.PositiveSmallIntegerField(_("HTTP status"), null=True)
    moved_to = models.URLField(_("now at"), max_length=1000, blank=True)
    detail = models.CharField(_("what was said"), max_length=200, blank=True)
    failures = models.PositiveSmallIntegerField(_("times in a row"), default=0)
    checked_at = models.DateTimeField(_("checked"), default=timezone.now)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of a link")
        verbose_name_plural = _("checks of links")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=LinkOutcome.values), name="linkcheck_outcome_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.get_outcome_display()}"
