"""Merges of random accounts, taken back in random order, leave nothing behind."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
from doubles import dump
from tiny_ecosystem import BY_TABLE, edge, edges, link, table

from ecograph.graph.check import check_graph
from ecograph.graph.connection import Database
from ecograph.graph.errors import BadInput
from ecograph.graph.load import Dataset, load
from ecograph.graph.merged import survivors
from ecograph.graph.model import ACCOUNT
from ecograph.graph.resolution import Decision, decide, find, undo

COUNT = 7
_IS_BELOW = "MATCH (p:MatchPair {id: $id}) RETURN EXISTS { (:SourceRecord {id: p.survivor}) }"
KEYS = [f"r{n}" for n in range(COUNT)]


def _maybe(rng: random.Random, make: Any) -> Any:
    return make() if rng.random() < 0.5 else None


def _day(rng: random.Random) -> date:
    return date(2020, 1, 1) + timedelta(days=30 * rng.randrange(60))


def _account(rng: random.Random, key: str) -> dict[str, Any]:
    since = _maybe(rng, lambda: _day(rng))
    arr = _maybe(rng, lambda: rng.randrange(1, 9) * 1_000)
    return {
        "key": key, "name": f"Random {key}", "segment": _maybe(rng, lambda: rng.choice("ab")),
        "region": _maybe(rng, lambda: rng.choice("xy")), "customerSince": since,
        "churnedOn": since and _maybe(rng, lambda: since + timedelta(days=90)),
        "arr": arr, "arrCurrency": arr and rng.choice(["USD", "EUR"]),
        "domains": rng.sample(["one.com", "two.com", "three.com"], rng.randrange(4)) or None,
        "externalIds": rng.sample(["crm:1", "crm:2"], rng.randrange(3)) or None,
        "custom.note": _maybe(rng, lambda: rng.choice("mn")),
    }  # fmt: skip


def _span(rng: random.Random) -> dict[str, date | None]:
    since = _maybe(rng, lambda: _day(rng))
    return {"since": since, "until": _maybe(rng, lambda: (since or date(2020, 1, 1)) + timedelta(days=200))}


def _dataset(rng: random.Random) -> Dataset:
    def some(start: list[str], end: list[str], most: int, **more: Any) -> list[dict[str, Any]]:
        rows = [edge(rng.choice(start), rng.choice(end), **_span(rng)) for _ in range(most)]
        return [{**row, **{name: make() for name, make in more.items()}} for row in rows]

    accounts = [f"account:{key}" for key in KEYS]
    products, partners = ["product:core", "product:flow"], ["partner:bolt", "partner:care"]
    return Dataset(
        f"random-{rng.random()}",
        (
            table(ACCOUNT, [_account(rng, key) for key in KEYS]),
            edges("USES", *some(accounts, products, 14, activity=lambda: _maybe(rng, lambda: 1.5))),
            edges("RESELLS_TO", *some(partners, accounts, 8)),
            edges("KNOWS", *some([*partners, "company:acme"], accounts, 16,
                                 population=lambda: rng.choice(["CUSTOMER", "PROSPECT"]),
                                 ownerKey=lambda: _maybe(rng, lambda: rng.choice("pq")))),
            edges("SAME_COMPANY_AS", *(link("partner:dune", a) for a in rng.sample(accounts, 3))),
            table(BY_TABLE["arr"], [
                {"of": a, "on": _day(rng), "value": 5, "valueCurrency": "USD"} for a in rng.sample(accounts, 4)]),
        ),
        f"random-{rng.random()}",
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
async def test_any_merges_undone_in_any_order_restore_the_graph(graph: Database, seed: int) -> None:
    rng = random.Random(seed)
    await load(graph, _dataset(rng))
    before = await dump(graph)
    joined = [rng.sample(range(COUNT), 2) for _ in range(9)]
    pairs = {f"{min(two)}-{max(two)}": sorted(two) for two in joined}
    rows = [{"id": i, "left": f"account:r{a}", "right": f"account:r{b}"} for i, (a, b) in pairs.items()]
    statement = "UNWIND $rows AS row CREATE (p:MatchPair) SET p = row, p.probability = 0.5, p.reasons = ['x']"
    merged = set()
    for row in rows:
        await graph.write([("MATCH (p:MatchPair {id: $id}) DELETE p", row), (statement, {"rows": [row]})])
        if (await decide(graph, row["id"], Decision.SAME, "ann")).merged is not None:
            merged.add(row["id"])
    assert len(merged) == len(await survivors(graph)) >= 4
    assert await check_graph(graph) == []
    while merged:
        one = rng.choice(sorted(merged))
        if await graph.value(_IS_BELOW, {"id": one}):
            with pytest.raises(BadInput, match="was itself merged"):
                await undo(graph, one, "ann")
            continue
        await undo(graph, one, "ann")
        merged.remove(one)
        assert await check_graph(graph) == []
    assert await survivors(graph) == {}
    assert await dump(graph) == before


@pytest.mark.parametrize("later", ["run 1", "run 2"])
async def test_stored_measures_come_back_unless_a_run_came_in_between(doubled: Database, later: str) -> None:
    measured = "MATCH (a:Account {id: 'account:north-2'}) RETURN a[$name]"
    named = {"name": "measured.whole.a"}
    await doubled.write(
        [
            ("MATCH (e:Ecograph) SET e.measured = 'run 1'", {}),
            ("MATCH (a:Account {id: 'account:north-2'}) SET a += {`measured.whole.a`: [0.5, 1.0]}", {}),
        ]
    )
    merged = (await find(doubled)).merged
    await doubled.write([("MATCH (e:Ecograph) SET e.measured = $later", {"later": later})])
    for pair in merged:
        await undo(doubled, pair.id, "ann")
    assert await doubled.value(measured, named) == ([0.5, 1.0] if later == "run 1" else None)
