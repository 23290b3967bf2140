from __future__ import annotations

import pytest
from doubles import dump

from ecograph.graph.check import check_graph
from ecograph.graph.connection import Database
from ecograph.graph.merged import survivor_of, survivors
from ecograph.graph.resolution import Decision, decide, find, undo
from ecograph.graph.version import read_version


async def test_what_is_sure_is_merged_and_what_a_name_alone_says_is_asked(doubled: Database) -> None:
    found = await find(doubled)
    assert {(p.left, p.right) for p in found.merged} <= {
        ("account:north", "account:north-2"), ("account:north", "account:north-3"),
        ("account:north-2", "account:north-3"),
    }  # fmt: skip
    assert len(found.merged) == 2
    assert await survivors(doubled) == {"account:north-2": "account:north", "account:north-3": "account:north"}
    assert [(p.left, p.right) for p in found.to_review] == [("account:south", "account:south-2")]
    assert all(p.reasons and 0 < p.probability <= 1 for p in (*found.merged, *found.to_review))
    assert await check_graph(doubled) == []


async def test_the_survivor_has_what_both_had(doubled: Database) -> None:
    await find(doubled)
    (values,) = (await doubled.rows("MATCH (a:Account {id: 'account:north'}) RETURN properties(a)"))[0]
    assert (values["name"], values["industry"], values["region"], values["ownerKey"]) == (
        "North Bank", "Banking", "EMEA", "u1",
    )  # fmt: skip
    assert values["custom.duns"] == "150483782"
    domains = await doubled.rows(
        "MATCH (:Account {id: 'account:north'})-[h:HAS_DOMAIN]->(d) RETURN d.name, h.isPrimary ORDER BY d.name"
    )
    assert domains == [["northbank.com", True], ["northbank.io", False]]
    uses = await doubled.rows(
        "MATCH (:Account {id: 'account:north'})-[u:USES]->(p) "
        "RETURN p.id, toString(u.since), toString(u.until), u.activity ORDER BY p.id, u.since"
    )
    assert uses == [
        ["product:core", "2021-01-01", None, None],
        ["product:flow", "2019-01-01", "2020-01-01", None],
        ["product:flow", "2022-07-01", None, 12.5],
        ["product:view", "2024-05-01", None, 3.5],
    ]
    partners = await doubled.rows(
        "MATCH (:Account {id: 'account:north'})-[h:HAS_PARTNER]->(p) RETURN DISTINCT p.id ORDER BY p.id"
    )
    assert partners == [["partner:bolt"], ["partner:care"], ["partner:dune"], ["partner:exit"]]
    assert await doubled.value("MATCH (:Deal {id: 'deal:d9'})-[:WITH]->(a) RETURN a.id") == "account:north"


async def test_finding_twice_changes_nothing(doubled: Database) -> None:
    await find(doubled)
    before, version = await dump(doubled), await read_version(doubled)
    found = await find(doubled)
    assert (len(found.merged), found.new, len(found.to_review)) == (0, 0, 1)
    assert await dump(doubled) == before
    assert await read_version(doubled) == version


async def test_a_dry_run_writes_nothing(doubled: Database) -> None:
    before, version = await dump(doubled), await read_version(doubled)
    found = await find(doubled, dry_run=True)
    assert (len(found.merged), len(found.to_review)) == (2, 1)
    assert await dump(doubled) == before
    assert await read_version(doubled) == version
    assert await doubled.value("MATCH (p:MatchPair) RETURN count(p)") == 0


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
async def test_undoing_merges_in_any_order_restores_the_graph(doubled: Database, order: tuple[int, int]) -> None:
    before = await dump(doubled)
    merged = sorted((await find(doubled)).merged, key=lambda p: p.id)
    for at in order:
        undone = await undo(doubled, merged[at].id, "ann")
        assert (undone.decision, undone.decided_by) == (Decision.DIFFERENT, "ann")
        assert await check_graph(doubled) == []
    assert await dump(doubled) == before
    assert await survivors(doubled) == {}


async def test_an_undone_merge_is_not_made_again(doubled: Database) -> None:
    before = await dump(doubled)
    for pair in (await find(doubled)).merged:
        await undo(doubled, pair.id, "ann")
    found = await find(doubled)
    again = {frozenset((p.left, p.right)) for p in found.merged}
    assert frozenset(("account:north", "account:north-2")) not in again
    for pair in found.merged:  # the third pair of the three may have been left
        await undo(doubled, pair.id, "ann")
    assert await dump(doubled) == before
    assert (await find(doubled)).merged == ()


async def test_a_pair_decided_the_same_is_merged_and_can_be_taken_back(doubled: Database) -> None:
    (asked,) = (await find(doubled)).to_review
    before = await dump(doubled)
    decided = await decide(doubled, asked.id, Decision.SAME, "ann")
    assert (decided.decision, decided.decided_by, decided.merged) == (Decision.SAME, "ann", "account:south-2")
    assert await survivor_of(doubled, "account:south-2") == "account:south"
    arr = await doubled.rows("MATCH (a:Account {id: 'account:south'})-[:HAD]->(h) RETURN h.id")
    assert arr == [["arr:account:south-2@2024-01-01"]]
    await undo(doubled, asked.id, "ann")
    assert await dump(doubled) == before
