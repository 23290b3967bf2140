"""How fluid the graph view is: frames per second in headless Chromium while a large partner graph is panned and zoomed.

    .venv/bin/python benchmarks/frame_rate.py --help

A synthetic ecosystem of its own is loaded and measured once (communities, PageRank, ties, layout), then the page of the
real server is opened and moved about by the mouse. Without a graphics card Chromium draws by software (SwiftShader), on
the cores that Neo4j and the server share with it: a graphics card draws faster. The page draws
the heaviest 200,000 ties.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import os
import shutil
import statistics
from itertools import pairwise
from pathlib import Path
from typing import Any

from ecosystem import ENDS_ON, PATIENCE_S
from platformdirs import user_cache_path
from playwright.async_api import Browser, Page, async_playwright
from report import write
from serving import ecograph_command, started

from ecograph.graph import embedded
from ecograph.graph.connection import open_database
from ecograph.graph.load import load
from ecograph.graph.migrations import migrate
from ecograph.graph.settings import Settings
from ecograph.queries.run import measure
from ecograph.seeds.synthetic import Shape, generate

MEASURES = ("pageRank", "communities", "sharesWith", "layout")
FLAGS = (
    "--headless", "--no-sandbox", "--no-first-run", "--disable-background-networking",
    "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
)  # fmt: skip
WIDE = {"width": 1280, "height": 800}
SECONDS = 6
COUNT_FRAMES = """() => {
  window.frames_ = [];
  const seen = (at) => { window.frames_.push(at); window.counting_ = requestAnimationFrame(seen); };
  window.counting_ = requestAnimationFrame(seen);
}"""
AT_REST = """() => new Promise((resolve) => {
  let last = performance.now(), calm = 0;
  const seen = (at) => {
    calm = at - last < 100 ? calm + 1 : 0;
    last = at;
    if (calm > 10) resolve(true); else requestAnimationFrame(seen);
  };
  requestAnimationFrame(seen);
})"""
STOP_COUNTING = "() => { cancelAnimationFrame(window.counting_); return window.frames_; }"


async def _fill(settings: Settings, shape: Shape) -> None:
    async with open_database(settings) as database:
        await migrate(database)
        if not await database.value("MATCH (n:Partner) RETURN count(n)"):
            await load(database, generate(shape, seed=1, ends_on=ENDS_ON).dataset)
            await measure(database, settings, only=MEASURES, grace_s=0)


async def _moved(page: Page, how: str) -> list[float]:
    """The times between frames, in milliseconds, while the picture is moved."""
    box = await page.locator(".graph-canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    await page.mouse.move(x, y)
    await page.evaluate(COUNT_FRAMES)
    until = asyncio.get_running_loop().time() + SECONDS
    if how == "panned":
        await page.mouse.down()
    turn = 0
    while asyncio.get_running_loop().time() < until:
        turn += 1
        if how == "panned":
            await page.mouse.move(x + 120 * math.cos(turn / 10), y + 120 * math.sin(turn / 10))
        else:
            await page.mouse.wheel(0, 60 if turn // 20 % 2 else -60)
        await asyncio.sleep(1 / 60)
    if how == "panned":
        await page.mouse.up()
    frames: list[float] = await page.evaluate(STOP_COUNTING)
    return [after - before for before, after in pairwise(frames)]


async def _row(browser: Browser, address: str, how: str) -> dict[str, Any]:
    page = await browser.new_page(viewport=WIDE)
    page.set_default_timeout(PATIENCE_S * 1000)
    await page.goto(f"{address}/graph")
    await page.locator(".graph-canvas").wait_for()
    await page.wait_for_timeout(5_000)
    drawn = await page.evaluate(
        """async () => (await (await fetch('/graphql', {method: 'POST', headers: {'content-type': 'application/json'},
        body: JSON.stringify({query: '{ partnerGraph { nodes { community } edges { weight } } }'})})).json())
        .data.partnerGraph"""
    )
    await page.evaluate(AT_REST)
    gaps = await _moved(page, how)
    await page.close()
    return {
        "moved": how,
        "partners": len(drawn["nodes"]),
        "ties": len(drawn["edges"]),
        "frames": len(gaps),
        "frames per second": 1e3 * len(gaps) / sum(gaps),
        "p50 ms between frames": statistics.median(gaps),
        "p95 ms between frames": statistics.quantiles(gaps, n=20)[18],
    }


async def _measure(home: Path, shape: Shape) -> list[dict[str, Any]]:
    settings = Settings.load(home=home, linger_s=600, query_timeout_s=PATIENCE_S)
    await _fill(settings, shape)
    program = next((found for name in ("chromium", "google-chrome") if (found := shutil.which(name))), None)
    if program is None:
        raise SystemExit("No Chromium or Chrome is installed.")
    environment = os.environ | {"ECOGRAPH_QUERY_TIMEOUT_S": str(PATIENCE_S)}
    try:
        with started(ecograph_command(home), environment) as (address, _):
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=program, args=FLAGS)
                rows = [await _row(browser, address, how) for how in ("panned", "zoomed")]
                await browser.close()
                return rows
    finally:
        embedded.stop(settings)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--partners", type=int, default=20_000)
    parser.add_argument("--accounts", type=int, default=180_000, help="that they share; they make the ties")
    given = parser.parse_args()
    cache = user_cache_path("ecograph", appauthor=False) / "benchmarks"
    home = cache / f"frames-{given.partners}-{given.accounts}"
    rows = asyncio.run(_measure(home, Shape(given.partners, given.accounts)))
    write("frame_rate", rows, partners=given.partners, accounts=given.accounts)


if __name__ == "__main__":
    main()
