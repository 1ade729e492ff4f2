"""A researcher imports a table: one that fails on row 7, then the same one mended."""

import csv
import io
import os
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from . import site
from .test_every_page import TAGS, faults

pytestmark = pytest.mark.browser
PASSWORD = "a long password for a test"
ACCOUNT = f"""
import django
django.setup()
from django.contrib.auth.models import Group, User
user, _made = User.objects.get_or_create(username="importer", is_staff=True)
user.set_password({PASSWORD!r})
user.save()
user.groups.add(Group.objects.get(name="Researchers"))
"""
ROWS = [[f"imported-{n}", f"2019-07-0{n}", f"Imported event {n}", "measure"] for n in range(1, 9)]


@pytest.fixture
def researcher(
    tmp_path_factory: pytest.TempPathFactory,
    address: str,
    open_context: Callable[..., BrowserContext],
) -> Page:
    """A browser in which a researcher has signed in."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    site.run([sys.executable, "-c", ACCOUNT], shared / "site")
    page = open_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto("/admin/login/")
    page.get_by_label("Username").fill("importer")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    return page


def table(rows: list[list[str]]) -> dict[str, object]:
    out = io.StringIO()
    csv.writer(out).writerows([["key", "date", "title_en", "kind"], *rows])
    return {"name": "list.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode()}


def send(page: Page, rows: list[list[str]]) -> None:
    page.get_by_label("File").set_input_files([table(rows)])
    page.get_by_label("Reason").fill("The ministry's list")
    page.get_by_role("button", name="Show what it would change").click()


def number_of(page: Page) -> int:
    """How many of the rows are on the desk; seen in another tab."""
    other = page.context.new_page()
    other.goto("/admin/disputes/event/?q=imported-")
    found = other.locator("#result_list tbody tr").count()
    other.close()
    return found


def test_an_import_that_fails_on_row_seven_changes_nothing_and_the_mended_one_makes_drafts(
    researcher: Page,
) -> None:
    page = researcher
    page.goto("/admin/disputes/event/")
    page.get_by_role("link", name="Import", exact=True).click()
    broken = [row.copy() for row in ROWS]
    broken[5][1] = "in July"
    send(page, broken)
    expect(page.get_by_role("alert")).to_contain_text("Nothing was imported.")
    fault = page.get_by_role("table", name="Faults").locator("tbody tr")
    expect(fault).to_have_count(1)
    expect(fault.locator("td").nth(0)).to_have_text("7")
    expect(fault.locator("td").nth(1)).to_have_text("date")
    assert faults(page, "tag", TAGS) == []
    assert number_of(page) == 0
    page.goto("/admin/disputes/event/import/")
    send(page, ROWS)
    expect(page.get_by_text("new draft: 8")).to_be_visible()
    assert faults(page, "tag", TAGS) == []
    assert number_of(page) == 0
    page.get_by_role("button", name="Carry it out").press("Enter")
    expect(page.get_by_text("Imported. new draft: 8")).to_be_visible()
    assert number_of(page) == len(ROWS)
