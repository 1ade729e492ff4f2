"""A reader's ways through the record, by clicking only."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .prepare import CORRECTED, TITLE

pytestmark = pytest.mark.browser


def follow(page: Page, name: str, within: str = "main") -> None:
    """Click the first link of that name and wait for its page."""
    page.locator(within).get_by_role("link", name=name).first.click()
    page.wait_for_load_state()


def test_home_leads_over_a_dispute_and_an_event_to_what_it_answered(page: Page):
    page.goto("/en/")
    follow(page, "2019 export controls", ".board")
    follow(page, "The timeline of this dispute")
    page.get_by_text("The 2019 crisis").click()
    follow(page, "South Korea hands Japan its notice of termination", "#results")
    assert page.locator("h1").inner_text() == "South Korea hands Japan its notice of termination"
    causes = page.locator("section[aria-labelledby=causes-title]")
    cause = causes.get_by_role("link").first
    title = cause.inner_text()
    cause.click()
    assert page.locator("h1").inner_text() == title
    answers = page.locator("section[aria-labelledby=answers-title]")
    expect(answers).to_contain_text("South Korea hands Japan its notice of termination")


def test_where_does_the_sado_mines_dispute_stand_and_why(page: Page):
    page.goto("/en/")
    follow(page, "Sado mines", ".board")
    standing = page.locator(".standing")
    expect(standing.locator(".now")).to_contain_text("deadlocked")
    expect(standing.locator(".why")).to_contain_text("pledges unkept")
    standing.locator(".why sup a").first.click()
    assert page.locator(".notes li:target a[href^=http]").first.is_visible()


def test_what_did_korea_answer_to_the_export_controls_and_what_answered_that(page: Page):
    page.goto("/en/")
    follow(page, "Chains", ".sections")
    follow(page, "Japan announces stricter export licensing for South Korea")
    answers = page.locator("section[aria-labelledby=answers-title]")
    expect(answers).to_contain_text("South Korea brings the three-item controls to the WTO (DS590)")
    follow(page, "South Korea brings the three-item controls to the WTO", "main .branches")


def test_which_promises_of_the_2015_agreement_were_kept(page: Page):
    page.goto("/en/")
    follow(page, "Agreements", ".sections")
    follow(page, "2015 agreement")
    tally = page.locator(".tally .badge").all_inner_texts()
    assert [" ".join(text.split()) for text in tally][:2] == ["2 fulfilled", "2 not fulfilled"]
    kept = page.locator(".promise", has=page.locator(".mark.state-fulfilled"))
    assert kept.locator("p:first-child a").all_inner_texts() == [
        "State the involvement of the military of the time, Japan's responsibility, and the prime "
        "minister's apology and remorse to the women.",
        "Give a one-time contribution from the state budget, of about 1 billion yen, to the "
        "foundation.",
    ]


def test_how_long_had_there_been_no_bilateral_summit_before_march_2023(page: Page):
    page.goto("/en/")
    told = page.locator("section[aria-labelledby=clock-title] .gaps li").first
    expect(told).to_contain_text("4,106 days")
    follow(page, "All summits, and the longest times without one")
    longest = page.locator(".gaps li").first
    expect(longest).to_contain_text("4,106 days")
    expect(longest).to_contain_text("18 December 2011 to 16 March 2023")


def test_page_says_how_to_cite_it_and_sources_stand_beside_the_text(page: Page):
    page.goto("/en/disputes/gsomia/")
    beside = page.locator(".standing .beside")
    expect(beside).to_be_visible()
    assert beside.locator("li").count() == page.locator(".standing .why sup a").count()
    page.locator(".tools").get_by_role("link", name="Cite").click()
    expect(page.locator(".cite-this p")).to_be_visible()
    expect(page.locator(".cite-this p")).to_contain_text("as_of=")
    page.set_viewport_size({"width": 360, "height": 740})
    expect(beside).to_be_hidden()
    expect(page.locator(".notes li").first).to_be_visible()


def test_language_changes_and_the_page_stays(page: Page):
    page.goto("/en/timeline/?dispute=gsomia&kind=agreement")
    count = page.locator(".row").count()
    for name, code in (("한국어", "ko"), ("日本語", "ja"), ("English", "en")):
        page.get_by_role("link", name=name, exact=True).click()
        page.wait_for_url(f"**/{code}/timeline/?*")
        assert page.locator("html").get_attribute("lang") == code
        assert page.get_by_role("checkbox", checked=True).count() == 1
        assert page.locator(".row").count() == count


def test_reader_travels_to_a_former_version_and_back(page: Page):
    page.goto(f"/en/events/{CORRECTED}/")
    assert page.locator("h1").inner_text() == TITLE
    follow(page, "Version 2: history")
    page.get_by_role("link", name="Version 1", exact=True).click()
    former = page.locator("h1").inner_text()
    assert former != TITLE
    expect(page.locator(".travel")).to_contain_text("as the record stood on")
    follow(page, "Timeline")
    expect(page.locator(".travel")).to_be_visible()
    follow(page, "Back to the present", ".travel")
    expect(page.locator(".travel")).to_have_count(0)


def test_reader_asks_for_a_day_of_the_record(page: Page):
    page.goto(f"/en/events/{CORRECTED}/")
    published = page.locator(".as-of summary")
    published.click()
    day = page.evaluate("new Date(Date.now() - 10 * 864e5).toISOString().slice(0, 10)")
    page.get_by_label("Show this page as the record stood").fill(day)
    page.locator(".as-of button").click()
    page.wait_for_url(f"**as_of={day}")
    assert page.locator("h1").inner_text() != TITLE


def test_search_finds_the_word_of_each_side(page: Page):
    page.goto("/en/")
    for word in ("강제동원", "지소미아", "佐渡", "徴用工", "comfort women"):
        page.get_by_role("searchbox").first.fill(word)
        page.get_by_role("searchbox").first.press("Enter")
        expect(page.locator("h1")).to_have_text(f"Search for “{word}”")
        assert page.locator("main .row").count() > 3


def test_reader_with_a_telephone_finds_each_dispute_with_its_status(
    open_context: Callable[..., BrowserContext],
):
    page = open_context(viewport={"width": 360, "height": 740}, has_touch=True).new_page()
    page.goto("/ja/")
    names = page.locator(".board th[scope=row] a")
    states = page.locator(".board .state .badge")
    assert (names.count(), states.count()) == (6, 6)
    for shown in (*states.all(), *names.all()):
        shown.tap(trial=True)
    names.last.tap()
    page.wait_for_url("**/ja/disputes/*/")
