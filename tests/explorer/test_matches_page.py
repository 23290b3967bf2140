"""The queue of doubtful pairs: decided by key, and taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from conftest import reset
from doubles import doubles
from playwright.async_api import expect
from tiny_ecosystem import tiny

from ecograph.graph.connection import Database
from ecograph.graph.load import load
from ecograph.graph.resolution import find
from ecograph.graph.settings import Settings

from .conftest import Open, looked_at, pages

TITLE = "Accounts that may be one company"


@pytest.fixture(scope="module")
async def address(server: Database, settings: Settings) -> AsyncIterator[str]:
    await reset(server)
    await load(server, tiny())
    await load(server, doubles())
    await find(server)
    with pages(settings) as found:
        yield found


async def test_the_view_is_accessible_and_fits(open_page: Open) -> None:
    await looked_at(await open_page("/matches"), TITLE)


async def test_a_pair_is_decided_by_one_key_and_taken_back(open_page: Open) -> None:
    page = await open_page("/matches")
    sides = page.get_by_role("table", name="Both accounts, side by side")
    await expect(sides).to_contain_text("southretail.com")
    await expect(page.get_by_role("list", name="Why")).to_contain_text("names alone do not decide")
    said, nothing = page.locator("main").get_by_role("status"), page.get_by_text("No pair waits for a decision.")
    await page.keyboard.press("d")
    await expect(said).to_contain_text("stay apart")
    await expect(nothing).to_be_visible()
    await page.keyboard.press("u")
    await expect(sides).to_be_visible()
    await page.get_by_role("button", name="Same company").click()
    await expect(said).to_contain_text("one company now")
    await expect(nothing).to_be_visible()
    await page.keyboard.press("u")
    await expect(said).to_contain_text("two accounts again, and count as different")
    await page.keyboard.press("u")
    await expect(sides).to_be_visible()


async def test_what_somebody_else_decided_is_told(open_page: Open) -> None:
    page, other = await open_page("/matches"), await open_page("/matches")
    await page.keyboard.press("d")
    await expect(page.locator("main").get_by_role("status")).to_contain_text("stay apart")
    await other.keyboard.press("s")
    await expect(other.get_by_role("alert")).to_contain_text("was decided DIFFERENT")
    await page.keyboard.press("u")
    await expect(page.get_by_role("table", name="Both accounts, side by side")).to_be_visible()
