"""What a process does only once, done before its first reader asks."""

import gc
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver, reverse
from django.utils import formats, translation

TEMPLATES = ("*.html", "*.svg")
UNCOUNTED = 10_000  # things made until it is looked for what can be freed: a page makes as many


def warm() -> None:
    """Import all views, parse all templates, read all translations; prepare all addresses.

    None of it changes any more: who looks for what can be freed (150 ms each time, in the midst of
    an answer) does not look at it again.
    """
    get_resolver().url_patterns  # noqa: B018 (imports them)
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("")
            formats.number_format(0)  # for which the language's own module is imported
            reverse("home")  # for which all addresses are prepared, in each language by itself
            for name in [] if settings.DEBUG else templates():
                get_template(name)
    gc.collect()
    gc.freeze()
    gc.set_threshold(UNCOUNTED, *gc.get_threshold()[1:])


def templates() -> Iterator[str]:
    """The names of all that stand in this project's own folder."""
    for folder in settings.TEMPLATES[0]["DIRS"]:
        for pattern in TEMPLATES:
            for file in Path(folder).rglob(pattern):
                yield str(file.relative_to(folder))
