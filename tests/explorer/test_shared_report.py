"""The report in a partner's own login: what is shared with it, and no error for the rest."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import expect

from ecograph.graph.connection import Database
from ecograph.graph.keys import create_key
from ecograph.graph.model import Population, SharingLevel
from ecograph.graph.settings import Settings
from ecograph.graph.sharing import set_rule

from .conftest import Open, looked_at, pages


@pytest.fixture
async def key(graph: Database) -> str:
    """A login of Bolt, to which those of our customers on its list are shown, with their segment."""
    await set_rule(graph, "partner:bolt", Population.CUSTOMER, SharingLevel.OVERLAPPING, ("segment",))
    return await create_key(graph, "portal", ("read",), partner="partner:bolt")


@pytest.fixture
async def address(graph: Database, settings: Settings) -> AsyncIterator[str]:
    with pages(settings.model_copy(update={"auth": ("key",)})) as found:
        yield found


async def test_a_partner_sees_what_is_shared_with_it(open_page: Open, key: str) -> None:
    page = await open_page(f"/report?partner=partner:bolt&asOf=2026-06-01#token={key}")
    await looked_at(page, "The overlap with Bolt")
    assert await page.get_by_role("alert").count() == 0
    matrix = page.get_by_role("table", name="Accounts by what they are to us and to Bolt")
    await expect(matrix.get_by_role("row", name="Our customer")).to_contain_text("1")
    both = page.get_by_role("table", name="Accounts of both")
    await expect(both).to_contain_text("South Retail")
    await expect(both).to_contain_text("SMB")
    await expect(page.locator("main")).not_to_contain_text("€")
    await expect(page.locator("main")).not_to_contain_text("Acme")


async def test_a_partner_has_no_report_of_another(open_page: Open, key: str) -> None:
    page = await open_page(f"/report?partner=partner:dune#token={key}")
    await expect(page.get_by_text("There is no partner partner:dune.")).to_be_visible()
    assert await page.get_by_role("table").count() == 0
