"""Our own scripts: strict, and nothing that is sent becomes code, markup or a property's name."""

import re

import pytest
from django.conf import settings

STATIC = settings.BASE_DIR / "static"
SCRIPTS = sorted(STATIC.rglob("*.js"))
# What turns texts into markup or code, reaches for prototypes, or is of a browser's past.
NEVER = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|setHTML"
    r"|__proto__|\.prototype\b|\.constructor\b|ActiveXObject|javascript:|postMessage"
)
LOOSE = re.compile(r"(?<![=!<>])[=!]=(?!=)")  # == and !=
ASSIGNED = re.compile(r"[\w)\]]\[([^\]]+)\]\s*=(?![=>])")  # x[name] = …
OWN_NAMES = {"`title_${lang}`"}  # of languages that stand in the script
OF_THE_PAST = re.compile(r"<(?:applet|object|embed|frame|frameset|marquee)\b", re.IGNORECASE)


def test_there_are_scripts():
    assert len(SCRIPTS) > 4


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_strict(script):
    text = script.read_text(encoding="utf-8")
    assert NEVER.findall(text) == []
    assert LOOSE.findall(text) == []
    assert set(ASSIGNED.findall(text)) - OWN_NAMES == set()


@pytest.mark.parametrize("line", ["a == b", "if (a != b)", "a[key] = 1", "e.innerHTML = x"])
def test_what_is_not_strict_is_found(line):
    assert NEVER.findall(line) or LOOSE.findall(line) or ASSIGNED.findall(line)


def test_no_page_needs_what_browsers_gave_up():
    pages = [*(settings.BASE_DIR / "templates").rglob("*.*")]
    assert len(pages) > 100
    found = [p.name for p in pages if OF_THE_PAST.search(p.read_text(encoding="utf-8"))]
    assert found == []
