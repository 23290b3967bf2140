"""The report of two partners: whom both have, whom each could bring in where, and that it can be sent and printed."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from playwright.async_api import expect
from tiny_ecosystem import edge, edges

from ecograph.graph.connection import Database
from ecograph.graph.keys import create_key
from ecograph.graph.load import Dataset, load
from ecograph.graph.settings import Settings

from .conftest import PHONE, Open, looked_at, pages

PAIR = "/report?partner=partner:bolt&with=partner:dune&asOf=2026-06-01"
CARDS = (
    "On both lists", "Accounts of both", "Where Bolt could bring Dune in", "Where Dune could bring Bolt in",
    "Between their products", "Who lifts whom", "How sure this is",
)  # fmt: skip


async def _know(database: Database, *known: tuple[str, str, str]) -> None:
    rows = [edge(f"partner:{by}", f"account:{of}", date(2026, 1, 1), population=what) for by, of, what in known]
    await load(database, Dataset("more", (edges("KNOWS", *rows),), f"more-{len(known)}"))


@pytest.fixture
async def shared(graph: Database) -> Database:
    """North Bank is an open opportunity of Bolt's and a customer of Dune's; South Retail stays Bolt's alone, and Gone,
    which used Bolt's product, is Dune's alone, as Cold Corp is."""
    known = [("bolt", "north", "OPPORTUNITY"), ("dune", "north", "CUSTOMER"), ("dune", "gone", "PROSPECT")]
    await _know(graph, *known)
    return graph


@pytest.fixture
async def address(shared: Database, settings: Settings) -> AsyncIterator[str]:
    with pages(settings) as found:
        yield found


async def test_it_says_whom_both_have_and_is_accessible(open_page: Open) -> None:
    page = await open_page(PAIR)
    for card in CARDS:
        await expect(page.get_by_role("region", name=card, exact=True)).to_be_visible()
    matrix = page.get_by_role("table", name="Accounts by what they are to Bolt and to Dune")
    await expect(matrix.locator("tbody").get_by_role("row", name="Open opportunity")).to_have_text(
        "Open opportunity" + "1" + "00"
    )
    ours = page.get_by_role("table", name="What the accounts on both lists are to us")
    await expect(ours.get_by_role("row", name="Our customer")).to_contain_text("$120K")
    both = page.get_by_role("table", name="Accounts of both").get_by_role("row", name="North Bank")
    for text in ("Customer", "Open opportunity", "$90K", "0."):  # its ARR of that day, where a history was imported
        await expect(both).to_contain_text(text)
    brought = page.get_by_role("region", name="Where Bolt could bring Dune in")
    await expect(brought).to_contain_text("Dune has nothing to do yet with any account that only Bolt has.")
    between = page.get_by_role("table", name="Integrations between their products")
    await expect(between.get_by_role("row", name="View for Flow")).to_contain_text("Bolt Flow, Dune View")
    await expect(page.get_by_role("region", name="Who lifts whom")).to_contain_text("None is known.")
    await looked_at(page, "Bolt and Dune")


async def test_each_list_is_a_file_too(open_page: Open, tmp_path: Path) -> None:
    page = await open_page(PAIR)
    expected = {
        "The accounts on both lists as CSV": {"North Bank"},
        "All accounts that only Bolt has as CSV": {"South Retail"},
        "All accounts that only Dune has as CSV": {"Cold Corp", "Gone Ltd"},
    }
    for name, accounts in expected.items():
        async with page.expect_download() as coming:
            await page.get_by_role("button", name=name, exact=True).click()
        file = tmp_path / f"{name}.csv"
        await (await coming.value).save_as(file)
        assert {row["name"] for row in csv.DictReader(file.read_text("utf-8").splitlines())} == accounts


async def test_it_is_reached_from_the_report_of_one_and_from_the_overlap(open_page: Open) -> None:
    page = await open_page("/report?partner=partner:bolt&asOf=2026-06-01")
    await page.get_by_role("button", name="With another partner").click()
    await page.get_by_role("combobox", name="With another partner").fill("dun")
    await expect(page.get_by_role("option", name="Dune")).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Bolt and Dune")
    assert page.url.endswith(PAIR.replace("&asOf=2026-06-01", "") + "&asOf=2026-06-01")
    page = await open_page("/overlap?partners=partner:bolt,partner:dune&asOf=2026-06-01")
    await page.get_by_role("link", name="Report on both").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Bolt and Dune")


async def test_it_is_sent_and_printed(open_page: Open, tmp_path: Path) -> None:
    page = await open_page(PAIR, viewport=PHONE)
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.get_by_role("button", name="Copy link").click()
    await expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert (await page.evaluate("navigator.clipboard.readText()")).endswith(PAIR)
    await page.emulate_media(media="print")
    await expect(page.get_by_role("button")).to_have_count(0)
    await expect(page.locator(".report-foot")).to_contain_text(PAIR)
    file = await page.pdf(path=tmp_path / "pair.pdf", format="A4")
    assert file.startswith(b"%PDF")
    assert file.count(b"/Type /Page\n") <= 3


async def test_amounts_that_cannot_be_compared_cost_the_order_only(open_page: Open, shared: Database) -> None:
    await _know(shared, ("dune", "south", "CUSTOMER"), ("dune", "north", "CUSTOMER"))
    page = await open_page(PAIR)
    assert await page.get_by_role("alert").count() == 0
    both = page.get_by_role("table", name="Accounts of both")
    await expect(both).to_contain_text("North Bank")
    await expect(both).to_contain_text("South Retail")


async def test_where_nothing_is_known_it_says_so(open_page: Open) -> None:
    page = await open_page("/report?partner=bolt&with=care&asOf=2026-06-01")
    both = page.get_by_role("region", name="On both lists")
    await expect(both).to_contain_text("No account list of Care Services is known on this day.")
    await expect(page.get_by_role("region", name="Between their products")).to_contain_text("None is known.")
    await looked_at(page, "Bolt and Care Services")
    page = await open_page("/report?partner=bolt&with=nobody")
    await expect(page.get_by_text("There is no partner partner:nobody.")).to_be_visible()
    page = await open_page("/report?partner=bolt&with=bolt")
    await expect(page.get_by_text("A report of two partners needs two.")).to_be_visible()


class TestOwnLogin:
    @pytest.fixture
    async def address(self, shared: Database, settings: Settings) -> AsyncIterator[str]:
        with pages(settings.model_copy(update={"auth": ("key",)})) as found:
            yield found

    async def test_a_partners_own_login_does_not_get_it(self, open_page: Open, shared: Database) -> None:
        key = await create_key(shared, "portal", ("read",), partner="partner:bolt")
        page = await open_page(f"{PAIR}#token={key}")
        refusal = page.get_by_role("alert")
        await expect(refusal).to_contain_text("This report cannot be made.")
        await expect(refusal).to_contain_text("FORBIDDEN")
        main = page.locator("main")
        for secret in ("Dune", "North Bank", "Cold Corp"):
            await expect(main).not_to_contain_text(secret)
        assert await page.get_by_role("table").count() == 0
