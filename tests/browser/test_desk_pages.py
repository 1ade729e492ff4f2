"""Every kind of page of the desk: within reach of all, in light and dark, wide and narrow."""

import pytest
from playwright.sync_api import Page

from .desk import EVENTS, HOME, Desk, open_proposal, open_record
from .prepare_desk import CLASHING, PASSWORD, PROPOSED, RETURNED, WAITING
from .test_every_page import APPEARANCE, TAGS, faults, sideways

pytestmark = pytest.mark.browser
TYPES = (
    "actor agreement claim commitment dispute event fulfilmentassessment leader recommendation "
    "source statusassessment summit survey"
).split()
LISTS = {f"list of {name}": f"disputes/{name}/" for name in (*TYPES, "linkcheck", "proposal")}
NEW = {f"new {name}": f"disputes/{name}/add/" for name in TYPES}
TABLES = {
    f"{page} of {name}": f"disputes/{name}/{page}/"
    for page in ("import", "export")
    for name in ("event", "survey")
}
PAGES = {
    "queue": "",
    "handbook": "handbook/",
    "quick entry": "quick-event/",
    "password": "password_change/",
    "wanting": "disputes/event/?wanting=ko",
    **LISTS,
    **NEW,
    **TABLES,
}
OF_ONE = ("History", "Translate", "Withdraw")
OPENED = ("proposal", "clash", "conflict", "comparison", "restoring", "returned", "waiting")


def check(page: Page) -> None:
    assert faults(page, "tag", TAGS) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page, "rule", APPEARANCE) == []
    assert sideways(page, 360) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert faults(page, "rule", APPEARANCE) == []


@pytest.mark.parametrize("name", PAGES)
def test_page_shuts_nobody_out(desk: Desk, name: str):
    page = desk.page_of("kim")
    assert page.goto(f"{HOME}{PAGES[name]}").status == 200
    check(page)


@pytest.mark.parametrize("name", TYPES)
def test_form_of_each_type_shuts_nobody_out(desk: Desk, name: str):
    page = desk.page_of("kim")
    open_record(page, "", f"{HOME}disputes/{name}/")
    check(page)


@pytest.mark.parametrize("name", OF_ONE)
def test_page_about_a_record_shuts_nobody_out(desk: Desk, name: str):
    page = desk.page_of("kim")
    open_record(page, CLASHING)
    page.get_by_role("link", name=name, exact=True).click()
    page.wait_for_load_state()
    check(page)


@pytest.mark.parametrize("name", OPENED)
def test_page_of_a_decision_shuts_nobody_out(desk: Desk, name: str):
    page = desk.page_of("kim")
    OPEN[name](page)
    page.wait_for_load_state()
    check(page)


def conflict(page: Page) -> None:
    open_record(page, CLASHING)
    other = page.context.new_page()
    other.goto(page.url)
    for tab, remark in ((other, "First."), (page, "Second.")):
        tab.get_by_label("Remark for colleagues").fill(remark)
        tab.get_by_label("Reason for the change").fill("A remark.")
        tab.get_by_role("button", name="Save", exact=True).click()
        tab.wait_for_load_state()
    other.close()
    assert page.locator(".desk-differences").count() == 1


def history(page: Page) -> None:
    open_record(page, CLASHING)
    page.get_by_role("link", name="History", exact=True).click()


def comparison(page: Page) -> None:
    history(page)
    page.get_by_role("button", name="Compare the two").click()


def restoring(page: Page) -> None:
    history(page)
    page.get_by_role("link", name="Restore").first.click()


OPEN = {
    "proposal": lambda page: open_proposal(page, PROPOSED),
    "clash": lambda page: open_proposal(page, CLASHING),
    "conflict": conflict,
    "comparison": comparison,
    "restoring": restoring,
    "returned": lambda page: open_record(page, RETURNED),
    "waiting": lambda page: open_record(page, WAITING),
}


def test_sign_in_shuts_nobody_out(page: Page):
    page.goto(f"{HOME}login/")
    check(page)


def test_a_page_that_is_not_for_an_account_shuts_nobody_out(desk: Desk):
    page = desk.page_of("hana")
    assert page.goto(f"{HOME}auth/user/").status == 403
    assert page.get_by_role("heading", level=1).inner_text() == "Not for your account"
    check(page)


def test_a_form_without_its_token_shuts_nobody_out(page: Page):
    page.goto(f"{HOME}login/")
    page.get_by_label("Username").fill("hana")
    page.get_by_label("Password").fill(PASSWORD)
    page.context.clear_cookies()
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("heading", name="Send it once more").wait_for()
    check(page)


def test_lists_of_the_queue_open(desk: Desk):
    page = desk.page_of("hana")
    page.goto(HOME)
    links = page.locator(".desk-waiting a")
    addresses = {link.get_attribute("href") for link in links.all()}
    lists = sorted(address for address in addresses if "?" in address)
    assert {a.split("?")[1].split("=")[0] for a in lists} >= {"links", "state__exact", "whose"}
    for address in lists:
        assert page.goto(address).status == 200
        assert page.locator("#result_list tbody tr").count() > 0, address
    assert any(EVENTS in address for address in lists)
