"""A newcomer to the desk adds a cited event and corrects a public one, from the first page on."""

import pytest
from playwright.sync_api import Page, expect

from .desk import HOME, Desk
from .test_desk_ways import words

pytestmark = [pytest.mark.browser, pytest.mark.desk]
TITLE = "South Korea decides to end GSOMIA again"
CORRECTED = "Opposition leader Hwang fasts, asking that GSOMIA be kept"


@pytest.fixture
def newcomer(desk: Desk) -> Page:
    page = desk.page_of("yuki")
    page.goto(HOME)
    return page


def choose_actor(page: Page, box: str, typed: str, name: str) -> None:
    """By the keyboard: the first of those suggested."""
    page.get_by_label(box).fill(typed)
    expect(page.get_by_role("button", name=name).first).to_be_visible()
    page.get_by_label(box).press("Enter")


def test_a_cited_event_is_put_down_previewed_and_submitted(newcomer: Page, desk: Desk):
    page = newcomer
    page.get_by_role("link", name="Put down an event").click()

    page.get_by_label("When").fill("2019-3")
    expect(page.locator("#date-words")).to_contain_text("2019-3")
    page.get_by_label("When").fill("2019-03~")
    expect(page.locator("#date-words [lang=en]")).to_have_text("about March 2019")
    expect(page.locator("#date-words [lang=ko]")).to_have_text("2019년 3월경")

    page.get_by_label("When").fill("2019-08-23")
    page.get_by_label("Title · English").fill(TITLE)
    alike = page.locator("#alike")
    expect(alike.get_by_role("link", name="South Korea decides to end GSOMIA")).to_be_visible()
    page.locator("#disputes-suggested").get_by_role("button", name="GSOMIA").first.click()
    expect(page.get_by_role("checkbox", name="GSOMIA").first).to_be_checked()

    choose_actor(page, "Who acted: Type a name", "Government of the Republic", "Government of")
    expect(page.locator(".quick-chosen").first).to_contain_text("Government of")
    page.get_by_text("An actor is missing").click()
    page.get_by_label("Name · English").fill("A bureau that was missing")
    page.get_by_role("button", name="Add it to those acted towards").click()
    expect(page.locator(".quick-chosen").nth(1)).to_contain_text("A bureau that was missing")

    page.get_by_label("Source:", exact=True).fill("https://mofa.example/gsomia/again")
    expect(page.get_by_label("Its title, as printed")).to_be_visible()
    page.get_by_label("Its title, as printed").fill("Press conference on GSOMIA")
    page.get_by_label("Publisher").fill("A ministry")
    page.get_by_label("Language").fill("en")
    page.get_by_label("Kind of source").select_option("official")
    page.get_by_label("PLOVER type").select_option("REJECT")
    expect(page.locator("#plover-words")).not_to_be_empty()

    page.get_by_role("button", name="Save and submit for review").click()
    expect(page.get_by_text("Something alike is here already. Look at it first.")).to_be_visible()
    page.get_by_label("I have looked: it is another event").check()

    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Preview the public page").click()
    preview = opened.value
    expect(preview.locator("h1")).to_have_text(TITLE)
    expect(preview.locator("main")).to_contain_text("Press conference on GSOMIA")
    preview.close()

    page.get_by_role("button", name="Save and submit for review").click()
    expect(page.get_by_text("Nothing is public yet.")).to_be_visible()
    key = page.locator("#id_key, .field-key .readonly").first
    found = key.input_value() if key.get_attribute("value") else key.inner_text()
    assert desk.page_of("hana").goto(f"/en/events/{found}/").status == 404

    editor = desk.page_of("kim")
    editor.goto(HOME)
    editor.get_by_role("link", name=TITLE).first.click()
    expect(editor.locator("#id_title_en")).to_have_value(TITLE)


def test_a_public_event_is_found_by_its_title_and_corrected(newcomer: Page):
    page = newcomer
    page.get_by_role("link", name="Events", exact=True).first.click()
    page.locator("#searchbar").fill(CORRECTED)
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=CORRECTED).click()
    title = page.locator("#id_title_en")
    title.fill(f"{CORRECTED} at last")
    page.get_by_role("button", name="Propose this change").click()
    expect(page.locator(".errorlist").first).to_be_visible()
    expect(title).to_have_value(f"{CORRECTED} at last")
    page.get_by_label("Reason for the change").fill("The day was long awaited.")
    page.get_by_role("button", name="Propose this change").click()
    expect(page.get_by_text("Your proposal waits for an editor.")).to_be_visible()
    page.goto(HOME)
    page.get_by_role("link", name=CORRECTED).first.click()
    assert words(page, "ins").split() == ["at", "last"]
