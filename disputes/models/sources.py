"""Sources, and how a claim cites them."""

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from timeline.fields import EDTFField

from .records import Record

validate_web_address = URLValidator(schemes=["http", "https"])


class SourceKind(models.TextChoices):
    OFFICIAL = "official", _("official document")
    COURT = "court", _("court document")
    INTERNATIONAL = "international", _("international organisation")
    SCHOLARLY = "scholarly", _("scholarly work")
    THINK_TANK = "think_tank", _("think tank")
    MEDIA = "media", _("news media")
    REFERENCE = "reference", _("reference work or collection")


class Source(Record):
    """A document that was read. Its title stays in the language it is written in."""

    document_type = "source"
    headline = None  # its title stands in its own language alone
    needs_source = False

    title = models.CharField(
        _("title"), max_length=500, help_text=_("As printed, in its own language.")
    )
    publisher = models.CharField(_("publisher"), max_length=300)
    author = models.CharField(_("author"), max_length=300, blank=True)
    series = models.CharField(_("series"), max_length=300, blank=True)
    published = EDTFField(_("date of publication"), blank=True)
    language = models.CharField(
        _("language"), max_length=12, help_text=_("BCP 47 tag, such as en, ko, ja or de.")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=SourceKind.choices)
    url = models.URLField(_("address"), max_length=1000, validators=[validate_web_address])
    archive_url = models.URLField(
        _("archived copy"), max_length=1000, blank=True, validators=[validate_web_address]
    )

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=SourceKind.values), name="source_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"


class Citation(models.Model):
    """One use of a source: where in it, for which claim. Each citing model has its own table."""

    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, verbose_name=_("source"), related_name="%(class)ss"
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    locator = models.CharField(
        _("locator"), max_length=200, blank=True, help_text=_("Page, paragraph, minute.")
    )
    claim = models.CharField(
        _("claim"),
        max_length=300,
        blank=True,
        help_text=_("Which statement it supports; empty: the whole entry."),
    )
    quotation = models.TextField(
        _("quotation"),
        blank=True,
        help_text=_("The sentence that matters, word for word, in the source's own language."),
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("What else readers should know about this use of it.")
    )

    class Meta:
        abstract = True
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return str(self.source)


def one_citation(parent: str) -> models.UniqueConstraint:
    """A parent cites a source once for each claim and place in it."""
    return models.UniqueConstraint(
        fields=[parent, "source", "locator", "claim"], name="%(class)s_once"
    )
