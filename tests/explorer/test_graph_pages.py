"""The partner graph: its picture, its table, and what can be taken away."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.async_api import Browser, expect

from ecograph.graph.connection import Database
from ecograph.graph.settings import Settings

from .conftest import Open, looked_at, pages, settled


@pytest.fixture(scope="module")
def browser(browser_that_draws: Browser) -> Browser:
    return browser_that_draws


@pytest.fixture(scope="module")
async def address(measured: Database, settings: Settings) -> AsyncIterator[str]:
    with pages(settings) as found:
        yield found


@pytest.mark.parametrize(
    "asked", ["", "?until=2023-06", "?partner=partner:bolt&to=partner:dune&colour=type",
              "?arrange=sector&size=coverageShapley"],
)  # fmt: skip
async def test_it_is_accessible_and_fits(open_page: Open, asked: str) -> None:
    await looked_at(await open_page(f"/graph{asked}"), "Partner graph")


async def test_the_graph_is_drawn_and_its_table_says_the_same(open_page: Open) -> None:
    page = await open_page("/graph")
    await expect(page.get_by_role("img", name="Partner graph")).to_be_visible()
    table = page.get_by_role("table", name="The partners of the picture")
    await expect(table.get_by_role("row")).to_have_count(1 + 4)
    await expect(page.get_by_role("list", name="Colours")).to_contain_text("1:")
    await table.get_by_role("button", name="Partner", exact=True).click()
    await expect(table.get_by_role("row").nth(1)).to_contain_text("Bolt")
    await expect(page.get_by_role("columnheader", name="Partner", exact=True)).to_have_attribute(
        "aria-sort", "ascending"
    )
    await page.get_by_role("combobox", name="Type", exact=True).select_option("Service")
    await expect(table.get_by_role("row")).to_have_count(1 + 1)
    assert "type=SERVICE" in page.url


async def test_a_partner_chosen_by_keyboard_shows_its_numbers_and_who_is_tied_to_it(open_page: Open) -> None:
    page = await open_page("/graph")
    await page.get_by_role("combobox", name="Find a partner in the picture").fill("bol")
    await expect(page.get_by_role("option", name="Bolt")).to_be_visible()
    await page.keyboard.press("Enter")
    panel = page.get_by_role("complementary", name="The chosen partner")
    await expect(panel).to_contain_text("PageRank")
    await expect(panel).to_contain_text("ARR only this partner covers")
    table = page.get_by_role("table", name="Bolt and the partners tied to it")
    await expect(table).to_contain_text("Care Services")
    assert "partner=partner:bolt" in page.url
    await panel.get_by_role("combobox", name="Way to another partner").fill("care")
    await expect(page.get_by_role("option", name="Care Services")).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("table", name="The way from Bolt to Care Services").get_by_role("row")).to_have_count(
        3
    )
    await page.reload()
    await settled(page)
    await expect(page.get_by_role("table", name="The way from Bolt to Care Services")).to_be_visible()
    await panel.get_by_role("button", name="Let go of Bolt").click()
    await expect(page.get_by_role("table", name="The partners of the picture")).to_be_visible()


async def test_picture_and_table_can_be_taken_away(open_page: Open, tmp_path: Path) -> None:
    page = await open_page("/graph")
    async with page.expect_download() as coming:
        await page.get_by_role("button", name="PNG").click()
    image = tmp_path / "graph.png"
    await (await coming.value).save_as(image)
    assert image.read_bytes().startswith(b"\x89PNG")
    colours = await page.evaluate(
        """async (bytes) => {
          const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
          const canvas = new OffscreenCanvas(image.width, image.height);
          const context = canvas.getContext('2d');
          context.drawImage(image, 0, 0);
          const { data } = context.getImageData(0, 0, image.width, image.height - 60);
          return new Set(new Uint32Array(data.buffer)).size;
        }""",
        list(image.read_bytes()),
    )
    assert colours > 50, "dots and names have many shades"
    async with page.expect_download() as coming:
        await page.get_by_role("button", name="CSV").click()
    await (await coming.value).save_as(tmp_path / "partners.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "partners.csv").read_text("utf-8"))))
    assert {row["id"] for row in rows} == {"partner:bolt", "partner:care", "partner:dune", "partner:exit"}


async def test_the_graph_is_arranged_by_segment_and_sized_by_a_measure(open_page: Open) -> None:
    page = await open_page("/graph?sort=-size")
    groups = page.get_by_role("list", name="Groups")
    await expect(groups).to_have_count(0)
    await page.get_by_role("combobox", name="Arrange by").select_option("Sector")
    await expect(groups.get_by_role("listitem")).to_have_text(["Analytics (1)", "Automation (1)", "No sector (2)"])
    table = page.get_by_role("table", name="The partners of the picture")
    await expect(table.get_by_role("row", name="Bolt")).to_contain_text("Automation")
    await page.get_by_role("combobox", name="Type", exact=True).select_option("Technology")
    await expect(groups.get_by_role("listitem")).to_have_text(["Analytics (1)", "Automation (1)"])
    await page.get_by_role("combobox", name="Type", exact=True).select_option("All")
    sizes = page.get_by_role("list", name="Sizes")
    await expect(sizes).to_contain_text("Size: PageRank")
    await page.get_by_role("combobox", name="Size by").select_option("Accounts shared")
    await expect(sizes).to_contain_text("Size: Accounts shared")
    column = table.get_by_role("columnheader", name="Accounts shared")
    await expect(column).to_have_attribute("aria-sort", "descending")
    await page.get_by_role("combobox", name="Size by").select_option("Fair share of covered ARR")
    await expect(table.get_by_role("row").nth(1)).to_contain_text("€54.5K")
    assert "arrange=sector" in page.url
    assert "size=coverageShapley" in page.url
    await page.goto(page.url + "&until=2022-06")
    await settled(page)
    await expect(groups.get_by_role("listitem")).to_have_text(["Automation (1)", "No sector (1)"])
    await page.get_by_role("combobox", name="Size by").select_option("Ties")
    await expect(table.get_by_role("columnheader", name="Ties")).to_have_count(1)


async def test_the_picture_is_taken_away_as_drawn_lines_and_dots(open_page: Open, tmp_path: Path) -> None:
    page = await open_page("/graph?arrange=region")
    await expect(page.get_by_role("list", name="Groups")).to_contain_text("No region (4)")
    async with page.expect_download() as coming:
        await page.get_by_role("button", name="SVG").click()
    await (await coming.value).save_as(tmp_path / "graph.svg")
    picture = ElementTree.parse(tmp_path / "graph.svg").getroot()
    space = {"svg": "http://www.w3.org/2000/svg"}
    assert len(picture.findall(".//svg:circle", space)) == 4
    assert len(picture.findall(".//svg:line", space)) == 2
    titles = {one.text for one in picture.findall(".//svg:circle/svg:title", space)}
    assert titles == {"Bolt", "Care Services", "Dune", "Exit"}
    texts = {one.text for one in picture.findall(".//svg:text", space)}
    assert {"Partner graph", "No region (4)", "Bolt"} <= texts


async def test_the_growth_of_the_graph_is_replayed(open_page: Open) -> None:
    page = await open_page("/graph?until=2022-06")
    table = page.get_by_role("table", name="The partners of the picture")
    await expect(table.get_by_role("row")).to_have_count(1 + 2)
    growth = page.get_by_role("group", name="How the graph grew")
    await expect(growth).to_contain_text("End of Jun 2022: 2 partners")
    slider = growth.get_by_role("slider")
    await slider.focus()
    await page.keyboard.press("Home")
    await expect(growth).to_contain_text("1 partner,")
    await growth.get_by_role("button", name="Replay").click()
    await expect(growth).to_contain_text("Today: 4 partners", timeout=45_000)
    assert "until" not in page.url
    await expect(table.get_by_role("row")).to_have_count(1 + 4)


async def test_the_graph_of_another_day_is_not_claimed(open_page: Open) -> None:
    page = await open_page("/graph?asOf=2024-06-01")
    await expect(page.get_by_text("Earlier pictures are not stored")).to_be_visible()


async def test_without_webgl_the_table_is_there(open_page: Open) -> None:
    page = await open_page("/ask")
    await page.evaluate("HTMLCanvasElement.prototype.getContext = () => null")
    await page.get_by_role("link", name="Graph", exact=True).click()
    await expect(page.get_by_text("This browser cannot draw the picture.")).to_be_visible()
    await expect(page.get_by_role("table", name="The partners of the picture")).to_contain_text("Bolt")
