from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from tiny_ecosystem import edge, edges, tiny

from ecograph.graph import lock
from ecograph.graph.check import check_graph
from ecograph.graph.connection import Database
from ecograph.graph.errors import BadInput, Busy
from ecograph.graph.load import Dataset, load
from ecograph.graph.settings import Settings
from ecograph.graph.version import read_version
from ecograph.queries.run import Outcome, measure, ranks
from ecograph.schema.execute import Executor

ASK = """{ partners(first: 9) { nodes { key measures { coverageShapley coverageLeaveOneOut valueBasis reason degree
  rank(measure: DEGREE) history(measure: DEGREE) { computedAt value }
  provenance { measures provenance { isStale engine parameters excluded graphVersion computedAt } } } } } }"""


async def run(graph: Database, settings: Settings, **how: Any) -> dict[str, Outcome]:
    outcomes = await measure(graph, settings, grace_s=0, **how)
    return {f"{o.measure.group.name}.{o.measure.name}": o for o in outcomes}


async def ask(graph: Database, settings: Settings, text: str = ASK) -> dict[str, Any]:
    answer = await Executor(graph, settings).execute(text)
    assert not answer.errors, answer.errors
    assert answer.data is not None
    return {node["key"]: node["measures"] for node in answer.data["partners"]["nodes"]}


async def test_before_the_first_run_values_are_null_and_say_why(graph: Database, settings: Settings) -> None:
    found = (await ask(graph, settings))["bolt"]
    assert found["degree"] is None
    assert found["provenance"] == []
    assert found["history"] == []
    assert "ecograph measure" in found["reason"]


async def test_values_are_stored_and_read(graph: Database, settings: Settings) -> None:
    await run(graph, settings)
    found = await ask(graph, settings)
    # North (USD 120,000 at EUR 1 = USD 1.1) has Bolt and Care; South has nobody, for Exit left. Care left Gone.
    assert found["bolt"]["coverageShapley"] == pytest.approx(60_000 / 1.1)
    assert found["care"]["coverageShapley"] == pytest.approx(60_000 / 1.1)
    assert found["dune"]["coverageShapley"] == 0
    assert found["bolt"]["valueBasis"] == "ARR"
    # Bolt and Care share North; Bolt and Dune share the integration that joins View to Flow.
    assert {key: of["degree"] for key, of in found.items()} == {"bolt": 2, "care": 1, "dune": 1, "exit": 0}
    assert [found[key]["rank"] for key in ("bolt", "care", "dune", "exit")] == [1, 2, 2, 4]
    assert found["bolt"]["reason"] is None
    assert await check_graph(graph) == []


async def test_the_provenance_says_what_was_read_and_whether_it_is_stale(graph: Database, settings: Settings) -> None:
    version = str(await read_version(graph))
    await run(graph, settings)
    of = {p["measures"][0]: p["provenance"] for p in (await ask(graph, settings))["bolt"]["provenance"]}
    assert of["degree"]["graphVersion"] == version
    assert not of["degree"]["isStale"]
    assert of["coverageShapley"]["parameters"]["currency"] == "EUR"
    await load(graph, Dataset("f", (edges("REFERRED", edge("partner:dune", "account:north")),), "f-1"))
    of = {p["measures"][0]: p["provenance"] for p in (await ask(graph, settings))["bolt"]["provenance"]}
    assert of["degree"]["isStale"]


async def test_only_what_has_gone_stale_is_computed_anew(graph: Database, settings: Settings) -> None:
    assert all(o.is_computed for o in (await run(graph, settings)).values())
    assert not any(o.is_computed for o in (await run(graph, settings)).values())
    assert all(o.is_computed for o in (await run(graph, settings, everything=True)).values())
    await load(graph, Dataset("f", (edges("REFERRED", edge("partner:dune", "account:north")),), "f-1"))
    outcomes = await run(graph, settings)
    assert all(o.is_computed and o.changed is not None and o.changed > 0.01 for o in outcomes.values())


async def test_one_measure_alone_leaves_the_others_values(graph: Database, settings: Settings) -> None:
    await run(graph, settings)
    before = await ask(graph, settings)
    await load(graph, Dataset("f", (edges("REFERRED", edge("partner:dune", "account:north")),), "f-1"))
    await run(graph, settings, only=["degree"])
    after = await ask(graph, settings)
    assert after["dune"]["degree"] == 2
    assert [v["value"] for v in after["dune"]["history"]] == [1, 2]
    assert after["bolt"]["coverageShapley"] == before["bolt"]["coverageShapley"]
    stale = {p["measures"][0]: p["provenance"]["isStale"] for p in after["bolt"]["provenance"]}
    assert (stale["degree"], stale["pageRank"], stale["coverageShapley"]) == (False, True, True)
    with pytest.raises(BadInput, match="no measure"):
        await run(graph, settings, only=["fame"])


