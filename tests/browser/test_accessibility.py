"""axe finds nothing against WCAG 2.2 AA on any kind of page, in any language, light or dark."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from .reading import KINDS, LANGUAGES

pytestmark = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # all that another colour scheme can change


def faults(page: Page, kind: str, values: list[str]) -> list[str]:
    """What axe finds against the rules, named or tagged: rule, place, message."""
    options = {"resultTypes": ["violations"], "runOnly": {"type": kind, "values": values}}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_page_has_no_fault_that_axe_finds(
    open_context: Callable[..., BrowserContext], kind: str, language: str
):
    page = open_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"/{language}{KINDS[kind]}")
    assert faults(page, "tag", TAGS) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page, "rule", COLOURS) == []
