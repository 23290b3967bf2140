"""Pairs of accounts that may be one company: the queue, decisions, and ids of merged accounts."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from doubles import doubles
from tiny_ecosystem import table

from ecograph.api.app import create_app
from ecograph.api.runtime import Runtime
from ecograph.graph.connection import Database
from ecograph.graph.load import Dataset, load
from ecograph.graph.model import ACCOUNT
from ecograph.graph.resolution import find
from ecograph.graph.settings import Settings
from ecograph.schema.execute import Executor
from ecograph.schema.viewer import viewer

MATCHES = """query ($first: Int! = 20, $after: String, $undecided: Boolean! = true) {
  matches(first: $first, after: $after, undecided: $undecided) {
    totalCount pageInfo { hasNextPage endCursor } nodes { id probability reasons decision left right } } }"""
DECIDE = "mutation ($id: ID!, $decision: MatchDecision!) { decideMatch(id: $id, decision: $decision) { id decision } }"
UNDO = "mutation ($id: ID!) { undoMatch(id: $id) { id decision } }"
WRITER = viewer("writer", ["write"])


@pytest.fixture
async def doubled(graph: Database) -> Database:
    """The tiny ecosystem with accounts that are one company, found."""
    await load(graph, doubles())
    await find(graph)
    return graph


@pytest.fixture
def executor(doubled: Database, settings: Settings) -> Executor:
    return Executor(doubled, settings)


async def _ask(executor: Executor, text: str, **variables: Any) -> dict[str, Any]:
    answer = await executor.execute(text, variables, viewer=WRITER)
    assert not answer.errors, answer.errors
    assert answer.data is not None
    return answer.data


async def test_the_queue_shows_both_sides_and_why(doubled: Database, executor: Executor, settings: Settings) -> None:
    found = await _ask(executor, MATCHES)
    (node,) = found["matches"]["nodes"]
    assert found["matches"]["totalCount"] == 1
    assert node["left"] == {
        "id": "account:south", "name": "South Retail", "domains": ["south.com"], "duns": None,
        "populations": [{"owner": "partner:bolt", "population": "PROSPECT"}],
    }  # fmt: skip
    assert (node["right"]["id"], node["decision"], 0.2 <= node["probability"] < 1) == ("account:south-2", None, True)
    assert node["reasons"]
    everything = await _ask(executor, MATCHES, undecided=False)
    merged = [n for n in everything["matches"]["nodes"] if n["decision"] == "SAME"]
    assert (everything["matches"]["totalCount"], len(merged)) == (3, 2)
    assert "150483782" in {side["duns"] for n in merged for side in (n["left"], n["right"])}
    oracle = Executor(doubled, settings, use_oracle=True)
    for undecided in (True, False):
        assert await _ask(oracle, MATCHES, undecided=undecided) == await _ask(executor, MATCHES, undecided=undecided)


async def test_pages_hold_each_pair_once(doubled: Database, executor: Executor) -> None:
    made = [{"id": f"p{n}", "left": "account:north", "right": f"account:{n}", "probability": 0.2 + n % 3 / 10,
             "reasons": ["x"]} for n in range(7)]  # fmt: skip
    await doubled.write([("UNWIND $made AS one CREATE (p:MatchPair) SET p = one", {"made": made})])
    seen: list[Any] = []
    after = None
    while True:
        page = (await _ask(executor, MATCHES, first=3, after=after))["matches"]
        seen += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len({node["id"] for node in seen}) == len(seen) == page["totalCount"] == 8
    assert [node["probability"] for node in seen] == sorted((node["probability"] for node in seen), reverse=True)


async def test_deciding_merges_and_undoing_restores(executor: Executor) -> None:
    (node,) = (await _ask(executor, MATCHES))["matches"]["nodes"]
    account = "query ($id: ID!) { account(id: $id) { id name } node(id: $id) { id } " \
        "accountsByKey(keys: [{id: $id}, {id: \"none\"}]) { id } }"  # fmt: skip
    before = await _ask(executor, account, id="account:south-2")
    assert before["account"] == {"id": "account:south-2", "name": "South Retail"}
    version = (await executor.execute("{ __typename }")).extensions["graphVersion"]
    changed = await executor.execute(DECIDE, {"id": node["id"], "decision": "SAME"}, viewer=WRITER)
    assert changed.data == {"decideMatch": {"id": node["id"], "decision": "SAME"}}
    assert changed.extensions["graphVersion"] != version
    after = await _ask(executor, account, id="account:south-2")
    assert after == {
        "account": {"id": "account:south", "name": "South Retail"}, "node": {"id": "account:south"},
        "accountsByKey": [{"id": "account:south"}, None],
    }  # fmt: skip
    assert (await _ask(executor, MATCHES))["matches"]["totalCount"] == 0
    undone = await _ask(executor, UNDO, id=node["id"])
    assert undone == {"undoMatch": {"id": node["id"], "decision": "DIFFERENT"}}
    assert await _ask(executor, account, id="account:south-2") == before
    assert await _ask(executor, UNDO, id=node["id"]) == {"undoMatch": {"id": node["id"], "decision": None}}


async def test_the_oracle_finds_the_survivor_too(doubled: Database, settings: Settings, executor: Executor) -> None:
    text = '{ a: account(id: "account:north-2") { id domains } n: node(id: "account:north-3") { id } }'
    answers = [await _ask(one, text) for one in (executor, Executor(doubled, settings, use_oracle=True))]
    assert answers[0] == answers[1]
    assert answers[0]["a"]["id"] == "account:north"


async def test_wrong_changes_have_the_shape_of_all_errors(executor: Executor) -> None:
    (node,) = (await _ask(executor, MATCHES))["matches"]["nodes"]
    wrong = await executor.execute(DECIDE, {"id": "nothing", "decision": "SAME"}, viewer=WRITER)
    assert wrong.data is None
    (error,) = wrong.errors
    assert (error["path"], error["extensions"]["code"]) == (["decideMatch"], "UNKNOWN_ID")
    assert error["extensions"]["hint"]
    both = (
        "mutation ($id: ID!) { a: decideMatch(id: $id, decision: DIFFERENT) { decision } __typename "
        "b: decideMatch(id: $id, decision: SAME) { decision } c: undoMatch(id: $id) { decision } }"
    )
    answer = await executor.execute(both, {"id": node["id"]}, viewer=WRITER)
    (error,) = answer.errors
    assert (error["path"], error["extensions"]["code"]) == (["b"], "BAD_INPUT")
    # The first was made, the last was not.
    (kept,) = [n for n in (await _ask(executor, MATCHES, undecided=False))["matches"]["nodes"] if n["id"] == node["id"]]
    assert kept["decision"] == "DIFFERENT"
    done = await _ask(executor, "mutation ($id: ID!) { x: undoMatch(id: $id) { id } __typename }", id=node["id"])
    assert done == {"x": {"id": node["id"]}, "__typename": "Mutation"}


@pytest.mark.parametrize(
    "who", [viewer("r", ["read"]), viewer("p", ["read"], partner="bolt"), viewer("o", ["read"], owners=["u1"])]
)
async def test_only_who_may_write_decides(executor: Executor, who: Any) -> None:
    answer = await executor.execute(UNDO, {"id": "x"}, viewer=who)
    assert answer.is_request_error
    assert answer.errors[0]["extensions"]["code"] == "FORBIDDEN"


async def test_a_narrow_view_tells_nothing_of_pairs_and_merged_accounts(executor: Executor) -> None:
    partner, owner = viewer("p", ["read"], partner="bolt"), viewer("o", ["read"], owners=["u1"])
    refused = await executor.execute(MATCHES, viewer=partner)
    assert refused.errors[0]["extensions"]["code"] == "FORBIDDEN"
    empty = await executor.execute(MATCHES, {"undecided": False}, viewer=owner)
    assert empty.data == {
        "matches": {"totalCount": 0, "pageInfo": {"hasNextPage": False, "endCursor": None}, "nodes": []}
    }
    # The survivor is on the partner's list and of the owner; that the merged id leads there would tell of it.
    for who in (partner, owner):
        known = await executor.execute('{ account(id: "account:north") { id } }', viewer=who)
        assert known.data == {"account": {"id": "account:north"}}
        merged = await executor.execute('{ account(id: "account:north-2") { id } }', viewer=who)
        nothing = await executor.execute('{ account(id: "account:none") { id } }', viewer=who)
        assert merged.to_dict() == nothing.to_dict()
        assert merged.data == {"account": None}


async def test_mutations_come_by_post_alone(doubled: Database, settings: Settings) -> None:
    runtime = Runtime(settings)
    app = create_app(runtime=runtime)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
        asked = {"query": 'mutation { undoMatch(id: "nothing") { id } }'}
        got = await client.get("/graphql", params=asked, headers={"x-ecograph": "1"})
        assert got.status_code == 405
        assert got.json()["errors"][0]["extensions"]["code"] == "OPERATION_NOT_SUPPORTED"
        posted = await client.post("/graphql", json=asked)
        assert posted.status_code == 200
        assert posted.json()["errors"][0]["extensions"]["code"] == "UNKNOWN_ID"
    await runtime.close()


async def test_an_export_takes_no_mutation(executor: Executor) -> None:
    from ecograph.graph.errors import BadInput
    from ecograph.schema.export import open_table

    with pytest.raises(BadInput, match="Only the lists of a query"):
        open_table(executor, 'mutation { undoMatch(id: "x") { id } }', viewer=WRITER)


async def test_a_pair_whose_accounts_are_gone_is_shown_by_ids(doubled: Database, executor: Executor) -> None:
    await load(doubled, Dataset("more", (table(ACCOUNT, [{"key": "x", "name": "X"}]),), "more-1"))
    await doubled.write(
        [("CREATE (:MatchPair {id: 'gone', left: 'account:x', right: 'account:y', probability: 0.9, reasons: []})", {})]
    )
    (node, _) = (await _ask(executor, MATCHES))["matches"]["nodes"]
    assert (node["left"]["name"], node["right"]) == (
        "X", {"id": "account:y", "name": None, "domains": [], "duns": None, "populations": []},
    )  # fmt: skip
