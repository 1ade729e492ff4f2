"""People who have signed in at the desk."""

import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

from . import site
from .prepare_desk import PASSWORD

HOME = "/admin/"
EVENTS = f"{HOME}disputes/event/"


def prepared(folder: Path) -> None:
    """Put people and their work on the desk of the site in the folder, once."""
    with site.alone(folder):
        if not (folder / "desk").exists():
            site.run([sys.executable, "-m", "tests.browser.prepare_desk"], folder)
            (folder / "desk").touch()


def sign_in(page: Page, name: str) -> None:
    page.goto(f"{HOME}login/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def open_proposal(page: Page, key: str) -> None:
    page.goto(f"{HOME}disputes/proposal/?q={key}")
    page.locator("#result_list .field-subject a").first.click()
    page.wait_for_load_state()


class Desk:
    """Opens browsers in which somebody has signed in; each signs in once."""

    def __init__(self, open_context: Callable[..., BrowserContext], states: dict) -> None:
        self.open_context, self.states = open_context, states

    def page_of(self, name: str, **options: object) -> Page:
        size = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}
        state = {"storage_state": self.states[name]} if name in self.states else {}
        page = self.open_context(**size | state | options).new_page()
        if not state:
            sign_in(page, name)
            self.states[name] = page.context.storage_state()
        return page


def open_record(page: Page, key: str, within: str = EVENTS) -> None:
    """By way of its list."""
    page.goto(f"{within}?q={key}")
    page.locator("#result_list tbody th a, #result_list .field-headline a").first.click()
    page.wait_for_load_state()
