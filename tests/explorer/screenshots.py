"""Pictures of the pages over the synthetic ecosystem, for the docs: `make screenshots`, or some of them by name.

A server that already runs is looked at with ECOGRAPH_URL=http://127.0.0.1:8484; otherwise one is started in a folder of
its own, filled and measured, which takes about a minute.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from conftest import FLAGS, PHONE, ROOT, WITH_WEBGL, browser_program, pages, settled
from playwright.async_api import Browser, Page, async_playwright

from ecograph.graph.connection import open_database
from ecograph.graph.embedded import stop
from ecograph.graph.load import load
from ecograph.graph.migrations import migrate
from ecograph.graph.settings import Settings
from ecograph.queries.run import measure
from ecograph.seeds.synthetic import Size, generate

PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 200_000
SCREEN = {"width": 1280, "height": 860}
SMALLER = {"width": 1120, "height": 760}  # many dots and lines make large files
ASKED = """{
  centrality(measure: PAGE_RANK, first: 40) { nodes { node { id } } }
  accounts(first: 6, where: { domain: { isNull: false } }) { nodes { name domain } }
}"""


@asynccontextmanager
async def _address() -> AsyncIterator[str]:
    """The server to look at."""
    if running := os.environ.get("ECOGRAPH_URL"):
        yield running.rstrip("/")
        return
    with TemporaryDirectory() as home:
        settings = Settings.load(home=Path(home))
        try:
            async with open_database(settings) as database:
                await migrate(database)
                await load(database, generate(Size.SMALL).dataset)
                await measure(database, settings, grace_s=0)
                with pages(settings) as found:
                    yield found
        finally:
            stop(settings)


async def _page(browser: Browser, address: str, path: str, **options: Any) -> Page:
    context = await browser.new_context(**{"viewport": SCREEN, "locale": "en-US", "reduced_motion": "reduce"} | options)
    page = await context.new_page()
    await page.goto(address + path)
    await settled(page)
    await page.locator(".chart:not(:has(svg))").first.wait_for(state="detached")
    await page.wait_for_timeout(2_000)  # WebGL has no event for "drawn"
    return page


async def _asked(browser: Browser, address: str) -> dict[str, Any]:
    """The partners with the largest PageRank, and some accounts."""
    page = await _page(browser, address, "/ask")
    answer: dict[str, Any] = await page.evaluate(
        """async (query) => (await (await fetch('/graphql', {
          method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify({query}),
        })).json()).data""",
        ASKED,
    )
    return answer


async def _drop_list(page: Page, accounts: list[dict[str, str]]) -> None:
    """A list of these accounts, of a new one, and of one that nobody can know."""
    rows = [f"{one['name']},{one['domain']}" for one in accounts]
    text = "\n".join(["Account Name,Website", *rows, "Harbour Foods,harbourfoods.home.arpa", ",gmail.com", ""])
    file = {"name": "customers.csv", "mimeType": "text/csv", "buffer": text.encode()}
    await page.get_by_label("Account list file").set_input_files(file)  # type: ignore[arg-type]
    await page.get_by_role("checkbox").check()
    await settled(page)
    await page.evaluate("document.activeElement.blur(), scrollTo(0, 0)")


async def main() -> None:
    program = browser_program()
    if program is None:
        sys.exit("No Chromium or Chrome is installed.")
    PICTURES.mkdir(exist_ok=True)
    async with _address() as address, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=[*FLAGS, *WITH_WEBGL])
        asked = await _asked(browser, address)
        first, second, *_, last = [one["node"]["id"] for one in asked["centrality"]["nodes"]]
        views: dict[str, tuple[str, dict[str, Any]]] = {
            "home": ("/", {}),
            "home-dark": ("/", {"color_scheme": "dark"}),
            "home-phone": ("/", {"viewport": PHONE}),
            "partner": (f"/partners/{first}", {}),
            "graph": (f"/graph?partner={last}", {"color_scheme": "dark", "viewport": SMALLER}),
            "segments": ("/graph?arrange=sector&type=TECHNOLOGY", {"viewport": {"width": 1000, "height": 780}}),
            "heat-map": ("/overlap", {}),
            "overlap": (f"/overlap?partners={first}", {}),
            "report": (f"/report?partner={first}", {}),
            "import": (f"/import?partner={first}", {"viewport": {"width": 1280, "height": 1700}}),
            "what-if": (f"/what-if?partners={first},{second}", {}),
        }
        for name in sys.argv[1:] or views:
            path, options = views[name]
            page = await _page(browser, address, path, **options)
            if name == "import":
                await _drop_list(page, asked["accounts"]["nodes"])
            image = await page.screenshot(path=PICTURES / f"{name}.png", timeout=120_000)
            if len(image) > MOST_BYTES:
                sys.exit(f"{name}.png has {len(image):,} bytes; {MOST_BYTES:,} is the most.")
            await page.context.close()
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
