"""The keyboard alone: where the focus goes, and that it can be seen."""

import pytest
from playwright.sync_api import Page

from .reading import KINDS

pytestmark = pytest.mark.browser
FOCUSED = """() => {
    const e = document.activeElement;
    const area = ["header", "#drawing", ".filters", "#results", "main", "footer"]
        .find((part) => e.closest(part)) ?? "";
    return [area, e.closest(".canvas") ? "in the drawing" : "", e.textContent.trim()];
}"""
# The focused element where nothing shows that it has the focus, or it is out of sight.
UNSEEN = """() => {
    const e = document.activeElement, box = e.getBoundingClientRect();
    const properties = ["outlineStyle", "stroke", "strokeWidth", "fill", "opacity", "clipPath"];
    const looks = () => [e, ...e.querySelectorAll("*")].map((part) =>
        properties.map((name) => getComputedStyle(part)[name]).join()).join();
    const focused = looks();
    e.blur();
    const left = looks();
    e.focus();
    const inside = box.width && box.bottom > 0 && box.top < innerHeight;
    return inside && focused !== left ? "" : e.outerHTML.slice(0, 160);
}"""


def tab(page: Page, times: int) -> list[tuple[str, str, str]]:
    """Press Tab so often; each stop's part of the page, whether in the drawing, and its text."""
    stops = []
    for _ in range(times):
        page.keyboard.press("Tab")
        stops.append(tuple(page.evaluate(FOCUSED)))
    return stops


def test_first_stop_skips_to_the_content(page: Page):
    page.goto("/en/timeline/")
    [(_area, _drawing, text)] = tab(page, 1)
    assert text == "Skip to the content"
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")
    [(area, _drawing, _text)] = tab(page, 1)
    assert area == "#drawing"


def test_stops_follow_the_page_and_the_drawing_is_one_of_them(page: Page):
    page.goto("/en/timeline/")
    areas = [(area, drawing) for area, drawing, _text in tab(page, 60)]
    order = [area for n, (area, _) in enumerate(areas) if n == 0 or areas[n - 1][0] != area]
    assert order == ["", "header", "#drawing", ".filters", "#results"]
    assert areas.count(("#drawing", "in the drawing")) == 1


@pytest.mark.parametrize("kind", ["home", "dispute", "timeline", "chain", "survey", "agreement"])
def test_focus_is_seen_at_every_stop(page: Page, kind: str):
    page.goto(f"/en{KINDS[kind]}")
    unseen = []
    for _ in range(70):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement === document.body"):
            break
        unseen.append(page.evaluate(UNSEEN))
    assert [found for found in unseen if found] == []
