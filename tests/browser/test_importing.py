"""A researcher imports a table: one that fails on row 7, then the same one mended."""

import csv
import io

import pytest
from playwright.sync_api import Page, expect

from .desk import Desk
from .test_every_page import TAGS, faults

pytestmark = [pytest.mark.browser, pytest.mark.desk]
ROWS = [[f"imported-{n}", f"2019-07-0{n}", f"Imported event {n}", "measure"] for n in range(1, 9)]


@pytest.fixture
def researcher(desk: Desk) -> Page:
    return desk.page_of("yuki")


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
