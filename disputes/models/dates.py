"""A date in the world as an EDTF string, with its calendar bounds stored beside it."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from timeline import edtf
from timeline.fields import EDTFField


class Dated(models.Model):
    """`date` is what a person writes; `earliest` and `latest` are what a database can sort by."""

    date = EDTFField(_("date"))
    earliest = models.DateField(_("earliest day"), null=True, editable=False)
    latest = models.DateField(_("latest day"), null=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(earliest__isnull=True)
                | Q(latest__isnull=True)
                | Q(latest__gte=F("earliest")),
                name="%(class)s_latest_after_earliest",
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.earliest, self.latest = (
            edtf.bounds(self.date) if edtf.is_valid(self.date) else (None, None)
        )
        super().save(*args, **kwargs)
