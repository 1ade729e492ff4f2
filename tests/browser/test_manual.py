"""The API's page: Swagger UI, others' work, under the site's own policy."""

import pytest
from playwright.sync_api import Page, expect

from .test_every_page import faults

pytestmark = pytest.mark.browser


def test_manual_of_the_api_opens_under_the_strict_policy_and_shuts_nobody_out(page: Page):
    page.goto("/api/v1/docs/")
    expect(page.locator(".opblock").first).to_be_visible(timeout=20_000)
    assert faults(page, "tag", ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]) == []
    page.locator(".opblock-summary-control").first.click()
    expect(page.locator(".opblock-body").first).to_be_visible()
