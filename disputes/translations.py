"""What becomes of a translation when the text that it translates is edited."""

from collections.abc import Collection, Iterator

from django.db import models
from translated_fields import TranslatedField

from .models import Record, TranslationState
from .models.texts import LANGUAGES


def texts_of(model: type[models.Model]) -> list[str]:
    """The names of a model's texts in three languages, in the order of its columns."""
    stems = [f.name.removesuffix("_en") for f in model._meta.fields if f.name.endswith("_en")]
    return [stem for stem in stems if isinstance(getattr(model, stem, None), TranslatedField)]


def mark_stale(record: Record, row: models.Model, changed: Collection[str]) -> list[str]:
    """Mark the record's translations that an edit left behind as older than the original.

    `row` is the record itself or one of its rows, `changed` the names of the columns that were
    edited. A language is left behind where a text changed in an original language and its own text
    did not; where its state was set in the same edit, that stands. Gives the languages. Not saved.
    """
    languages = [
        language
        for language in dict.fromkeys(_left_behind(record, row, changed))
        if f"translation_{language}" not in changed
    ]
    for language in languages:
        setattr(record, f"translation_{language}", TranslationState.STALE)
    return languages


def _left_behind(record: Record, row: models.Model, changed: Collection[str]) -> Iterator[str]:
    states = {lang: getattr(record, f"translation_{lang}") for lang in LANGUAGES}
    originals = [lang for lang, state in states.items() if state == TranslationState.ORIGINAL]
    for name in texts_of(type(row)):
        if any(f"{name}_{lang}" in changed for lang in originals):
            for lang in LANGUAGES:
                column = f"{name}_{lang}"
                if lang not in originals and column not in changed and getattr(row, column):
                    yield lang
