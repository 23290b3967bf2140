"""What a partner's own login sees of us: read and set on the partner's page."""

from __future__ import annotations

from playwright.async_api import expect

from ecograph.graph.connection import Database
from ecograph.graph.model import Population, SharingLevel
from ecograph.graph.sharing import Rule, rules_of

from .conftest import Open


async def test_what_is_shared_is_set_on_the_partners_page(open_page: Open, server: Database) -> None:
    page = await open_page("/partners/partner:bolt")
    table = page.get_by_role("table", name="What is shared with Bolt")
    level = table.get_by_role("combobox", name="Customer: its login sees")
    await expect(level).to_have_value("HIDDEN")
    await expect(table.get_by_text("No account is shown")).to_have_count(3)
    await level.select_option("OVERLAPPING")
    fields = table.get_by_role("group", name="Customer: fields")
    await fields.get_by_role("checkbox", name="Segment").click()
    await expect(fields.get_by_role("checkbox", name="Segment")).to_be_checked()
    await expect(fields.get_by_role("checkbox", name="ARR")).not_to_be_checked()

    assert await rules_of(server, "partner:bolt") == [Rule(Population.CUSTOMER, SharingLevel.OVERLAPPING, ("segment",))]
    await page.reload()
    await expect(level).to_have_value("OVERLAPPING")
    await level.select_option("HIDDEN")
    await expect(table.get_by_text("No account is shown")).to_have_count(3)
