"""What happened: events and summits; what they answer; whom and what they concern."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .actors import Actor
from .dates import Dated
from .disputes import Bearing, Dispute
from .leaders import Leader
from .plover import MODES, Plover
from .records import Record
from .sources import Citation, Source, one_citation
from .texts import translated


class Effect(models.TextChoices):
    ESCALATION = "escalation", _("escalation")
    DE_ESCALATION = "de_escalation", _("de-escalation")
    NEUTRAL = "neutral", _("neutral")


class EventKind(models.TextChoices):
    STATEMENT = "statement", _("statement")
    TALKS = "talks", _("talks")
    MEASURE = "measure", _("measure")
    RULING = "ruling", _("ruling")
    LAWSUIT = "lawsuit", _("lawsuit")
    FILING = "filing", _("filing")
    LEGISLATION = "legislation", _("legislation")
    AGREEMENT = "agreement", _("agreement")
    VISIT = "visit", _("visit")
    PROTEST = "protest", _("protest")
    INCIDENT = "incident", _("incident")
    DISCHARGE = "discharge", _("discharge")
    INSCRIPTION = "inscription", _("inscription")
    ELECTION = "election", _("election")
    ANNIVERSARY = "anniversary", _("anniversary")


class SummitSetting(models.TextChoices):
    BILATERAL_VISIT = "bilateral_visit", _("bilateral visit")
    TRILATERAL = "trilateral", _("trilateral meeting")
    MULTILATERAL_SIDELINES = "multilateral_sidelines", _("sidelines of a multilateral meeting")
    INFORMAL = "informal", _("informal meeting")
    CALL = "call", _("telephone or video call")


class Happening(Dated, Record):
    """What an event and a summit share."""

    title = translated(_("title"), _("What happened, as a short neutral headline."), max_length=300)
    summary = translated(
        _("summary"), _("Two or three sentences: who did what, and what each side said.")
    )
    plover = models.CharField(_("PLOVER type"), max_length=12, choices=Plover.choices, blank=True)
    plover_mode = models.CharField(_("PLOVER mode"), max_length=16, blank=True)
    effect = models.CharField(
        _("effect"), max_length=16, choices=Effect.choices, default=Effect.NEUTRAL
    )

    class Meta:
        abstract = True
        constraints = [
            *Record.Meta.constraints,
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(effect__in=Effect.values), name="%(class)s_effect_known"
            ),
            models.CheckConstraint(
                condition=Q(plover__in=["", *Plover.values]), name="%(class)s_plover_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.title}"

    def clean(self) -> None:
        super().clean()
        if self.plover_mode and self.plover_mode not in MODES.get(self.plover, ()):
            known = ", ".join(MODES.get(self.plover, ())) or "–"
            raise ValidationError(
                {
                    "plover_mode": _("%(type)s has no mode “%(mode)s”. Its modes: %(known)s.")
                    % {"type": self.plover or "–", "mode": self.plover_mode, "known": known}
                }
            )


class Event(Happening):
    document_type = "event"

    kind = models.CharField(
        _("kind"),
        max_length=16,
        choices=EventKind.choices,
        blank=True,
        help_text=_("A draft may lack it."),
    )
    disputes = models.ManyToManyField(
        Dispute, through="EventBearing", related_name="+", verbose_name=_("disputes")
    )
    actors = models.ManyToManyField(Actor, through="Participation", related_name="+")
    sources = models.ManyToManyField(Source, through="EventCitation", related_name="+")

    class Meta(Happening.Meta):
        abstract = False
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            *Happening.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=["", *EventKind.values]), name="event_kind_known"
            ),
        ]


class EventBearing(Bearing):
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="bearings")

    class Meta(Bearing.Meta):
        constraints = [
            models.UniqueConstraint(fields=["event", "dispute"], name="eventbearing_once")
        ]


class Role(models.TextChoices):
    INITIATOR = "initiator", _("initiator")
    TARGET = "target", _("target")


class Participation(models.Model):
    """An actor's part in an event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="participations")
    actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, related_name="participations", verbose_name=_("actor")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["role", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "actor", "role"], name="participation_once"),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="participation_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.actor}"


class EventCitation(Citation):
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [one_citation("event")]


class Summit(Happening):
    """A meeting or call of the two leaders. It stands once: here, and not among the events."""

    document_type = "summit"

    setting = models.CharField(
        _("setting"),
        max_length=24,
        choices=SummitSetting.choices,
        blank=True,
        help_text=_("A bilateral visit is one leader's visit to the other's country for it."),
    )
    city = translated(_("city"), max_length=100)
    country = models.CharField(_("country"), max_length=2, blank=True)
    host = models.CharField(_("host"), max_length=2, blank=True, help_text=_("Country code."))
    rok_leader = models.ForeignKey(
        Leader,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("leader of South Korea"),
    )
    japan_leader = models.ForeignKey(
        Leader, on_delete=models.PROTECT, related_name="+", verbose_name=_("leader of Japan")
    )
    occasion = translated(_("occasion"), max_length=300)
    note = translated(_("note"), _("For readers: what the sources leave open."))
    disputes = models.ManyToManyField(
        Dispute, through="SummitBearing", related_name="+", verbose_name=_("disputes")
    )
    sources = models.ManyToManyField(Source, through="SummitCitation", related_name="+")

    class Meta(Happening.Meta):
        abstract = False
        verbose_name = _("summit")
        verbose_name_plural = _("summits")
        constraints = [
            *Happening.Meta.constraints,
            models.CheckConstraint(
                condition=Q(setting__in=["", *SummitSetting.values]), name="summit_setting_known"
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.rok_leader_id and self.rok_leader.country != "KR":
            raise ValidationError({"rok_leader": _("Choose a leader of South Korea.")})
        if self.japan_leader_id and self.japan_leader.country != "JP":
            raise ValidationError({"japan_leader": _("Choose a leader of Japan.")})


class SummitBearing(Bearing):
    summit = models.ForeignKey(Summit, on_delete=models.CASCADE, related_name="bearings")

    class Meta(Bearing.Meta):
        constraints = [
            models.UniqueConstraint(fields=["summit", "dispute"], name="summitbearing_once")
        ]


class Outcome(models.Model):
    summit = models.ForeignKey(Summit, on_delete=models.CASCADE, related_name="outcomes")
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    text = translated(_("outcome"))

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text


class SummitCitation(Citation):
    summit = models.ForeignKey(Summit, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = [one_citation("summit")]
