"""The report of us and one partner: what it says, and that it can be sent and printed."""

from __future__ import annotations

import csv
from pathlib import Path

from playwright.async_api import Page, expect

from .conftest import PHONE, Open, looked_at, settled, violations

DUNE = "/report?partner=partner:dune&asOf=2026-06-01"
CARDS = (
    "On the list of Dune", "Accounts of both that Dune strengthens most", "Whom to sell to together",
    "Accounts only Dune has", "Accounts only we have", "Its list in the year", "How deals go with it",
    "How sure this is",
)  # fmt: skip


async def test_the_report_is_accessible_and_fits(open_page: Open) -> None:
    await looked_at(await open_page(DUNE), "Acme and Dune")


async def test_the_report_says_who_both_have_what_to_do_and_how_sure_it_is(open_page: Open) -> None:
    page = await open_page(DUNE)
    for card in CARDS:
        await expect(page.get_by_role("region", name=card)).to_be_visible()
    head = page.locator(".head")
    await expect(head).to_contain_text("Jun 1, 2026")
    await expect(head).to_contain_text("1 account; unchanged in the year before")
    await expect(head).to_contain_text("own login sees of our accounts, which is nothing")
    matrix = page.get_by_role("table", name="Accounts by what they are to us and to Dune")
    await expect(matrix.get_by_role("row", name="Our prospect")).to_contain_text("1")
    why = page.get_by_role("region", name=CARDS[1]).get_by_role("row", name="Cold Corp")
    await expect(why).to_contain_text("On its account list")
    await expect(page.get_by_role("table", name="Accounts only we have")).to_contain_text("North Bank")
    await expect(page.get_by_role("region", name="How deals go with it")).to_contain_text("Too few deals to compare.")
    sure = page.get_by_role("region", name="How sure this is")
    await expect(sure).to_contain_text("No pair of accounts is in doubt.")


async def test_what_happened_to_the_list_is_counted_by_month(open_page: Open) -> None:
    page = await open_page("/report?partner=bolt&asOf=2025-06-01")
    months = page.get_by_role("table", name="Changes of the list by month")
    await expect(months.get_by_role("row", name="Mar 2025")).to_contain_text("1 came")
    await expect(months.get_by_role("row")).to_have_count(1 + 13)
    latest = page.get_by_role("table", name="The latest changes of the list")
    await expect(latest).to_contain_text("South Retail")
    await expect(page.locator(".head")).to_contain_text("last changed Mar 1, 2025, 92 days before")


async def test_amounts_that_cannot_be_compared_cost_their_lists_and_not_the_report(open_page: Open) -> None:
    page = await open_page("/report?partner=bolt&asOf=2025-06-01")
    await expect(page.get_by_role("alert")).to_contain_text("cannot be ranked")
    await expect(page.get_by_role("alert")).to_contain_text("MIXED_CURRENCY")
    await expect(page.get_by_role("region", name="Whom to sell to together")).to_have_count(0)
    await expect(page.get_by_role("region", name="How sure this is")).to_be_visible()


async def test_every_list_that_is_not_empty_is_a_file_too(open_page: Open, tmp_path: Path) -> None:
    page = await open_page("/report?partner=partner:bolt&asOf=2026-02-01")
    buttons = page.get_by_role("button", name="as CSV")
    names = [await button.get_attribute("aria-label") or "" for button in await buttons.all()]
    assert names == [
        "The list of Bolt as CSV", "Accounts of both that it strengthens as CSV", "Accounts only we have as CSV",
        "Changes of the list of Bolt as CSV",
    ]  # fmt: skip
    for name in names:
        async with page.expect_download() as coming:
            await page.get_by_role("button", name=name, exact=True).click()
        file = tmp_path / f"{name}.csv"
        await (await coming.value).save_as(file)
        assert list(csv.DictReader(file.read_text("utf-8").splitlines())), name


async def test_the_link_is_copied_without_what_its_fragment_holds(open_page: Open) -> None:
    page = await open_page(DUNE)
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.evaluate("history.replaceState(null, '', location.href + '#kept=back')")
    await page.get_by_role("button", name="Copy link").click()
    await expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url.removesuffix("#kept=back")
    assert copied.endswith(DUNE)


async def _background(page: Page) -> str:
    found: str = await page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    return found


async def test_on_paper_there_is_the_report_alone_in_light_colours(open_page: Open, tmp_path: Path) -> None:
    page = await open_page(DUNE, color_scheme="dark")
    await page.emulate_media(media="print", color_scheme="dark")
    assert await _background(page) == "rgb(255, 255, 255)"
    await expect(page.get_by_role("navigation")).to_have_count(0)
    await expect(page.get_by_role("button")).to_have_count(0)
    await expect(page.get_by_role("searchbox")).to_have_count(0)
    foot = page.locator(".report-foot")
    await expect(foot).to_contain_text("as of Jun 1, 2026")
    await expect(foot).to_contain_text(DUNE)
    inside = "[...document.querySelectorAll('.card')].map((one) => getComputedStyle(one).breakInside)"
    assert set(await page.evaluate(inside)) == {"avoid"}
    assert await violations(page) == []
    file = await page.pdf(path=tmp_path / "report.pdf", format="A4")
    assert file.startswith(b"%PDF")
    assert file.count(b"/Type /Page\n") <= 4
    assert await page.evaluate("document.adoptedStyleSheets.length") == 1


async def test_it_is_printed_by_its_button(open_page: Open) -> None:
    page = await open_page(DUNE, viewport=PHONE)
    await page.evaluate("window.print = () => { window.printed = true; }")
    await page.get_by_role("button", name="Print").click()
    assert await page.evaluate("window.printed")


async def test_partner_and_overlap_lead_to_it_and_a_partner_can_be_chosen(open_page: Open) -> None:
    for path in ("/partners/partner:bolt?asOf=2026-06-01", "/overlap?partners=partner:bolt&asOf=2026-06-01"):
        page = await open_page(path)
        await page.get_by_role("link", name="Report", exact=True).click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Acme and Bolt")
        assert page.url.endswith("/report?partner=partner:bolt&asOf=2026-06-01")
    page = await open_page("/report")
    await looked_at(page, "Report")
    await page.get_by_role("combobox", name="Report with").fill("car")
    await expect(page.get_by_role("option", name="Care Services")).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Acme and Care Services")
    await settled(page)
    await expect(page.get_by_text("No account list of Care Services is known")).to_be_visible()


async def test_a_partner_that_is_not_known_is_said(open_page: Open) -> None:
    page = await open_page("/report?partner=nobody")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Not found")
    await expect(page.get_by_text("There is no partner partner:nobody.")).to_be_visible()
