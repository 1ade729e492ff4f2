"""Joint documents, each promise in them, and what became of it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from timeline.fields import EDTFField

from .actors import Actor
from .dates import Dated
from .disputes import Bearing, Dispute
from .happenings import Event, Summit
from .records import Record, Side
from .sources import Citation, Source, one_citation, validate_web_address
from .texts import translated


class AgreementKind(models.TextChoices):
    TREATY = "treaty", _("treaty")
    AGREEMENT = "agreement", pgettext_lazy("kind of document", "agreement")
    MEMORANDUM = "memorandum", _("memorandum")
    JOINT_DECLARATION = "joint_declaration", _("joint declaration")
    JOINT_STATEMENT = "joint_statement", _("joint statement")
    UNILATERAL_STATEMENT = "unilateral_statement", _("landmark statement of one side")


class Fulfilment(models.TextChoices):
    PENDING = "pending", _("pending")
    UNDER_WAY = "under_way", _("under way")
    FULFILLED = "fulfilled", _("fulfilled")
    PARTLY_FULFILLED = "partly_fulfilled", _("partly fulfilled")
    STALLED = "stalled", _("stalled")
    NOT_FULFILLED = "not_fulfilled", _("not fulfilled")
    REPUDIATED = "repudiated", _("repudiated")
    SUPERSEDED = "superseded", _("superseded")


class Agreement(Dated, Record):
    document_type = "agreement"

    title = translated(_("title"), max_length=300)
    summary = translated(_("summary"))
    kind = models.CharField(_("kind"), max_length=24, choices=AgreementKind.choices)
    in_force = EDTFField(_("in force from"), blank=True)
    ended = EDTFField(_("ended"), blank=True)
    text_url = models.URLField(
        _("address of the text"), max_length=1000, blank=True, validators=[validate_web_address]
    )
    text_read = models.BooleanField(
        _("text read"), default=False, help_text=_("Whether the text itself was read.")
    )
    issued_event = models.ForeignKey(
        Event,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("issued at event"),
        help_text=_("The happening that the timeline shows for it."),
    )
    issued_summit = models.ForeignKey(
        Summit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("or at summit"),
    )
    signatories = models.ManyToManyField(Actor, through="Signature", related_name="+")
    disputes = models.ManyToManyField(
        Dispute, through="AgreementBearing", related_name="+", verbose_name=_("disputes")
    )
    sources = models.ManyToManyField(Source, through="AgreementCitation", related_name="+")

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            *Record.Meta.constraints,
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=AgreementKind.values), name="agreement_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(issued_event__isnull=True) | Q(issued_summit__isnull=True),
                name="agreement_issued_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.key

    def clean(self) -> None:
        super().clean()
        if self.issued_event_id and self.issued_summit_id:
            raise ValidationError(
                {"issued_summit": _("Choose the event or the summit that issued it, not both.")}
            )


class Signature(models.Model):
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="signatures")
    actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, related_name="signatures", verbose_name=_("actor")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "actor"], name="signature_once")
        ]

    def __str__(self) -> str:
        return str(self.actor)


class AgreementBearing(Bearing):
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="bearings")

    class Meta(Bearing.Meta):
        constraints = [
            models.UniqueConstraint(fields=["agreement", "dispute"], name="agreementbearing_once")
        ]


class AgreementCitation(Citation):
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [one_citation("agreement")]


class Commitment(Record):
    """One promise in an agreement. It is cited by the agreement's own sources."""

    document_type = "commitment"
    headline = "text"

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="commitments", verbose_name=_("agreement")
    )
    text = translated(_("promise"), _("In our words, close to the text."))
    obligated = models.CharField(_("whose promise"), max_length=4, choices=Side.choices)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(obligated__in=Side.values), name="commitment_obligated_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text or self.key


class FulfilmentAssessment(Dated, Record):
    """How far a commitment was kept from a day on, until the next assessment."""

    document_type = "fulfilment"
    headline = "why"

    commitment = models.ForeignKey(
        Commitment,
        on_delete=models.PROTECT,
        related_name="fulfilment",
        verbose_name=_("commitment"),
    )
    fulfilment = models.CharField(_("fulfilment"), max_length=20, choices=Fulfilment.choices)
    why = translated(_("why"))
    sources = models.ManyToManyField(Source, through="FulfilmentCitation", related_name="+")

    class Meta:
        verbose_name = _("fulfilment assessment")
        verbose_name_plural = _("fulfilment assessments")
        constraints = [
            *Record.Meta.constraints,
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["commitment", "date"], name="fulfilmentassessment_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(fulfilment__in=Fulfilment.values),
                name="fulfilmentassessment_fulfilment_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_fulfilment_display()}, {self.date}"


class FulfilmentCitation(Citation):
    assessment = models.ForeignKey(
        FulfilmentAssessment, on_delete=models.CASCADE, related_name="citations"
    )

    class Meta(Citation.Meta):
        constraints = [one_citation("assessment")]
