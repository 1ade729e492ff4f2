"""Signing in, and what happens around accounts: for the audit page."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT = timedelta(days=365)
CLOSED = timedelta(minutes=15)  # one row for the lock of a name at an address, while it holds


class SecurityKind(models.TextChoices):
    """The values are what the log says."""

    SIGNED_IN = "signed in", _("signed in")
    SIGNED_OUT = "signed out", _("signed out")
    SIGN_IN_FAILED = "sign-in failed", _("sign-in failed")
    LOCKED_OUT = "locked out", _("locked out")
    ACCOUNT_MADE = "account made", _("account made")
    PASSWORD_SET = "password set", _("password set")
    FACTOR_SET = "second factor set up", _("second factor set up")
    FACTOR_REMOVED = "second factor removed", _("second factor removed")
    CODES_MADE = "recovery codes made", _("recovery codes made")
    CODE_USED = "recovery code used", _("recovery code used")


class SecurityEventManager(models.Manager):
    def note(self, kind: str, account: str, by: str, address: str | None) -> None:
        """Add a row, but for a lock that has one; what is too old goes when somebody signs in."""
        now, row = timezone.now(), {"kind": kind, "account": account, "address": address}
        if kind == SecurityKind.LOCKED_OUT and self.filter(**row, at__gt=now - CLOSED).exists():
            return
        self.create(**row, by=by, at=now)
        if kind == SecurityKind.SIGNED_IN:
            self.filter(at__lt=now - KEPT).delete()


class SecurityEvent(models.Model):
    """Names, no references: a row says what it said when the account is gone."""

    at = models.DateTimeField(_("when"))
    kind = models.CharField(_("kind"), max_length=24, choices=SecurityKind.choices)
    account = models.CharField(_("account"), max_length=150, blank=True)  # "": none has the name
    by = models.CharField(_("by"), max_length=150, blank=True)  # "": nobody was signed in
    address = models.GenericIPAddressField(_("address"), null=True)

    objects = SecurityEventManager()

    class Meta:
        verbose_name = _("security event")
        verbose_name_plural = _("security events")
        default_permissions = ()
        indexes = [
            models.Index(fields=["at", "id"], name="security_event_at"),
            models.Index(fields=["kind", "account", "at"], name="security_event_of"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.account}"
