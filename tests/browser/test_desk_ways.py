"""Researchers and editors at work, from the first click to the public page."""

import pytest
from playwright.sync_api import Page, expect

from .desk import HOME, Desk, open_record

pytestmark = [pytest.mark.browser, pytest.mark.desk]
CORRECTED = "2018-11-07-lee-nak-yon-statement"
SHARED = "2016-11-14-gsomia-initialled"
RESTORED = "2016-11-09-gsomia-talks-second-round"


def title_of(page: Page, language: str = "en"):
    return page.locator(f"#id_title_{language}")


def words(page: Page, tag: str, within: str = "dl.differences dd[lang=en]") -> str:
    """What is marked as put in (`ins`) or taken out (`del`) of the English."""
    expect(page.locator(within).first).to_be_visible()
    return " ".join(page.locator(f"{within} {tag}").all_inner_texts())


def save(page: Page, button: str, reason: str = "") -> None:
    if reason:
        page.get_by_label("Reason for the change").fill(reason)
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def public_title(page: Page, key: str) -> str:
    page.goto(f"/en/events/{key}/")
    return page.locator("h1").inner_text()


def test_a_correction_is_proposed_sent_back_written_on_approved_and_public(desk: Desk):
    hana, kim = desk.page_of("hana"), desk.page_of("kim")
    former = public_title(hana, CORRECTED)
    open_record(hana, CORRECTED)
    title_of(hana).fill(f"{former} twice")
    save(hana, "Propose this change", "He spoke again.")
    expect(hana.get_by_text("Your proposal waits for an editor.")).to_be_visible()
    assert public_title(hana, CORRECTED) == former

    kim.goto(HOME)
    kim.get_by_role("link", name=former).first.click()
    assert (words(kim, "ins").split(), words(kim, "del")) == (["twice"], "")
    kim.get_by_label("About").select_option("title")
    kim.get_by_label("Comment:").fill("Twice on one day?")
    kim.get_by_role("button", name="Comment", exact=True).click()
    beside = kim.locator("section[aria-labelledby=differences] .desk-comment")
    expect(beside).to_contain_text("Twice on one day?")
    kim.get_by_label("Comment:").fill("Say when.")
    kim.get_by_role("button", name="Send back").click()

    hana.goto(HOME)
    hana.get_by_role("link", name=former).first.click()
    expect(hana.get_by_text("Say when.")).to_be_visible()
    hana.get_by_role("link", name="Go on writing").click()
    expect(hana.get_by_text("This is your proposal as you sent it.")).to_be_visible()
    expect(hana.locator(".errornote, .errorlist")).to_have_count(0)
    expect(title_of(hana)).to_have_value(f"{former} twice")
    title_of(hana).fill(f"{former} twice that day")
    save(hana, "Propose this change")

    kim.goto(HOME)
    kim.get_by_role("link", name=former).first.click()
    assert words(kim, "ins").split() == ["twice", "that", "day"]
    kim.get_by_role("button", name="Approve and publish").click()
    expect(kim.get_by_text("Approved: it is public now")).to_be_visible()
    assert public_title(hana, CORRECTED) == f"{former} twice that day"
    expect(hana.locator("main")).to_contain_text("Hana")


def test_two_editors_collide_on_one_record_and_nothing_is_lost(desk: Desk):
    kim, sato = desk.page_of("kim"), desk.page_of("sato")
    for page in (kim, sato):
        open_record(page, SHARED)
    former = title_of(kim).input_value()
    title_of(kim).fill(f"{former} in Tokyo")
    title_of(kim, "ko").fill("도쿄에서 가서명")
    save(kim, "Save", "Where it was.")
    title_of(sato).fill(f"{former} by directors")
    title_of(sato, "ja").fill("局長が仮署名")
    save(sato, "Save", "Who it was.")

    expect(sato.get_by_text("Kim saved this record on")).to_be_visible()
    title = ".desk-differences tbody tr:first-child"
    assert (words(sato, "ins", title), words(sato, "del", title)) == ("in Tokyo", "by directors")
    expect(title_of(sato, "ko")).to_have_value("도쿄에서 가서명")
    title_of(sato).fill(f"{former} in Tokyo by directors")
    save(sato, "Save", "Who it was.")
    assert public_title(sato, SHARED) == f"{former} in Tokyo by directors"
    for language, title in (("ko", "도쿄에서 가서명"), ("ja", "局長が仮署名")):
        sato.goto(f"/{language}/events/{SHARED}/")
        expect(sato.locator("h1")).to_have_text(title)


def test_an_older_version_is_restored_as_a_new_one(desk: Desk):
    kim = desk.page_of("kim")
    former = public_title(kim, RESTORED)
    open_record(kim, RESTORED)
    title_of(kim).fill("A mistake")
    save(kim, "Save", "In error.")
    assert public_title(kim, RESTORED) == "A mistake"
    open_record(kim, RESTORED)
    kim.get_by_role("link", name="History", exact=True).click()
    kim.get_by_role("button", name="Compare the two").click()
    assert "mistake" in words(kim, "ins")
    kim.go_back()
    kim.get_by_role("link", name="Restore").click()
    kim.get_by_label("Reason").fill("The mistake goes.")
    kim.get_by_role("button", name="Restore and publish").click()
    numbers = kim.locator("#compare_form tbody th")
    expect(numbers).to_have_text(["3", "2", "1"])
    assert public_title(kim, RESTORED) == former
