"""How soon the pages can be used: the first view in a browser just started, and changes of view with the answers kept.

    .venv/bin/python benchmarks/page_times.py --help

The synthetic ecosystem of `make demo` is loaded and measured once, in a home of its own. A view can be used when its
title is there and nothing in it is loading. The first view is timed from the start of the navigation, in a new process
of headless Chromium with nothing kept; the server has answered it once before. Changes of view are clicks on the menu
after every view has been seen once.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ecosystem import PATIENCE_S
from frame_rate import FLAGS, WIDE
from platformdirs import user_cache_path
from playwright.async_api import Page, Playwright, async_playwright
from report import write
from serving import ecograph_command, started

from ecograph.graph import embedded
from ecograph.graph.connection import open_database
from ecograph.graph.load import load
from ecograph.graph.migrations import migrate
from ecograph.graph.settings import Settings
from ecograph.queries.run import measure
from ecograph.seeds.synthetic import Size, generate

FIRST = ("", "partners", "accounts", "overlap", "graph", "what-if", "ask")
MENU = ("Partners", "Accounts", "Overlap", "Matches", "Graph", "What if", "Ask", "Home")
USABLE = """() => {
  const title = document.querySelector('h1');
  return title && !document.querySelector('.skeleton, .is-stale') ? performance.now() : 0;
}"""
CHANGED = """(name) => new Promise((resolve) => {
  const link = [...document.querySelectorAll('.nav a')].find((one) => one.textContent === name);
  const start = performance.now();
  link.click();
  const seen = () => {
    const there = link.getAttribute('aria-current') === 'page' && document.querySelector('main h1')
      && !document.querySelector('.skeleton, .is-stale');
    if (there) resolve(performance.now() - start); else requestAnimationFrame(seen);
  };
  requestAnimationFrame(seen);
})"""


async def _fill(settings: Settings) -> None:
    async with open_database(settings) as database:
        await migrate(database)
        if not await database.value("MATCH (n:Partner) RETURN count(n)"):
            await load(database, generate(Size.SMALL).dataset)
            await measure(database, settings, grace_s=0)


async def _usable(page: Page) -> float:
    """Milliseconds from the start of the navigation until the view could be used, looked at in every frame."""
    found = await page.wait_for_function(USABLE, polling="raf")
    return float(await found.json_value())


async def _first(playwright: Playwright, program: str, address: str) -> float:
    browser = await playwright.chromium.launch(executable_path=program, args=FLAGS)
    page = await browser.new_page(viewport=WIDE)
    page.set_default_timeout(PATIENCE_S * 1000)
    await page.goto(address, wait_until="commit")
    found = await _usable(page)
    await browser.close()
    return found


async def _changes(playwright: Playwright, program: str, address: str, rounds: int) -> dict[str, list[float]]:
    browser = await playwright.chromium.launch(executable_path=program, args=FLAGS)
    page = await browser.new_page(viewport=WIDE)
    page.set_default_timeout(PATIENCE_S * 1000)
    await page.goto(address)
    await _usable(page)
    for name in MENU:
        await page.evaluate(CHANGED, name)
    found: dict[str, list[float]] = {name: [] for name in MENU}
    for _ in range(rounds):
        for name in MENU:
            await page.wait_for_timeout(300)
            found[name].append(await page.evaluate(CHANGED, name))
    await browser.close()
    return found


def _row(what: str, view: str, times: Sequence[float]) -> dict[str, Any]:
    return {"what": what, "view": view, "median ms": statistics.median(times), "slowest ms": max(times)}


async def _measure(home: Path, rounds: int) -> list[dict[str, Any]]:
    program = next((found for name in ("chromium", "google-chrome") if (found := shutil.which(name))), None)
    if program is None:
        raise SystemExit("No Chromium or Chrome is installed.")
    settings = Settings.load(home=home, linger_s=600, query_timeout_s=PATIENCE_S)
    await _fill(settings)
    environment = os.environ | {"ECOGRAPH_QUERY_TIMEOUT_S": str(PATIENCE_S)}
    try:
        with started(ecograph_command(home), environment) as (address, _):
            async with async_playwright() as playwright:
                rows = []
                for view in FIRST:
                    await _first(playwright, program, f"{address}/{view}")
                    times = [await _first(playwright, program, f"{address}/{view}") for _ in range(rounds)]
                    rows.append(_row("first view", view or "home", times))
                changes = await _changes(playwright, program, address, rounds)
                return rows + [_row("change of view", name.lower(), times) for name, times in changes.items()]
    finally:
        embedded.stop(settings)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    home = user_cache_path("ecograph", appauthor=False) / "benchmarks" / "pages"
    write("page_times", asyncio.run(_measure(home, rounds)), rounds=rounds)


if __name__ == "__main__":
    main()
