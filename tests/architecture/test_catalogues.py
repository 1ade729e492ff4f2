"""The interface speaks Korean and Japanese: no text without a translation."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation.template import templatize

CODE = ("config", "timeline", "disputes")
NAMES = {"_": 1, "gettext": 1, "gettext_lazy": 1, "ngettext": 2, "ngettext_lazy": 2}
WITH_CONTEXT = {"pgettext": 1, "pgettext_lazy": 1, "npgettext": 2}
STRING = r"""u?('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")"""
CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*{STRING}(?:\s*,\s*{STRING})?")


def texts_of(code: str) -> Iterator[tuple[str | None, str]]:
    """(context, text) of each literal in Python that is to be translated."""
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        arguments = [ast.literal_eval(a) if _literal(a) else None for a in node.args]
        if name in NAMES and arguments and isinstance(arguments[0], str):
            yield None, arguments[0]
        elif name in WITH_CONTEXT and len(arguments) > 1:
            yield arguments[0], arguments[1]


def _literal(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError):
        return False
    return True


def used() -> set[tuple[str | None, str]]:
    found = set()
    for folder in CODE:
        for file in Path(settings.BASE_DIR, folder).rglob("*.py"):
            found.update(texts_of(file.read_text(encoding="utf-8")))
    for file in Path(settings.BASE_DIR, "templates").rglob("*.html"):
        found.update(_in_template(templatize(file.read_text(encoding="utf-8"))))
    return found


def _in_template(calls: str) -> Iterator[tuple[str | None, str]]:
    """The texts of a template, which Django has turned into calls as xgettext reads them."""
    for name, first, second in CALL.findall(calls):
        literals = [ast.literal_eval(text) for text in (first, second) if text]
        yield (literals[0], literals[1]) if name.endswith("pgettext") else (None, literals[0])


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po")


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_every_text_of_the_interface_is_in_the_catalogue(language):
    known = {(entry.msgctxt, entry.msgid) for entry in catalogue(language) if not entry.obsolete}
    assert len(used()) > 500
    assert sorted(f"{text!r}" for context, text in used() - known if text) == []


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_every_text_in_the_catalogue_is_translated_and_none_is_fuzzy(language):
    entries = [entry for entry in catalogue(language) if not entry.obsolete]
    assert [entry.msgid for entry in entries if entry.fuzzy] == []
    assert [entry.msgid for entry in entries if not entry.translated()] == []


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_compiled_catalogue_says_what_its_source_says(language):
    source = catalogue(language)
    compiled = polib.mofile(str(source.fpath).removesuffix(".po") + ".mo")
    said = {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in compiled}
    meant = {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in source.translated_entries()}
    assert said == meant
