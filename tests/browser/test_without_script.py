"""Script off: every way through the record is still open."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .prepare import CORRECTED, TITLE

pytestmark = pytest.mark.browser


@pytest.fixture
def plain(open_context: Callable[..., BrowserContext]) -> Page:
    """A reader whose browser runs no script."""
    page = open_context(java_script_enabled=False).new_page()
    page.goto("/en/timeline/")
    return page


def test_links_move_the_window(plain: Page):
    drawing = plain.locator("#drawing")
    first, last = (drawing.get_attribute(name) for name in ("data-first", "data-last"))
    plain.get_by_label("Zoom in").click()
    nearer = plain.locator("#drawing").get_attribute("data-first")
    assert first < nearer < last
    assert f"date__gte={nearer}" in plain.url
    plain.get_by_role("link", name="All since").click()
    expect(plain.locator(".sentence")).to_contain_text("shown as counts")


def test_form_filters_the_list_and_the_drawing(plain: Page):
    plain.get_by_label("Military information agreement").check()
    plain.get_by_label("From", exact=True).fill("2019-07")
    plain.get_by_label("to", exact=True).fill("2019-12")
    plain.get_by_role("button", name="Show").first.click()
    titles = plain.locator("#results .row")
    assert titles.count() > 10
    lanes = plain.locator(".lane-names span").all_inner_texts()
    assert any("GSOMIA" in name for name in lanes)
    assert "dispute=gsomia" in plain.url and "date__gte=2019-07" in plain.url


def test_search_and_language(plain: Page):
    plain.get_by_label("Search in three languages").fill("지소미아")
    plain.get_by_role("button", name="Search").click()
    hits = plain.locator("main .row").count()
    assert hits > 3
    plain.get_by_role("link", name="日本語").click()
    assert plain.locator("html").get_attribute("lang") == "ja"
    assert plain.locator("main .row").count() == hits


def test_former_versions(plain: Page):
    plain.goto(f"/en/events/{CORRECTED}/versions/")
    plain.get_by_role("link", name="Version 1", exact=True).click()
    expect(plain.locator(".travel")).to_be_visible()
    assert plain.locator("h1").inner_text() != TITLE
    plain.get_by_role("link", name="Back to the present").click()
    expect(plain.locator("h1")).to_have_text(TITLE)
