"""On paper: the sources with their addresses, and nothing that only a screen can use."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
SCREEN_ONLY = (
    ".masthead nav, .find, .filters, .pager, .skip, .as-of form, .ways, .downloads, .tools, .beside"
)


@pytest.mark.parametrize("path", ["/en/disputes/gsomia/", "/ja/timeline/", "/ko/surveys/"])
def test_paper_leaves_out_what_only_a_screen_can_use(page: Page, path: str):
    page.goto(path)
    page.emulate_media(media="print")
    shown = page.locator(SCREEN_ONLY).evaluate_all(
        "all => all.filter((e) => e.checkVisibility()).map((e) => e.className)"
    )
    assert shown == []
    assert page.pdf().startswith(b"%PDF")


def test_each_note_is_printed_with_its_address(page: Page):
    page.goto("/en/disputes/gsomia/")
    page.emulate_media(media="print")
    printed = page.locator(".notes a[href^=http]").evaluate_all(
        "all => all.map((a) => [getComputedStyle(a, '::after').content, a.getAttribute('href')])"
    )
    assert len(printed) > 10
    assert [content for content, _ in printed] == [f'" <{href}>"' for _, href in printed]


def test_paper_is_white_in_a_dark_room(page: Page):
    page.goto("/en/disputes/gsomia/")
    page.emulate_media(media="print", color_scheme="dark")
    colours = "(e) => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color]"
    assert page.locator("html").evaluate(colours) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
