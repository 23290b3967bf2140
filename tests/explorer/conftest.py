"""The pages in a real browser, on the real server over the tiny ecosystem."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from in_thread import serving
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright, expect

from ecograph.api import create_app
from ecograph.api.explorer import STATIC
from ecograph.graph.connection import Database
from ecograph.graph.settings import Settings
from ecograph.queries.run import measure

ROOT = Path(__file__).parents[2]
AXE = ROOT / "api" / "explorer" / "node_modules" / "axe-core" / "axe.min.js"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
WITHOUT_WEBGL = ("--disable-gpu",)
WITH_WEBGL = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")
"""Without a graphics card: then everything is drawn by it, which takes a quarter of the time of the other pages."""
PATIENCE_MS = 45_000
COLD_MS = 120_000  # a cold plan on a busy machine, waited for only while the page says that it loads
DRIVER = "GL Driver Message"  # the browser's own notes on WebGL without a graphics card
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
SCREENS: tuple[tuple[Any, Any], ...] = ((WIDE, "light"), (PHONE, "dark"))

expect.set_options(timeout=PATIENCE_MS)

Open = Callable[..., Awaitable[Page]]


def _missing(what: str) -> None:
    """Skip on a user's machine; CI must have all that the page tests need."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what}, and CI must have it")
    pytest.skip(f"{what}: the page tests did not run")


def browser_program() -> str | None:
    """An installed Chromium or Chrome."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


@asynccontextmanager
async def _launched(*flags: str) -> AsyncIterator[Browser]:
    program = browser_program()
    if program is None:
        _missing("no Chromium or Chrome is installed")
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=program, args=[*FLAGS, *flags])
        yield launched
        await launched.close()


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with _launched(*WITHOUT_WEBGL) as launched:
        yield launched


@pytest.fixture(scope="session")
async def browser_that_draws() -> AsyncIterator[Browser]:
    """For the pages that draw by WebGL."""
    async with _launched(*WITH_WEBGL) as launched:
        yield launched


@contextmanager
def pages(settings: Settings) -> Iterator[str]:
    """The address of the built pages, with time for cold plans."""
    if not (STATIC / "index.html").is_file():
        _missing("the pages were not built (ECOGRAPH_SKIP_EXPLORER)")
    app = create_app(settings.model_copy(update={"query_timeout_s": COLD_MS / 1000}))
    with serving(app, log_level="error", ws="none") as found:
        yield found


@pytest.fixture(scope="module")
async def address(still: Database, settings: Settings) -> AsyncIterator[str]:
    with pages(settings) as found:
        yield found


@pytest.fixture(scope="module")
async def measured(still: Database, settings: Settings) -> Database:
    """The tiny ecosystem with all its measures."""
    await measure(still, settings, grace_s=0)
    return still


def _is_complaint(line: ConsoleMessage, expected: str) -> bool:
    return line.type in ("error", "warning") and DRIVER not in line.text and expected not in line.text


@pytest.fixture
async def open_page(browser: Browser, address: str) -> AsyncIterator[Open]:
    """Opens a page, ready to be looked at; whatever the browser complains of, but for what is `expected`, fails the
    test."""
    contexts: list[Any] = []
    complaints: list[str] = []

    async def opened(path: str, *, ready: bool = True, expected: str = DRIVER, **options: Any) -> Page:
        context = await browser.new_context(
            **{"viewport": WIDE, "locale": "en-US", "reduced_motion": "reduce"} | options
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page: Page = await context.new_page()
        page.on("console", lambda line: complaints.append(line.text) if _is_complaint(line, expected) else None)
        page.on("pageerror", lambda failure: complaints.append(str(failure)))
        await page.goto(address + path)
        if ready:
            await settled(page)
        return page

    yield opened
    for context in contexts:
        await context.close()
    assert complaints == []


async def settled(page: Page) -> None:
    """Wait until the page has its title and nothing is on its way."""
    await page.locator("h1").first.wait_for()
    await expect(page.locator(".skeleton, .is-stale")).to_have_count(0, timeout=COLD_MS)


async def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA and good practice."""
    if not AXE.is_file():
        _missing("axe-core is not installed in api/explorer/node_modules")
    # Evaluated by the debugger, which the page's Content-Security-Policy does not bind.
    await page.evaluate(AXE.read_text("utf-8") + "; null")
    found = await page.evaluate("axe.run()")
    return [
        f"{one['id']}: {one['help']} ({node['target']}: {node['failureSummary']})"
        for one in found["violations"]
        for node in one["nodes"]
    ]


async def looked_at(page: Page, title: str) -> None:
    """A view with its title, without violations and within the screen, wide and light as on a phone and dark."""
    await expect(page.get_by_role("heading", level=1)).to_have_text(title)
    for screen, scheme in SCREENS:
        await page.set_viewport_size(screen)
        await page.emulate_media(color_scheme=scheme)
        assert await violations(page) == [], scheme
        assert await page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
