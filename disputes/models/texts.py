"""Text in English, Korean and Japanese: one column each."""

from typing import Any

from django.db import models
from translated_fields import TranslatedField
from translated_fields.utils import fallback_to_any

LANGUAGES = ("en", "ko", "ja")


def translated(
    verbose_name: Any, help_text: Any = "", max_length: int | None = None
) -> TranslatedField:
    """Three optional columns `<name>_en`, `_ko`, `_ja`; read bare, the reader's language or any."""
    if max_length:
        column = models.CharField(
            verbose_name, max_length=max_length, blank=True, help_text=help_text
        )
    else:
        column = models.TextField(verbose_name, blank=True, help_text=help_text)
    return TranslatedField(column, languages=LANGUAGES, attrgetter=fallback_to_any)
