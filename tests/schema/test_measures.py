"""Centrality, the partner graph, concentration, robustness and what-if over the tiny ecosystem."""

from __future__ import annotations

from typing import Any

import pytest

from ecograph.graph.connection import Database
from ecograph.graph.settings import Settings
from ecograph.queries.run import measure
from ecograph.schema.execute import Executor


@pytest.fixture
async def measured(graph: Database, settings: Settings) -> Executor:
    await measure(graph, settings, grace_s=0)
    return Executor(graph, settings)


async def ask(executor: Executor, text: str, **variables: Any) -> Any:
    answer = await executor.execute(text, variables)
    assert not answer.errors, answer.errors
    return answer.data


CENTRALITY = """query ($after: String, $kinds: [NodeKind!]) {
  centrality(measure: DEGREE, graph: WHOLE, kinds: $kinds, first: 4, after: $after) {
    totalCount pageInfo { endCursor hasNextPage } nodes { score rank node { id __typename } }
    provenance { isStale engine excluded } } }"""


async def test_nodes_of_every_kind_by_a_measure(measured: Executor) -> None:
    found = (await ask(measured, CENTRALITY))["centrality"]
    assert found["totalCount"] == 4 + 3 + 3 + 4 + 3
    assert (
        found["nodes"][0]["node"] == {"id": "partner:bolt", "__typename": "Partner"} or found["nodes"][0]["rank"] == 1
    )
    assert found["provenance"]["isStale"] is False
    seen = [node["node"]["id"] for node in found["nodes"]]
    while found["pageInfo"]["hasNextPage"]:
        found = (await ask(measured, CENTRALITY, after=found["pageInfo"]["endCursor"]))["centrality"]
        seen += [node["node"]["id"] for node in found["nodes"]]
    assert len(seen) == len(set(seen)) == 17
    partners = (await ask(measured, CENTRALITY, kinds=["PARTNER"]))["centrality"]
    assert partners["totalCount"] == 4


async def test_before_the_first_run_there_is_no_centrality(graph: Database, settings: Settings) -> None:
    data = await ask(Executor(graph, settings), CENTRALITY + " ")
    assert data["centrality"] == {
        "totalCount": 0, "nodes": [], "provenance": None, "pageInfo": {"endCursor": None, "hasNextPage": False}
    }  # fmt: skip
    assert (await ask(Executor(graph, settings), "{ partnerGraph { truncated } }"))["partnerGraph"] is None


GRAPH = """query ($nodes: Int! = 20000, $day: Date) { partnerGraph(maxNodes: $nodes, asOf: $day) { truncated
  nodes { partner { key } x y community size }
  edges { from to weight sharedAccounts sharedIntegrations since isBridge } provenance { engine } } }"""


async def test_the_partner_graph_for_drawing(measured: Executor) -> None:
    found = (await ask(measured, GRAPH))["partnerGraph"]
    assert {node["partner"]["key"] for node in found["nodes"]} == {"bolt", "care", "dune", "exit"}
    assert all(-1 <= node[axis] <= 1 for node in found["nodes"] for axis in "xy")
    assert found["edges"] == [
        {"from": "partner:bolt", "to": "partner:care", "weight": 1.0, "sharedAccounts": 1, "sharedIntegrations": 0,
         "since": "2023-02-01", "isBridge": True},
        {"from": "partner:bolt", "to": "partner:dune", "weight": 1.0, "sharedAccounts": 0, "sharedIntegrations": 1,
         "since": "2024-03-01", "isBridge": True},
    ]  # fmt: skip
    assert found["truncated"] is False
    cut = (await ask(measured, GRAPH, nodes=2))["partnerGraph"]
    assert cut["truncated"] is True
    assert {node["partner"]["key"] for node in cut["nodes"]} >= {"bolt"}
    kept = {f"partner:{node['partner']['key']}" for node in cut["nodes"]}
    assert all({edge["from"], edge["to"]} <= kept for edge in cut["edges"])
    assert (await ask(measured, GRAPH, day="2024-01-01"))["partnerGraph"] is None


async def test_partners_can_be_ordered_by_stored_measures(measured: Executor) -> None:
    text = "{ partners(orderBy: [{by: %s, direction: DESC}]) { nodes { key } } }"
    for key in ("PAGE_RANK", "BETWEENNESS"):
        first = (await ask(measured, text % key))["partners"]["nodes"][0]
        assert first == {"key": "bolt"}
    ordered = (await ask(measured, text % "COVERAGE_SHAPLEY"))["partners"]["nodes"]
    assert {node["key"] for node in ordered[:2]} == {"bolt", "care"}


async def test_concentration_and_robustness(measured: Executor) -> None:
    found = (
        await ask(
            measured,
            "{ ecosystem { concentration { hhi one: topShare(top: 1) all: topShare basis } "
            "robustness(order: GREEDY) { order rIndex rIndexRandom points { removed coveredShare } basis } } }",
        )
    )["ecosystem"]
    # Only North has present partners: Bolt and Care, half each.
    assert found["concentration"] == {"hhi": 0.5, "one": 0.5, "all": 1.0, "basis": "ARR"}
    curve = found["robustness"]
    assert [point["coveredShare"] for point in curve["points"]] == [1.0, 1.0, 0.0]
    assert curve["rIndex"] == curve["rIndexRandom"] == 0.5
    assert (await ask(measured, '{ ecosystem(asOf: "2000-01-01") { concentration { hhi } } }'))["ecosystem"] == {
        "concentration": None
    }


WHAT_IF = """query ($gone: [ID!]!, $day: Date) { whatIf(withoutPartners: $gone, asOf: $day) {
  accountsAffected { totalCount nodes { key } } accountsUncovered { nodes { key } }
  valueAffected { basis share accounts arr { amount currency } } valueUncovered { share accounts }
  openPipelineAffected { amount currency } integrationsLost { nodes { key } } activePartners
  partnersWeakened { nodes { key } } } }"""


async def test_what_if_a_partner_left(measured: Executor) -> None:
    found = (await ask(measured, WHAT_IF, gone=["partner:bolt"]))["whatIf"]
    assert found["accountsAffected"] == {"totalCount": 1, "nodes": [{"key": "north"}]}
    assert found["accountsUncovered"]["nodes"] == []
    assert found["valueAffected"] == {
        "basis": "ARR", "share": 1.0, "accounts": 1, "arr": [{"amount": "120000.00", "currency": "USD"}]
    }  # fmt: skip
    assert found["valueUncovered"] == {"share": 0.0, "accounts": 0}
    assert found["integrationsLost"]["nodes"] == [{"key": "flow-core"}]
    both = (await ask(measured, WHAT_IF, gone=["bolt", "care"]))["whatIf"]
    assert both["accountsUncovered"]["nodes"] == [{"key": "north"}]
    assert both["openPipelineAffected"] == [{"amount": "1000.00", "currency": "EUR"}]
    assert both["activePartners"] <= found["activePartners"]
    past = (await ask(measured, WHAT_IF, gone=["exit"], day="2024-06-01"))["whatIf"]
    assert past["accountsUncovered"]["nodes"] == [{"key": "south"}]


async def test_what_if_somebody_unknown_left(measured: Executor) -> None:
    found = (await ask(measured, WHAT_IF, gone=["partner:nobody"]))["whatIf"]
    assert found["accountsAffected"]["totalCount"] == 0
    assert found["valueAffected"]["share"] == 0.0