async def test_history_holds_a_value_once_for_each_run_that_computed_it(graph: Database, settings: Settings) -> None:
    for only in (["degree"], ["coverage"], ["degree", "coverage"], ["degree"]):
        await run(graph, settings, only=only)
    history = (await ask(graph, settings))["bolt"]["history"]
    assert [point["value"] for point in history] == [2, 2, 2]
    assert sorted({point["computedAt"] for point in history}) == [point["computedAt"] for point in history]


async def test_another_day_never_shows_todays_values(graph: Database, settings: Settings) -> None:
    await run(graph, settings)
    past = await ask(graph, settings, ASK.replace("(first: 9)", '(first: 9, asOf: "2024-01-01")'))
    assert past["bolt"]["degree"] is None
    assert past["bolt"]["coverageShapley"] is None
    assert past["bolt"]["history"] == []
    assert past["bolt"]["provenance"] == []
    assert "asOf" in past["bolt"]["reason"]
    today = await ask(graph, settings, ASK.replace("(first: 9)", f'(first: 9, asOf: "{date.today()}")'))
    assert today["bolt"]["degree"] == 2


async def test_a_new_partner_has_no_values_yet_and_says_so(graph: Database, settings: Settings) -> None:
    await run(graph, settings)
    await graph.write([("CREATE (:Partner {id: 'partner:new', key: 'new', name: 'New', types: []})", {})])
    assert "New since" in (await ask(graph, settings))["new"]["reason"]


async def test_two_runs_at_once_do_not_mix(graph: Database, settings: Settings) -> None:
    results = await asyncio.gather(
        measure(graph, settings, grace_s=0), measure(graph, settings, grace_s=0), return_exceptions=True
    )
    assert sum(isinstance(r, Busy) for r in results) == 1
    assert sum(isinstance(r, list) for r in results) == 1
    held = await lock.take(graph, "import x")
    with pytest.raises(Busy, match="import x"):
        await measure(graph, settings)
    await held.release(graph)


KILLED = """
import asyncio, sys
from ecograph.graph.connection import open_database
from ecograph.graph.settings import Settings
from ecograph.queries import run as runs

async def main():
    settings = Settings.load(home=sys.argv[1], linger_s=0)
    async with open_database(settings) as database:
        write = database.write
        async def last(statements, **how):
            if any("e.measured" in statement for statement, _ in statements):
                print("written", flush=True)
                await asyncio.sleep(60)
            return await write(statements, **how)
        database.write = last
        await runs.measure(database, settings, everything=True, grace_s=0)

asyncio.run(main())
"""


async def test_a_killed_run_leaves_the_old_values_whole(graph: Database, settings: Settings) -> None:
    await run(graph, settings)
    before = await ask(graph, settings)
    await load(graph, Dataset("f", (edges("REFERRED", edge("partner:dune", "account:north")),), "f-1"))
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, str(settings.home), stdout=subprocess.PIPE, env=dict(os.environ)
    )
    assert child.stdout is not None
    assert (await child.stdout.readline()).strip() == b"written"
    child.send_signal(signal.SIGKILL)
    await child.wait()
    after = await ask(graph, settings)
    assert {k: (v["degree"], v["coverageShapley"]) for k, v in after.items()} == {
        k: (v["degree"], v["coverageShapley"]) for k, v in before.items()
    }
    ties = await graph.value(
        "MATCH (:Partner)-[s:SHARES_WITH {slot: $slot}]->() RETURN count(s)",
        {"slot": (await read_version(graph)).pointers.by_group["sharesWith"].slot},
    )
    assert ties == 2
    outcomes = await run(graph, settings)
    assert all(o.is_computed for o in outcomes.values())
    assert (await ask(graph, settings))["dune"]["degree"] == 2
    assert await check_graph(graph) == []


async def test_an_empty_graph_can_be_measured(empty: Database, settings: Settings) -> None:
    assert all(o.is_computed for o in (await run(empty, settings)).values())


async def test_values_without_rates_count_accounts(empty: Database, settings: Settings) -> None:
    whole = tiny()
    await load(empty, replace(whole, tables=tuple(t for t in whole.tables if t.kind.table != "rate")))
    await run(empty, settings, only=["coverage"])
    found = (await ask(empty, settings))["bolt"]
    assert (found["valueBasis"], found["coverageShapley"]) == ("ACCOUNTS", 0.5)


def test_equal_values_share_the_best_place() -> None:
    places = ranks(np.array([0.5, 0.1 + 0.2, 0.3, np.nan, 9.0]))
    assert np.array_equal(places, [2, 3, 3, np.nan, 1], equal_nan=True)
