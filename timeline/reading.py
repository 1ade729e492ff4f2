"""How a reader is told what documents say: in a language, with links that lead to an instant.

Who writes very much asks once for whom it is (`Reader.of`): to ask Django for the language takes
longer than to find a word in it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Self

from django.http import HttpRequest
from django.urls.base import get_script_prefix
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from . import record_types
from .documents import LANGUAGES
from .edtf import REMEMBERED, EDTFError
from .markup import one
from .wording import machine_readable, spell

LABELS = 2000
_READER = "timeline_reader"  # on a request


@dataclass(frozen=True)
class Reader:
    """Who reads a page."""

    language: str
    begin: str  # of each address, before a page's path
    instant: str = ""  # that the page shows, as addresses have it; "" for the present

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """Who asked; made once for each request, which is answered in one language."""
        slice_ = getattr(request, "slice", None)
        known = request.__dict__.get(_READER)
        if known and known[0] is slice_:
            return known[1]
        language = get_language()
        instant = slice_.parameter if slice_ and slice_.as_of else ""
        reader = cls(language or "en", f"{get_script_prefix()}{language}", instant)
        request.__dict__[_READER] = slice_, reader
        return reader

    def address(self, path: str, **parameters: Any) -> str:
        """A page's address in the reader's language, at the instant that this page shows."""
        if self.instant:
            parameters["as_of"] = self.instant
        elif not parameters:
            return self.begin + path
        given = {name: value for name, value in parameters.items() if value not in ("", None)}
        return f"{self.begin}{path}?{urlencode(given, doseq=True)}" if given else self.begin + path

    def plain(self, value: Any) -> str:
        return in_language(value, self.language)[1]

    def named(self, value: Any) -> Any:
        """A label, or a three-language title in the reader's language."""
        return self.plain(value) if isinstance(value, dict) else value

    def said(self, value: Any) -> SafeString:
        return said(value, self.language)

    def when(self, date: Any) -> str:
        return when(date, self.language) if date else ""

    def dated(self, date: Any) -> SafeString | str:
        return dated(date, self.language) if date else ""

    def label(self, code: Any, name: str) -> Any:
        return label(code, name, self.language)


def in_language(value: Any, language: str) -> tuple[str, str]:
    """(language, text) of a three-language object: the reader's, or else whichever there is."""
    texts = value if isinstance(value, dict) else {}
    if found := texts.get(language):
        return language, found
    for code in (*LANGUAGES, *texts):
        if texts.get(code):
            return code, texts[code]
    return language, ""


def said(value: Any, language: str) -> SafeString:
    """The text in a language; where it is missing another one, marked as what it is."""
    there, text = in_language(value, language)
    if there == language or not text:
        return one("{}", text)
    return one('<span lang="{}" class="foreign">{}</span>', there, text)


@lru_cache(REMEMBERED)
def when(date: Any, language: str) -> str:
    """An EDTF date, a day, or the day (UTC) of an instant, in words."""
    date = date.astimezone(UTC).date() if isinstance(date, datetime) else date
    try:
        return spell(str(date), language)
    except EDTFError:
        return str(date)


@lru_cache(REMEMBERED)
def dated(date: Any, language: str) -> SafeString | str:
    """The same as an element; for programs too, where HTML can say it without making it up."""
    words = when(date, language)
    if not (exact := machine_readable(str(date)) if words else ""):
        return one('<span class="time">{}</span>', words) if words else ""
    return one('<time datetime="{}">{}</time>', exact, words)


def label(code: Any, name: str, language: str) -> Any:
    """The label of a code (`name`: type, enumeration)."""
    try:
        return _label(code, name, language) if code else ""
    except (KeyError, ValueError, TypeError):
        return code


@lru_cache(LABELS)
def _label(code: str, name: str, language: str) -> str:
    type_, _dot, enumeration = name.partition(".")
    return str(record_types.get(type_).choices[enumeration](code).label)
