"""Where django-import-export keeps a file until the import is confirmed."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from import_export.tmp_storages import BaseStorage

from ..models import Upload


class UploadStorage(BaseStorage):
    def __init__(self, owner: AbstractBaseUser | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.owner = owner

    def save(self, data: bytes) -> None:
        Upload.objects.forgotten().delete()
        self.name = Upload.objects.create(owner=self.owner, data=data).name

    def read(self) -> bytes:
        return bytes(Upload.objects.get(name=self.name).data)

    def remove(self) -> None:
        Upload.objects.filter(name=self.name).delete()
