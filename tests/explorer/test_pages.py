"""Every view: what it says, that it can be used without a mouse or eyes, and that it fits a phone."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from .conftest import COLD_MS, PHONE, Open, looked_at, settled, violations

VIEWS = {
    "/": "Acme's partner ecosystem",
    "/?asOf=2020-01-01": "Acme's partner ecosystem",
    "/partners": "Partners",
    "/accounts": "Accounts",
    "/partners/partner:bolt": "Bolt",
    "/partners/partner:exit": "Exit",
    "/accounts/account:north": "North Bank",
    "/accounts/account:cold": "Cold Corp",
    "/products/product:flow": "Bolt Flow",
    "/integrations/integration:flow-core": "Flow for Core",
    "/deals/deal:d1": "North new",
    "/graph": "Partner graph",
    "/search?q=b": "Results for “b”",
    "/search": "Search",
    "/ask": "Ask",
    "/embed/account?domain=northbank.com": "North Bank",
    "/partners/partner:nobody": "Not found",
    "/partners/partner:bolt/more": "Not found",
    "/overlap": "Account overlap",
    "/import": "Import an account list",
    "/import?partner=partner:bolt&as=PROSPECT": "Import an account list",
    "/overlap?partners=partner:dune": "Account overlap",
    "/overlap?partners=partner:dune,partner:bolt": "Account overlap",
}


@pytest.mark.parametrize(("path", "title"), VIEWS.items())
async def test_a_view_is_accessible_and_fits(open_page: Open, path: str, title: str) -> None:
    await looked_at(await open_page(path), title)


async def test_home_says_how_the_ecosystem_is_and_what_each_number_means(open_page: Open) -> None:
    page = await open_page("/?asOf=2026-06-01")
    await expect(page.get_by_text("of 3 signed partners were active")).to_be_visible()
    await expect(page.get_by_role("table", name="Partners by type")).to_contain_text("Technology")
    await page.get_by_role("button", name="What is meant by Active partners").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("Partners with a dated activity")
    await expect(dialog.get_by_role("region", name="GraphQL query")).to_have_text(
        re.compile(r"^query Home\(\$asOf: Date\) \{\s*ecosystem\(asOf: \$asOf\) \{\s*activePartners\s*\}\s*\}$")
    )
    assert await violations(page) == []
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()


async def test_before_the_first_measures_the_graph_says_what_to_run(open_page: Open) -> None:
    page = await open_page("/graph")
    await expect(page.get_by_text("Nothing is measured yet.")).to_be_visible()
    await expect(page.get_by_text("ecograph measure")).to_be_visible()


async def test_the_query_behind_a_view_opens_in_graphiql(open_page: Open) -> None:
    page = await open_page("/partners/partner:bolt?asOf=2026-06-01")
    await page.get_by_role("button", name="Query", exact=True).click()
    await page.get_by_role("link", name="Open in GraphiQL").click()
    await expect(page.get_by_label("Operation Editor").first).to_contain_text("query Partner", timeout=COLD_MS)
    assert await page.evaluate("location.search") == ""


async def test_search_from_everywhere_by_keyboard(open_page: Open) -> None:
    page = await open_page("/ask")
    await page.keyboard.press("/")
    field = page.get_by_role("combobox")
    await expect(field).to_be_focused()
    await page.keyboard.type("bo")
    options = page.get_by_role("option")
    await expect(options.first).to_contain_text("Bolt")
    assert await violations(page) == []
    names = await options.all_inner_texts()
    at = next(i for i, name in enumerate(names) if name.startswith("Bolt ") and "Partner" in name)
    for _ in range(at):
        await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1, name="Bolt")).to_be_visible()
    assert page.url.endswith("/partners/partner:bolt")


async def test_a_search_that_finds_nothing_says_what_to_try(open_page: Open) -> None:
    page = await open_page("/search?q=zzz")
    await expect(page.get_by_text("Nothing begins with “zzz”.")).to_be_visible()


async def test_which_accounts_a_partner_strengthens_and_why(open_page: Open) -> None:
    page = await open_page("/partners/partner:bolt?asOf=2026-06-01")
    card = page.get_by_role("region", name="Accounts it strengthens most")
    await expect(card.get_by_role("link", name="North Bank")).to_be_visible()
    await expect(card.get_by_text("Integration switched on").first).to_be_visible()
    await expect(card.get_by_role("link", name="Flow for Core")).to_be_visible()
    await expect(card.get_by_role("group", name="How Bolt and North Bank are joined")).to_be_visible()
    await expect(page.get_by_role("table", name="Deals it sourced or influenced")).to_contain_text("$100,000.00")


async def test_an_account_shows_its_stack_its_partners_and_its_time(open_page: Open) -> None:
    page = await open_page("/accounts/account:north?asOf=2026-06-01")
    await expect(page.get_by_role("group", name="What North Bank uses")).to_contain_text("Flow for Core")
    await expect(page.get_by_role("table", name="Its partners")).to_contain_text("Care Services")
    await expect(page.get_by_role("table", name="What began when")).to_contain_text("Our customer")
    await page.get_by_role("group", name="What North Bank uses").get_by_text("Bolt", exact=True).click()
    await expect(page.get_by_role("heading", level=1, name="Bolt")).to_be_visible()


async def test_an_account_that_nobody_strengthens_says_why(open_page: Open) -> None:
    page = await open_page("/accounts/account:cold?asOf=2024-06-01")
    await expect(page.get_by_text("No partner strengthens it yet.")).to_be_visible()


async def test_the_day_stays_in_the_address_from_view_to_view(open_page: Open) -> None:
    page = await open_page("/partners/partner:exit")
    await expect(page.get_by_text("Left", exact=True).first).to_be_visible()
    await page.get_by_label("Read everything as of this day").fill("2024-06-01")
    await expect(page.locator(".badge", has_text="Left")).to_have_count(0)
    await page.get_by_role("link", name="Partners").click()
    await settled(page)
    assert page.url.endswith("/partners?asOf=2024-06-01")
    await page.go_back()
    await expect(page.get_by_role("heading", level=1, name="Exit")).to_be_visible()
    assert "asOf=2024-06-01" in page.url


async def test_a_server_that_is_away_is_said_with_what_to_do(open_page: Open) -> None:
    page = await open_page("/search", expected="status of 502")
    await page.route("**/graphql", lambda route: route.fulfill(status=502, body="Bad gateway"))
    await page.get_by_role("link", name="Accounts").click()
    alert = page.get_by_role("alert")
    await expect(alert).to_contain_text("ecograph serve")
    await page.unroute("**/graphql")
    await alert.get_by_role("button", name="Try again").click()
    await expect(page.get_by_role("table", name="Accounts")).to_contain_text("North Bank")


async def test_light_and_dark_can_be_chosen_and_stay(open_page: Open) -> None:
    page = await open_page("/ask", color_scheme="light")

    async def is_dark(of: Page) -> bool:
        colour = await of.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        return sum(int(part) for part in re.findall(r"\d+", colour)[:3]) < 300

    assert not await is_dark(page)
    await page.get_by_role("button", name="System theme").click()
    await page.get_by_role("button", name="Light theme").click()
    assert await is_dark(page)
    await page.reload()
    await settled(page)
    assert await is_dark(page)


async def test_the_menu_of_a_phone(open_page: Open) -> None:
    page = await open_page("/", viewport=PHONE)
    link = page.get_by_role("link", name="Accounts", exact=True)
    await expect(link).to_be_hidden()
    await page.get_by_role("button", name="Menu").click()
    await link.click()
    await expect(page.get_by_role("heading", level=1, name="Accounts")).to_be_visible()
    await expect(link).to_be_hidden()


async def test_the_card_of_a_side_bar_is_320_pixels_wide(open_page: Open) -> None:
    page = await open_page(
        "/embed/account?domain=northbank.com&asOf=2026-06-01", viewport={"width": 320, "height": 600}
    )
    await expect(page.get_by_text("Strengthened by 3")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 320


async def test_the_overlap_with_one_partner_and_with_two(open_page: Open, tmp_path: Path) -> None:
    page = await open_page("/overlap?asOf=2026-06-01")
    await page.get_by_role("combobox", name="Add a partner").fill("dun")
    await expect(page.get_by_role("option", name="Dune")).to_be_visible()
    await page.keyboard.press("Enter")
    await settled(page)
    matrix = page.get_by_role("table", name="Accounts by what they are to us and to Dune")
    cell = matrix.get_by_role("row", name="Our prospect").get_by_role("button")
    await expect(cell).to_contain_text("1")
    await cell.click()
    await expect(page.get_by_role("table", name="The accounts of the cell")).to_contain_text("Cold Corp")
    await expect(page.get_by_role("table", name="Accounts only we have")).to_contain_text("North Bank")
    async with page.expect_download() as coming:
        await page.get_by_role("button", name="The list of Dune as CSV").click()
    await (await coming.value).save_as(tmp_path / "list.csv")
    (row,) = csv.DictReader((tmp_path / "list.csv").read_text("utf-8").splitlines())
    assert (row["node.key"], row["theirs"], row["node.ours"]) == ("cold", "CUSTOMER", "PROSPECT")
    await page.get_by_role("combobox", name="Add a partner").fill("bolt")
    await expect(page.get_by_role("option", name="Bolt")).to_be_visible()
    await page.keyboard.press("Enter")
    await settled(page)
    assert "partners=partner:dune,partner:bolt" in page.url
    both = page.get_by_role("table", name="Accounts by what they are to Dune and to Bolt")
    await both.get_by_role("row", name="Not on its list").get_by_role("button").click()
    accounts = page.get_by_role("table", name="The accounts of the cell")
    await expect(page.get_by_role("heading", name="Not on the list of Dune and prospect of Bolt")).to_be_visible()
    await expect(accounts).to_contain_text("South Retail")
    await page.get_by_role("combobox", name="To us").select_option("Our prospect (1)")
    await expect(accounts).to_contain_text("Cold Corp")
    assert "ours=PROSPECT" in page.url
    await expect(page.get_by_text("None: no active account has both on this day.")).to_be_visible()
    await page.get_by_role("combobox", name="Add a partner").fill("care")
    await expect(page.get_by_role("option", name="Care Services")).to_be_visible()
    await page.keyboard.press("Enter")
    await settled(page)
    all_three = page.get_by_role("table", name="Accounts by what they are to us and to each partner")
    await expect(all_three.get_by_role("row")).to_have_count(1 + 2)
    await all_three.get_by_role("button", name="Show: Our customer, prospect of Bolt").click()
    await expect(accounts).to_contain_text("South Retail")
    await page.get_by_role("link", name="Heat map").click()
    await expect(page.get_by_text("Nothing is measured yet.")).to_be_visible()


async def test_a_partners_page_says_what_it_shares_with_us_and_with_others(open_page: Open) -> None:
    page = await open_page("/partners/partner:bolt?asOf=2026-06-01")
    card = page.get_by_role("region", name="Overlap with us and with other partners")
    matrix = card.get_by_role("table", name="Accounts by what they are to us and to Bolt")
    await expect(matrix.get_by_role("row", name="Our customer")).to_contain_text("1")
    others = card.get_by_role("table", name="Partners that share accounts with Bolt")
    await expect(others.get_by_role("row")).to_have_count(1 + 1)
    await expect(others.get_by_role("row").nth(1)).to_contain_text("Care Services")
    await others.get_by_role("link", name="Overlap of Bolt and Care Services").click()
    await settled(page)
    assert "partners=partner:bolt,partner:care&asOf=2026-06-01" in page.url
    await expect(page.get_by_role("table", name="Accounts that both have")).to_contain_text("North Bank")
    await expect(page.get_by_text("No account list of Care Services is known on this day.")).to_be_visible()


async def test_a_partner_that_shares_nothing_says_so(open_page: Open) -> None:
    page = await open_page("/partners/partner:dune?asOf=2024-06-01")
    card = page.get_by_role("region", name="Overlap with us and with other partners")
    await expect(card.get_by_text("No account list of Dune is known on this day.")).to_be_visible()
    await expect(card.get_by_text("It has no active account on this day.")).to_be_visible()


async def test_lists_in_currencies_that_cannot_be_compared_are_shown_unranked(open_page: Open) -> None:
    page = await open_page("/overlap?partners=partner:bolt&asOf=2025-06-01")
    await expect(page.get_by_text("The accounts below cannot be ranked by ARR.")).to_be_visible(timeout=COLD_MS)
    await expect(page.get_by_role("table", name="The accounts of the cell")).to_contain_text("South Retail")
    await expect(page.get_by_text("Whom to sell to together cannot be ranked.")).to_be_visible(timeout=COLD_MS)
    await expect(page.get_by_text("MIXED_CURRENCY").first).to_be_visible()
    assert await violations(page) == []


async def test_ones_own_accounts_and_partners_are_one_click_away_and_can_be_taken(
    open_page: Open, tmp_path: Path
) -> None:
    page = await open_page("/accounts")
    await page.get_by_role("button", name="My accounts").click()
    await page.get_by_label("My key in the CRM").fill("u1")
    assert await violations(page) == []
    await page.keyboard.press("Enter")
    table = page.get_by_role("table", name="Accounts")
    await expect(table.get_by_role("row")).to_have_count(1 + 1)
    await expect(table).to_contain_text("North Bank")
    assert "owner=u1" in page.url
    async with page.expect_download() as saved:
        await page.get_by_role("button", name="Accounts as CSV").click()
    await (await saved.value).save_as(tmp_path / "accounts.csv")
    with (tmp_path / "accounts.csv").open(encoding="utf-8", newline="") as file:
        assert [row["name"] for row in csv.DictReader(file)] == ["North Bank"]
    await page.get_by_role("navigation", name="Views").get_by_role("link", name="Partners").click()
    await page.get_by_role("button", name="My partners").click()
    await expect(page.get_by_text("No partner fits.")).to_be_visible()
    assert "manager=u1" in page.url
    await page.get_by_role("button", name="My partners").click()
    await expect(page.get_by_role("table", name="Partners").get_by_role("row")).to_have_count(1 + 4)
    assert "manager" not in page.url
