"""How much longer a partner's login waits for an account that it may not see than for one that is not there.

Look-ups of both kinds are taken in turn, by id and by domain, over a synthetic ecosystem, with and without ticks. The
ratio of the medians stands beside its 95 % interval, by resampling. Run it with `python benchmarks/hidden_lookups.py`.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from ecograph.graph.connection import Database, open_database
from ecograph.graph.embedded import stop
from ecograph.graph.load import load
from ecograph.graph.migrations import migrate
from ecograph.graph.model import Population, SharingLevel
from ecograph.graph.settings import Settings
from ecograph.graph.sharing import set_rule
from ecograph.schema.execute import Executor
from ecograph.schema.viewer import Viewer, viewer
from ecograph.seeds.synthetic import Size, generate

RESAMPLED = 2_000
WARMED = 300
FIELDS = "id name population segment arr { amount } knownBy { totalCount }"
BY = {
    "id": f"query Q($x: ID!) {{ account(id: $x) {{ {FIELDS} }} }}",
    "domain": f"query Q($x: String!) {{ account(domain: $x) {{ {FIELDS} }} }}",
}
HIDDEN = """
MATCH (d:Domain)<-[:HAS_DOMAIN]-(a:Account)
WHERE a.customerSince IS NOT NULL AND a.churnedOn IS NULL AND NOT EXISTS { (:Partner {id: $partner})-[:KNOWS]->(a) }
RETURN a.id, d.name ORDER BY a.id LIMIT 2000
"""
PARTNER = "MATCH (p:Partner)-[:KNOWS]->(:Account) RETURN p.id, count(*) AS n ORDER BY n DESC LIMIT 1"


async def timed(executor: Executor, who: Viewer, by: str, value: str) -> float:
    """Milliseconds that a look-up took, which finds nothing."""
    began = time.perf_counter()
    answer = await executor.execute(BY[by], {"x": value}, viewer=who)
    taken = (time.perf_counter() - began) * 1_000
    assert answer.data == {"account": None}, answer.errors
    return taken


async def compared(executor: Executor, who: Viewer, by: str, known: list[str], count: int) -> str:
    """A row of the table."""
    chance = random.Random(1)
    values = {True: known, False: [f"account:none{n}" if by == "id" else f"none{n}.com" for n in range(len(known))]}
    taken: dict[bool, list[float]] = {True: [], False: []}
    for n in range(count + WARMED):
        for is_hidden in chance.sample([True, False], 2):
            found = await timed(executor, who, by, values[is_hidden][n % len(known)])
            if n >= WARMED:
                taken[is_hidden].append(found)
    ratios = sorted(
        statistics.median(chance.choices(taken[True], k=count))
        / statistics.median(chance.choices(taken[False], k=count))
        for _ in range(RESAMPLED)
    )
    hidden, absent = statistics.median(taken[True]), statistics.median(taken[False])
    low, high = ratios[RESAMPLED // 40], ratios[-RESAMPLED // 40]
    return f"{hidden:.3f} | {absent:.3f} | {hidden / absent:.3f} | {low:.3f} to {high:.3f}"


async def measured(database: Database, settings: Settings, count: int) -> None:
    """Print the table."""
    await migrate(database)
    await load(database, generate(Size.SMALL).dataset)
    ((partner, _),) = await database.rows(PARTNER)
    await set_rule(database, partner, Population.PROSPECT, SharingLevel.ALL, ())
    hidden = await database.rows(HIDDEN, {"partner": partner})
    who = viewer("portal", ["read"], partner=partner)
    print(f"{count:,} look-ups of each kind, in turn\n\n| by | ticks | hidden, ms | absent, ms | ratio | interval |")
    print("|---|---|---|---|---|---|")
    for tick_ms in (0, settings.partner_tick_ms):
        executor = Executor(database, settings.model_copy(update={"partner_tick_ms": tick_ms}))
        for by, at in (("id", 0), ("domain", 1)):
            print(f"| {by} | {tick_ms} ms | {await compared(executor, who, by, [row[at] for row in hidden], count)} |")


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=3_000, help="look-ups of each kind")
    count = parser.parse_args().count
    with TemporaryDirectory() as home:
        settings = Settings.load(home=Path(home))
        try:
            async with open_database(settings) as database:
                await measured(database, settings, count)
        finally:
            stop(settings)


if __name__ == "__main__":
    asyncio.run(main())
