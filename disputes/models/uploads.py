"""Files that wait, between what an import would do and the word that it shall."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

KEPT = timedelta(hours=24)


def _name() -> str:
    return uuid.uuid4().hex


class UploadQuerySet(models.QuerySet):
    def waiting(self) -> "UploadQuerySet":
        return self.filter(made_at__gt=timezone.now() - KEPT)

    def forgotten(self) -> "UploadQuerySet":
        return self.filter(made_at__lte=timezone.now() - KEPT)


class Upload(models.Model):
    """In the database, so that every process of every node finds it; gone after a day."""

    name = models.CharField(max_length=32, unique=True, default=_name)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    data = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)

    objects = UploadQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
