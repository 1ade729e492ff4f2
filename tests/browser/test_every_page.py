"""One visit to each kind of page in each language: light, in reach of all, in every window."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

from .reading import KINDS, LANGUAGES, REFUSED

pytestmark = pytest.mark.browser
MOST_BYTES = 150_000  # of a page with its styles and scripts, as sent; pictures and icons apart
COUNTED = ("document", "stylesheet", "script", "font", "fetch", "xhr")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# All that other colours and a narrow window can change.
APPEARANCE = [
    "color-contrast",
    "link-in-text-block",
    "scrollable-region-focusable",
    "target-size",
]
WIDTHS = (360, 320, 2560)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_page_is_light_fits_every_window_and_shuts_nobody_out(page: Page, kind: str, language: str):
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    answer = page.goto(f"/{language}{KINDS[kind]}")
    assert answer.status == REFUSED.get(kind, 200)
    assert weight(answers) < MOST_BYTES
    assert faults(page, "tag", TAGS) == []
    page.emulate_media(color_scheme="dark")
    assert [(width, found) for width in WIDTHS for found in sideways(page, width)] == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert faults(page, "rule", APPEARANCE) == []


def weight(answers: list[Response]) -> int:
    """Bytes that were sent, compressed as they were."""
    requests = [answer.request for answer in answers]
    sizes = [r.sizes()["responseBodySize"] for r in requests if r.resource_type in COUNTED]
    return sum(sizes)


def faults(page: Page, kind: str, values: list[str]) -> list[str]:
    """What axe finds against the rules, named or tagged: rule, place, message."""
    options = {
        "resultTypes": ["violations"],
        "runOnly": {"type": kind, "values": values},
        "preload": False,
        "iframes": False,
    }
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]


def sideways(page: Page, width: int) -> list[str]:
    """What stands out of a window of that width, where the page itself would scroll sideways."""
    page.set_viewport_size({"width": width, "height": 800})
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [...document.body.querySelectorAll("*")]
            .filter((e) => e.getBoundingClientRect().right > innerWidth && !e.closest(".canvas"))
            .map((e) => e.outerHTML.slice(0, 120))"""
    )
