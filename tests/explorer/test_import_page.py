"""An account list is dropped in, looked at, mapped by hand, imported, and its co-sell list taken away."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from ecograph.graph.connection import Database
from ecograph.graph.settings import Settings

from .conftest import Open, looked_at, pages

TITLE = "Import an account list"
GOOD = "Account Name,Website\nNorth Bank,northbank.com\nSouth Retail,south.com\nNewcomer,newcomer.example\n"
LISTED = """MATCH (:Partner {id: 'partner:dune'})-[k:KNOWS {population: 'CUSTOMER'}]->(a:Account)
WHERE k.until IS NULL RETURN a.id ORDER BY a.id"""


@pytest.fixture
async def address(graph: Database, settings: Settings) -> AsyncIterator[str]:
    with pages(settings) as found:
        yield found


async def _choose(page: Page, name: str, text: str) -> None:
    await page.get_by_label("Account list file").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    )


def _text(file: Path) -> str:
    return file.read_text("utf-8")


async def test_a_list_is_uploaded_and_the_co_sell_list_taken_away(
    open_page: Open, graph: Database, tmp_path: Path
) -> None:
    page = await open_page("/import?partner=partner:dune")
    await _choose(page, "dune.csv", GOOD)
    changes = page.get_by_role("region", name="What the import would change")
    await expect(changes).to_contain_text("Newcomer")
    await expect(changes.get_by_text("New account", exact=True)).to_have_count(1)
    assert await graph.rows(LISTED) == [["account:cold"]]
    await looked_at(page, TITLE)
    await page.get_by_role("button", name="Import 3 accounts").click()
    done = page.get_by_role("region", name="Imported")
    await expect(done).to_contain_text("dune.csv: 3 rows loaded")
    assert len(await graph.rows(LISTED)) == 3
    await looked_at(page, TITLE)
    await page.get_by_role("link", name="Overlap with Dune").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Account overlap")
    await expect(page.locator("main")).to_contain_text("North Bank")
    async with page.expect_download() as begun:
        await page.get_by_role("button", name="Whom to sell to together as CSV").click()
    await (await begun.value).save_as(tmp_path / "co-sell.csv")
    rows = list(csv.reader(io.StringIO(_text(tmp_path / "co-sell.csv"))))
    assert any("South Retail" in cell for row in rows[1:] for cell in row)


async def test_columns_are_chosen_by_hand_and_bad_rows_set_aside(
    open_page: Open, graph: Database, tmp_path: Path
) -> None:
    page = await open_page("/import?partner=partner:dune")
    odd = "Firma,Netz\nNorth Bank,northbank.com\n,gmail.com\nSouth,south.com,too,many\n"
    await _choose(page, "odd.csv", odd)
    await expect(page.get_by_role("alert")).to_contain_text("Choose which one does.")
    columns = page.get_by_role("group", name="Columns")
    await columns.get_by_label("Website").select_option("Netz")
    await columns.get_by_label("Name").select_option("Firma")
    bad = page.get_by_role("table", name="Bad rows, with why")
    await expect(bad).to_contain_text("the row has 4 cells, the header has 2")
    await expect(page.get_by_role("alert")).to_have_count(0)
    assert await page.get_by_role("button", name="Import 1 account").count() == 0
    await looked_at(page, TITLE)
    await page.get_by_role("checkbox", name="Load the 1 good row and set the 2 bad ones aside").check()
    await page.get_by_role("button", name="Import 1 account").click()
    await expect(page.get_by_role("region", name="Imported")).to_contain_text("1 row loaded, 2 set aside")
    async with page.expect_download() as begun:
        await page.get_by_role("button", name="Rows that were set aside").click()
    await (await begun.value).save_as(tmp_path / "aside.csv")
    assert 'South,south.com,4,"the row has 4 cells' in _text(tmp_path / "aside.csv")
    assert await graph.rows(LISTED) == [["account:cold"], ["account:north"]]


async def test_a_file_that_cannot_be_read_is_told(open_page: Open) -> None:
    page = await open_page("/import?partner=us&as=PROSPECT")
    await _choose(page, "book.xlsx", "PK")
    await expect(page.get_by_role("alert")).to_contain_text("book.xlsx is not CSV, JSON Lines or Parquet.")
    await _choose(page, "list.csv", "PK\x03\x04 a spreadsheet under another name")
    await expect(page.get_by_role("alert")).to_contain_text("is a spreadsheet or an archive; save it as CSV")
