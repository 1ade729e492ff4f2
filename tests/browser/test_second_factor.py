"""Somebody sets up a second factor, signs in with it and with a recovery code, and removes it."""

import time
from base64 import b32decode

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import Page, expect

from .desk import HOME, Desk
from .prepare_desk import PASSWORD
from .test_every_page import TAGS, faults

pytestmark = [pytest.mark.browser, pytest.mark.desk]
NAME = "sato"
THROTTLED = 1_200  # milliseconds: after one wrong code the next is not looked at for a second


def shown(secret: str, steps: int = 0) -> str:
    """What an app with the secret shows, so many half minutes from now."""
    letters = secret.replace(" ", "")
    app = TOTP(b32decode(letters + "=" * (-len(letters) % 8)))
    app.time = time.time() + steps * app.step
    return f"{app.token():06d}"


def sign_in(page: Page, code: str) -> None:
    page.goto(f"{HOME}login/")
    page.get_by_label("Username").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Log in").click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Log out").click()
    page.wait_for_load_state()


def test_a_second_factor_is_set_up_used_and_removed(desk: Desk, page: Page):
    owner = desk.page_of(NAME)
    owner.goto(HOME)
    owner.get_by_role("link", name="Second factor").click()
    owner.get_by_label("Password").fill(PASSWORD)
    owner.get_by_role("button", name="Set up").click()
    expect(owner.locator("code.secret")).to_be_visible()
    assert faults(owner, "tag", TAGS) == []
    secret = owner.locator("code.secret").inner_text()
    owner.get_by_label("Code").fill("000000")
    owner.get_by_role("button", name="Confirm").click()
    expect(owner.get_by_text("That is not the code of the moment.")).to_be_visible()
    owner.wait_for_timeout(THROTTLED)
    owner.get_by_label("Code").fill(shown(secret))
    owner.get_by_role("button", name="Confirm").click()
    expect(owner.locator(".recovery-codes")).to_be_visible()
    codes = owner.locator(".recovery-codes code").all_inner_texts()
    assert len(set(codes)) == len(codes) > 5
    assert faults(owner, "tag", TAGS) == []
    owner.get_by_role("link", name="I have kept them").click()
    expect(owner.get_by_text("What waits")).to_be_visible()

    for code, opens in (("", False), (codes[0], True), (codes[0], False), (shown(secret, 1), True)):
        sign_in(page, code)
        if opens:
            expect(page.get_by_text("What waits")).to_be_visible()
            sign_out(page)
        else:
            expect(page.get_by_role("alert")).to_be_visible()
            page.wait_for_timeout(THROTTLED)

    owner.goto(f"{HOME}second-factor/")
    owner.get_by_label("Password").fill(PASSWORD)
    owner.get_by_label("Code").fill(codes[1])
    owner.wait_for_timeout(THROTTLED)
    owner.get_by_role("button", name="Remove the second factor").click()
    expect(owner.get_by_text("The second factor is removed")).to_be_visible()
    sign_in(page, "")
    expect(page.get_by_text("What waits")).to_be_visible()
