"""The views that draw on stored measures, but for the graph: what if, the heat map, and what Home says."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from ecograph.graph.connection import Database
from ecograph.graph.settings import Settings

from .conftest import Open, looked_at, pages, settled


@pytest.fixture(scope="module")
async def address(measured: Database, settings: Settings) -> AsyncIterator[str]:
    with pages(settings) as found:
        yield found


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/overlap", "Account overlap"),
        ("/overlap?most=60&asOf=2024-06-01", "Account overlap"),
        ("/what-if", "What if partners left?"),
        ("/what-if?partners=partner:bolt,partner:care&order=GREEDY", "What if partners left?"),
        ("/", "Acme's partner ecosystem"),
    ],
)
async def test_a_view_is_accessible_and_fits(open_page: Open, path: str, title: str) -> None:
    await looked_at(await open_page(path), title)


async def test_from_the_heat_map_to_two_partners_and_to_the_accounts_of_both(open_page: Open, tmp_path: Path) -> None:
    page = await open_page("/overlap")
    grid = page.get_by_role("grid", name="Accounts that two partners share")
    await expect(grid.get_by_role("row")).to_have_count(1 + 4)
    await expect(page.get_by_role("list", name="Shared accounts by shade")).to_have_text("1")
    links = grid.get_by_role("link").filter(visible=True)
    await expect(links.and_(page.locator("[tabindex='0']"))).to_have_count(1)
    await grid.get_by_role("link", name="Bolt and Care Services: 1 shared account").hover()
    await expect(page.locator(".heat-said")).to_have_text("Bolt and Care Services: 1 shared account.")
    pairs = page.get_by_role("table", name="Pairs of partners and what they share")
    await expect(pairs.get_by_role("row").nth(1)).to_contain_text("Care Services")
    await pairs.get_by_role("button", name="Shared integrations").click()
    await expect(pairs.get_by_role("row").nth(1)).to_contain_text("Dune")
    async with page.expect_download() as coming:
        await page.get_by_role("button", name="CSV").click()
    await (await coming.value).save_as(tmp_path / "pairs.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "pairs.csv").read_text("utf-8"))))
    assert [(row["sharedAccounts"], row["sharedIntegrations"]) for row in rows] == [("0", "1"), ("1", "0")]
    await page.get_by_role("combobox", name="Partners", exact=True).select_option("15")
    await settled(page)
    assert "most=15" in page.url
    await grid.locator("a[tabindex='0']").focus()
    first = await page.evaluate("document.activeElement.ariaLabel")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowDown")
    moved = await page.evaluate("document.activeElement.ariaLabel")
    assert first != moved
    await expect(page.locator(".heat-said")).to_have_text(f"{moved}.")
    await grid.get_by_role("link", name="Bolt and Care Services: 1 shared account").press("Enter")
    await settled(page)
    assert "partners=partner:bolt,partner:care" in page.url
    await expect(page.get_by_role("table", name="Accounts that both have")).to_contain_text("North Bank")
    await page.get_by_role("link", name="Heat map").click()
    await expect(grid).to_be_visible()


async def test_what_if_a_partner_left(open_page: Open) -> None:
    page = await open_page("/partners/partner:bolt?asOf=2026-06-01")
    await page.get_by_role("link", name="What if it left?").click()
    await settled(page)
    beside = page.get_by_role("table", name="Today and without them")
    await expect(beside.get_by_role("row").nth(1)).to_contain_text("Active partners")
    await expect(page.get_by_role("table", name="Integrations lost")).to_contain_text("Flow for Core")
    await expect(page.get_by_role("table", name="Accounts affected")).to_contain_text("North Bank")
    await page.get_by_role("combobox", name="Add a partner that leaves").fill("care")
    await expect(page.get_by_role("option", name="Care Services")).to_be_visible()
    await page.keyboard.press("Enter")
    await settled(page)
    uncovered = page.get_by_role("table", name="Accounts left without a partner")
    await expect(uncovered).to_contain_text("North Bank")
    assert "partners=partner:bolt,partner:care" in page.url
    await page.get_by_role("button", name="Keep Bolt").click()
    await settled(page)
    await expect(uncovered.get_by_role("link", name="North Bank")).to_have_count(0)


async def test_the_robustness_curve_has_a_table_behind_it(open_page: Open) -> None:
    page = await open_page("/what-if?asOf=2026-06-01")
    await expect(page.get_by_text("No partner is chosen.")).to_be_visible()
    await expect(page.locator(".chart svg")).to_be_visible()
    await page.get_by_text("The curve as a table").click()
    rows = page.get_by_role("table", name="Covered share by partners that have left").get_by_role("row")
    await expect(rows.nth(1)).to_contain_text("100%")
    await expect(rows.last).to_contain_text("0%")
    await page.get_by_label("Who leaves first").select_option("Most harmful first")
    await expect(page.get_by_role("list").filter(has_text="Most harmful first")).to_be_visible()
    assert "order=GREEDY" in page.url


async def test_home_says_how_sure_each_number_is_or_why_there_is_none(open_page: Open) -> None:
    page = await open_page("/?asOf=2026-06-01")
    await expect(page.get_by_text("No value: too few accounts")).to_be_visible()
    await expect(page.get_by_text("fair share of the ten largest")).to_be_visible()
    await page.get_by_text("The trend as a table").click()
    await expect(page.get_by_role("table", name="The trend by quarter").get_by_role("row")).to_have_count(1 + 12)
    await page.get_by_role("button", name="What is meant by Retention with integration").click()
    await expect(page.get_by_role("dialog")).to_contain_text("rate of leaving")
