"""The drawing of the timeline under a reader's hands; the list and the address follow."""

from collections.abc import Callable
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.browser
ADDRESSES = "all => all.map((link) => link.getAttribute('href'))"


def window(page: Page) -> tuple[date, date]:
    """The first and the last day that are drawn."""
    drawn = page.locator("#drawing")
    ends = [drawn.get_attribute(name) for name in ("data-first", "data-last")]
    return date.fromisoformat(ends[0]), date.fromisoformat(ends[1])


def days(span: tuple[date, date]) -> int:
    return (span[1] - span[0]).days


def after(page: Page, act: Callable[[], object]) -> tuple[date, date]:
    """The window that the act leads to, which the address and the filter form say too."""
    first, last = window(page)
    act()
    former = f'[data-first="{first}"][data-last="{last}"]'
    page.locator(f"#drawing:not([aria-busy]):not({former})").wait_for()
    found = window(page)
    asked = parse_qs(urlsplit(page.url).query)
    if "date__gte" in asked:
        said = tuple(date.fromisoformat(asked[name][0]) for name in ("date__gte", "date__lte"))
        assert said == found
    assert page.locator("[name=date__gte]").input_value() == asked.get("date__gte", [""])[0]
    return found


def middle(page: Page) -> tuple[float, float]:
    """A place within the axis, where there is no mark."""
    box = page.locator(".canvas > svg").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + 8


@pytest.fixture
def timeline(page: Page) -> Page:
    page.goto("/en/timeline/")
    return page


def test_buttons_zoom_and_the_back_button_leads_back(timeline: Page):
    usual = window(timeline)
    nearer = after(timeline, lambda: timeline.get_by_label("Zoom in").click())
    assert abs(days(nearer) - days(usual) / 2) <= 2
    earlier = after(timeline, lambda: timeline.get_by_label("Earlier").click())
    assert earlier[1] < nearer[1] and abs(days(earlier) - days(nearer)) <= 1
    assert after(timeline, timeline.go_back) == nearer
    assert after(timeline, timeline.go_back) == usual
    assert after(timeline, timeline.go_forward) == nearer


def test_wheel_zooms_where_the_pointer_is(timeline: Page):
    usual = window(timeline)
    timeline.mouse.move(*middle(timeline))
    timeline.keyboard.down("Control")
    nearer = after(timeline, lambda: timeline.mouse.wheel(0, -240))
    timeline.keyboard.up("Control")
    assert days(nearer) < days(usual) * 0.6
    assert usual[0] < nearer[0] and nearer[1] < usual[1]


def test_wheel_alone_scrolls_the_page(timeline: Page):
    usual = window(timeline)
    timeline.mouse.move(*middle(timeline))
    timeline.mouse.wheel(0, 300)
    timeline.wait_for_function("() => scrollY > 0")
    assert window(timeline) == usual


def test_drag_moves_the_window_and_keeps_its_length(timeline: Page):
    usual = window(timeline)
    x, y = middle(timeline)

    def drag() -> None:
        timeline.mouse.move(x, y)
        timeline.mouse.down()
        timeline.mouse.move(x + 280, y, steps=6)
        timeline.mouse.up()

    moved = after(timeline, drag)
    assert moved[0] < usual[0] and moved[1] < usual[1]
    assert abs(days(moved) - days(usual)) <= 1


def test_keys_go_from_mark_to_mark_zoom_and_lead_back(timeline: Page):
    def focused() -> str | None:
        return timeline.evaluate("document.activeElement.getAttribute('data-n')")

    usual = window(timeline)
    timeline.locator(".marks [tabindex='0']").focus()
    last = focused()
    timeline.keyboard.press("Home")
    first = focused()
    timeline.keyboard.press("ArrowRight")
    assert len({last, first, focused()}) == 3
    timeline.keyboard.press("ArrowLeft")
    assert focused() == first
    timeline.keyboard.press("ArrowUp")
    assert focused() != first
    timeline.keyboard.press("End")
    nearer = after(timeline, lambda: timeline.keyboard.press("+"))
    assert abs(days(nearer) - days(usual) / 2) <= 2
    assert timeline.evaluate("Boolean(document.activeElement.closest('.canvas'))")
    farther = after(timeline, lambda: timeline.keyboard.press("-"))
    assert abs(days(farther) - days(usual)) <= 3
    assert after(timeline, lambda: timeline.keyboard.press("Escape")) == usual


