"""Days are days wherever the reader sits, also where clocks are set forward and back."""

import pytest

from .test_timeline import after, middle, window

pytestmark = pytest.mark.browser
# Two weeks each: with the spring of Berlin, and with the autumn of New York.
SPRING, AUTUMN = ("2019-03-25", "2019-04-07"), ("2019-10-28", "2019-11-10")
ZONES = ("UTC", "Asia/Seoul", "Europe/Berlin", "America/New_York", "Pacific/Apia")


@pytest.mark.parametrize(("first", "last"), [SPRING, AUTUMN])
def test_the_same_days_are_read_drawn_and_reached_in_every_zone(open_context, first, last):
    found = {}
    for zone in ZONES:
        page = open_context(timezone_id=zone, viewport={"width": 1280, "height": 800}).new_page()
        page.goto(f"/en/timeline/?date__gte={first}&date__lte={last}")
        text, drawn = page.locator("main").inner_text(), window(page)
        page.mouse.move(*middle(page))
        page.keyboard.down("Control")
        wider = after(page, lambda page=page: page.mouse.wheel(0, 240))
        found[zone] = (text, drawn, wider)
    assert found == dict.fromkeys(ZONES, found["UTC"])
    assert [str(day) for day in found["UTC"][1]] == [first, last]
