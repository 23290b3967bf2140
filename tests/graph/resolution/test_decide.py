from __future__ import annotations

import asyncio

import pytest
from doubles import dump
from tiny_ecosystem import table

from ecograph.graph.check import check_graph
from ecograph.graph.connection import Database
from ecograph.graph.errors import BadInput, Busy, UnknownId
from ecograph.graph.load import Dataset, load
from ecograph.graph.lock import take
from ecograph.graph.merged import survivor_of
from ecograph.graph.model import ACCOUNT
from ecograph.graph.resolution import Decision, Pair, decide, find, queue, undo
from ecograph.graph.version import read_version

SAME, DIFFERENT = Decision.SAME, Decision.DIFFERENT


async def _asked(database: Database) -> Pair:
    (asked,) = (await find(database)).to_review
    return asked


async def test_unknown_and_decided_pairs_are_refused_with_what_to_do(doubled: Database) -> None:
    asked = await _asked(doubled)
    for call in (decide(doubled, "nothing", SAME, "ann"), undo(doubled, "nothing", "ann")):
        with pytest.raises(UnknownId, match="no pair 'nothing'"):
            await call
    with pytest.raises(BadInput, match="not been decided"):
        await undo(doubled, asked.id, "ann")
    await decide(doubled, asked.id, DIFFERENT, "ann")
    for decision in (SAME, DIFFERENT):
        with pytest.raises(BadInput, match=r"decided DIFFERENT on .* by ann") as refused:
            await decide(doubled, asked.id, decision, "bob")
        assert f"ecograph match undo {asked.id}" in str(refused.value.hint)


async def test_what_is_different_is_neither_merged_nor_asked_again_until_that_is_taken_back(doubled: Database) -> None:
    asked = await _asked(doubled)
    before, version = await dump(doubled), await read_version(doubled)
    await decide(doubled, asked.id, DIFFERENT, "ann")
    assert await dump(doubled) == before
    assert (await read_version(doubled)).counter == version.counter + 1
    found = await find(doubled)
    assert (found.merged, found.to_review) == ((), ())
    assert (await queue(doubled, 10, undecided=False))[0].pair.id == asked.id
    assert (await undo(doubled, asked.id, "ann")).decision is None
    assert [p.id for p in (await find(doubled)).to_review] == [asked.id]


async def test_the_queue_shows_both_sides(doubled: Database) -> None:
    asked = await _asked(doubled)
    (one,) = await queue(doubled, 10)
    assert (one.pair.id, one.pair.decision) == (asked.id, None)
    assert (one.left.name, one.left.domains, one.left.populations) == (
        "South Retail", ("south.com",), ("partner:bolt PROSPECT",),
    )  # fmt: skip
    assert (one.right.id, one.right.domains) == ("account:south-2", ("southretail.com",))
    decided = await queue(doubled, 10, undecided=False)
    side = next(s for c in decided for s in (c.left, c.right) if s.id == "account:north-2")
    assert (side.domains, side.duns) == (("northbank.com", "northbank.io"), "150483782")


async def test_two_decisions_at_once_are_one(doubled: Database) -> None:
    asked = await _asked(doubled)
    calls = [decide(doubled, asked.id, decision, "ann") for decision in (SAME, DIFFERENT, SAME)]
    answers = await asyncio.gather(*calls, return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in answers) == ["BadInput", "BadInput", "Pair"]
    assert await check_graph(doubled) == []


async def test_a_run_in_progress_is_waited_for_and_then_named(
    doubled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = await _asked(doubled)
    held = await take(doubled, "import crm")
    later = asyncio.create_task(decide(doubled, asked.id, DIFFERENT, "ann"))
    await asyncio.sleep(0.3)
    assert not later.done()
    await held.release(doubled)
    assert (await later).decision is DIFFERENT
    monkeypatch.setattr("ecograph.graph.resolution.decisions._PATIENCE_S", 0.2)
    held = await take(doubled, "import crm")
    try:
        with pytest.raises(Busy, match="import crm"):
            await undo(doubled, asked.id, "ann")
    finally:
        await held.release(doubled)


CHAIN = (
    {"key": "a", "name": "Velinwick Logistics", "domains": ["velinwick.com"]},
    {"key": "b", "name": "Velinwick Logistics Ltd", "domains": ["velinwick.com", "velinwick.co.uk"]},
    {"key": "c", "name": "Velinwick", "domains": ["vlgroup.net"], "industry": "Freight"},
)


async def _put(database: Database, pairs: list[dict[str, str]]) -> None:
    statement = "UNWIND $pairs AS p CREATE (m:MatchPair) SET m = p, m.probability = 0.3, m.reasons = ['x']"
    await database.write([(statement, {"pairs": pairs})])


async def _chain(database: Database) -> tuple[Pair, Pair]:
    """b is merged into a, then a into c, a customer."""
    await load(database, Dataset("chain", (table(ACCOUNT, CHAIN),), "chain-1"))
    first = next(p for p in (await find(database)).merged if p.left == "account:a")
    await database.write([("MATCH (n:Account {id: 'account:c'}) SET n.customerSince = date('2024-01-01')", {})])
    await _put(database, [{"id": "ac", "left": "account:a", "right": "account:c"}])
    return first, await decide(database, "ac", SAME, "ann")


async def test_a_merge_below_another_is_undone_after_it(graph: Database) -> None:
    first, second = await _chain(graph)
    assert (second.merged, second.survivor) == ("account:a", "account:c")
    assert await survivor_of(graph, "account:b") == "account:c"
    domains = "MATCH (:Account {id: 'account:c'})-[:HAS_DOMAIN]->(d) RETURN d.name ORDER BY d.name"
    assert [name for (name,) in await graph.rows(domains)] == ["velinwick.co.uk", "velinwick.com", "vlgroup.net"]
    with pytest.raises(BadInput, match="account:a was itself merged into account:c") as refused:
        await undo(graph, first.id, "ann")
    assert "ecograph match undo ac" in str(refused.value.hint)
    await undo(graph, "ac", "ann")
    assert [name for (name,) in await graph.rows(domains)] == ["vlgroup.net"]
    assert await survivor_of(graph, "account:b") == "account:a"
    await undo(graph, first.id, "ann")
    assert await check_graph(graph) == []
    assert await graph.value("MATCH (s:SourceRecord) RETURN count(s)") == 0


async def test_decisions_that_contradict_others_are_refused(graph: Database) -> None:
    first, _ = await _chain(graph)
    pairs = [{"id": "bc", "left": "account:b", "right": "account:c"},
             {"id": "b-north", "left": "account:b", "right": "account:north"},
             {"id": "c-north", "left": "account:c", "right": "account:north"}]  # fmt: skip
    await _put(graph, pairs)
    with pytest.raises(BadInput, match="part of account:c by now"):
        await decide(graph, "bc", DIFFERENT, "ann")
    await decide(graph, "b-north", DIFFERENT, "ann")
    # That settles the other pair of the same two companies.
    with pytest.raises(UnknownId):
        await decide(graph, "c-north", SAME, "ann")
    await _put(graph, pairs[2:])
    with pytest.raises(BadInput, match=r"account:b and account:north.* decided DIFFERENT") as refused:
        await decide(graph, "c-north", SAME, "ann")
    assert "b-north" in str(refused.value.hint)
    assert first.left == "account:a"