def test_enter_on_a_mark_opens_its_page(timeline: Page):
    mark = timeline.locator(".marks [tabindex='0']")
    address = mark.get_attribute("href")
    mark.focus()
    timeline.keyboard.press("Enter")
    timeline.wait_for_url(f"**{address}")


def test_filter_is_in_the_address_which_shows_the_same_to_others(
    timeline: Page, open_context: Callable[..., BrowserContext]
):
    after(timeline, lambda: timeline.get_by_text("The 2019 crisis").click())
    before = timeline.locator(".count").inner_text()
    timeline.get_by_label("Military information agreement").check()
    expect(timeline.locator(".count")).not_to_have_text(before)
    assert "dispute=gsomia" in timeline.url
    other = open_context(viewport={"width": 1280, "height": 800}).new_page()
    other.goto(timeline.url)
    for part in (".sentence", ".count", ".years"):
        assert other.locator(part).inner_text() == timeline.locator(part).inner_text()
    assert window(other) == window(timeline)


def test_list_holds_what_is_drawn(timeline: Page):
    after(timeline, lambda: timeline.get_by_text("The 2019 crisis").click())
    for _ in range(3):
        after(timeline, lambda: timeline.get_by_label("Zoom in").click())
    drawn = set(timeline.locator(".marks a").evaluate_all(ADDRESSES))
    listed = timeline.locator("#results .row :is(h2, h3) a").evaluate_all(ADDRESSES)
    happenings = {path for path in listed if "/statuses/" not in path}
    assert len(happenings) > 3
    assert drawn == happenings


def test_year_on_the_axis_leads_to_that_year(timeline: Page):
    year = after(timeline, lambda: timeline.locator(".canvas a", has_text="2024").first.click())
    assert year == (date(2024, 1, 1), date(2024, 12, 31))


def test_jump_leads_to_a_year_or_decade_and_the_list_follows(timeline: Page):
    decade = after(timeline, lambda: timeline.get_by_role("link", name="the 1990s").click())
    assert decade == (date(1990, 1, 1), date(1999, 12, 31))
    years = timeline.locator(".years > li > h2").all_inner_texts()
    assert years == sorted(years, reverse=True)
    assert all(1990 <= int(year) <= 1999 for year in years)


def test_single_days_can_be_read_when_zoomed_in_far(timeline: Page):
    timeline.goto("/en/timeline/?date__gte=2019-08-20&date__lte=2019-09-02")
    ticks = timeline.locator(".tick-text").all_text_contents()
    assert ticks[:3] == ["20 Aug 2019", "21 Aug", "22 Aug"]


@pytest.fixture
def telephone(open_context: Callable[..., BrowserContext]) -> Page:
    page = open_context(viewport={"width": 360, "height": 740}, has_touch=True).new_page()
    page.goto("/en/timeline/")
    return page


Touch = Callable[..., object]


@pytest.fixture
def touch(telephone: Page) -> Touch:
    """Fingers on the telephone: touch("touchStart", (x, y), …)."""
    session = telephone.context.new_cdp_session(telephone)

    def move(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(places)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    return move


def test_two_fingers_zoom(telephone: Page, touch: Touch):
    usual = window(telephone)
    telephone.locator(".canvas").scroll_into_view_if_needed()
    y = telephone.locator(".canvas").bounding_box()["y"] + 8

    def pinch() -> None:
        touch("touchStart", (150, y), (210, y))
        for reach in (20, 40, 60):
            touch("touchMove", (150 - reach, y), (210 + reach, y))
        touch("touchEnd")

    nearer = after(telephone, pinch)
    assert days(nearer) < days(usual) / 2


def test_finger_draws_the_hidden_part_into_sight_before_it_moves_in_time(
    telephone: Page, touch: Touch
):
    usual = window(telephone)
    area = telephone.locator(".canvas")
    area.scroll_into_view_if_needed()
    y = area.bounding_box()["y"] + 8
    scrolled = area.evaluate("(e) => e.scrollLeft")
    assert scrolled > 300

    def drag(by: int) -> None:
        touch("touchStart", (60, y))
        for part in (0.3, 0.6, 1):
            touch("touchMove", (60 + by * part, y))
        touch("touchEnd")

    drag(250)
    assert area.evaluate("(e) => e.scrollLeft") == scrolled - 250
    assert window(telephone) == usual
    for _ in range(2):
        drag(250)
    earlier = after(telephone, lambda: drag(250))
    assert earlier[1] < usual[1]
    assert abs(days(earlier) - days(usual)) <= 1
