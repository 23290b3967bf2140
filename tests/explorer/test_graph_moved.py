"""The picture of the partner graph while it is moved, where drawing is quick and where it takes long."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, expect

from ecograph.graph.connection import Database
from ecograph.graph.settings import Settings

from .conftest import Open, pages, settled

NEVER_DONE = "WebGL2RenderingContext.prototype.clientWaitSync = () => WebGL2RenderingContext.TIMEOUT_EXPIRED"
"""Drawing that never ends, so that the picture is shifted and not drawn."""
DRAWN_AT_ONCE = "performance.now = () => 0"
TRANSFORM = "document.querySelector('.sigma-stage').style.transform"


@pytest.fixture(scope="module")
def browser(browser_that_draws: Browser) -> Browser:
    return browser_that_draws


@pytest.fixture(scope="module")
async def address(measured: Database, settings: Settings) -> AsyncIterator[str]:
    with pages(settings) as found:
        yield found


@pytest.mark.parametrize("as_if", [NEVER_DONE, DRAWN_AT_ONCE], ids=["slow", "quick"])
async def test_a_partner_is_chosen_where_it_is_seen_after_a_movement(open_page: Open, as_if: str) -> None:
    page = await open_page("/ask")
    await page.evaluate(as_if)
    await page.get_by_role("link", name="Graph", exact=True).click()
    await settled(page)
    await page.get_by_role("combobox", name="Find a partner in the picture").fill("bol")
    await expect(page.get_by_role("option", name="Bolt")).to_be_visible()
    await page.keyboard.press("Enter")  # now it stands in the middle
    panel = page.get_by_role("complementary", name="The chosen partner")
    await panel.get_by_role("button", name="Let go of Bolt").click()
    await expect(panel).to_have_count(0)
    picture = page.get_by_role("img", name="Partner graph")
    await picture.scroll_into_view_if_needed()
    await page.wait_for_timeout(1_000)  # WebGL has no event for "drawn"
    box = await picture.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 90, y + 60, steps=10)
    shifted = await page.evaluate(TRANSFORM)
    assert shifted.startswith("matrix(1, 0, 0, 1, ") if as_if == NEVER_DONE else shifted == ""
    await page.wait_for_timeout(300)  # a pause, so that the picture does not swing on
    await page.mouse.up()
    await page.wait_for_timeout(350)  # else it would be a double click; the picture that is shifted is not drawn yet
    await page.mouse.down()
    await page.mouse.up()
    await expect(panel).to_contain_text("Bolt")
    assert "partner=partner:bolt" in page.url
    await expect(page.locator(".sigma-stage")).to_have_css("transform", "none")
