"""Lifts through GraphQL: what `ecograph measure` stores of an ecosystem with planted pairs, and what is said of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

import pytest
from conftest import reset

from ecograph.graph.check import check_graph
from ecograph.graph.connection import Database
from ecograph.graph.load import load
from ecograph.graph.settings import Settings
from ecograph.queries.run import measure
from ecograph.schema.execute import Executor
from ecograph.seeds.synthetic import Shape, generate

MADE = generate(Shape(60, 1_200, adoptions=4.0, lift_pairs=3), seed=1, ends_on=date(2026, 1, 1))
PLANTED = [pair[:2] for pair in MADE.truth.lift_pairs]
LIFT = """{ from { id key } to { id key } naiveLift coAccounts rateRatio { value low high level method n reason note }
  provenance { engine isStale excluded parameters } }"""
ALL = f"{{ lifts(first: 1000) {{ totalCount reason nodes {LIFT} }} }}"


@pytest.fixture(scope="module")
async def measured(server: Database, settings: Settings) -> Database:
    """A small synthetic ecosystem with its lifts, only to read."""
    await reset(server)
    await load(server, MADE.dataset)
    await measure(server, settings, only=["lift", "sharesWith"], grace_s=0)
    return server


@pytest.fixture
def asked(measured: Database, settings: Settings) -> Executor:
    return Executor(measured, settings)


async def ask(executor: Executor, text: str) -> dict[str, Any]:
    answer = (await executor.execute(text)).to_dict()
    assert "errors" not in answer, answer["errors"]
    found: dict[str, Any] = answer["data"]
    return found


async def every(executor: Executor) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await ask(executor, ALL))["lifts"]["nodes"]
    return found


def pair(node: dict[str, Any]) -> tuple[str, str]:
    return node["from"]["id"], node["to"]["id"]


async def test_before_the_first_run_there_are_none_and_it_says_why(executor: Executor) -> None:
    found = (await ask(executor, ALL))["lifts"]
    assert (found["totalCount"], found["nodes"]) == (0, [])
    assert "ecograph measure" in found["reason"]


async def test_planted_pairs_come_first_each_in_its_direction(asked: Executor, measured: Database) -> None:
    found = await every(asked)
    assert {pair(node) for node in found[: len(PLANTED)]} == set(PLANTED)
    value = {pair(node): node["rateRatio"]["value"] for node in found}
    assert all(value[source, target] > value.get((target, source), 1.0) for source, target in PLANTED)
    assert await check_graph(measured) == []


async def test_a_lift_has_its_interval_its_provenance_and_the_naive_value_beside_it(asked: Executor) -> None:
    found = await every(asked)
    for node in found:
        estimate = node["rateRatio"]
        assert 1 < estimate["low"] < estimate["value"] < estimate["high"]
        assert 5 <= estimate["n"] <= node["coAccounts"]
        assert estimate["reason"] is None
        assert node["naiveLift"] > 0
        assert not node["provenance"]["isStale"]
    of = found[0]["provenance"]
    assert of["parameters"]["minCoAccounts"] == 10
    assert any("the interval holds 1" in text for text in of["excluded"])


async def test_the_note_warns_of_causes_of_small_samples_and_of_both_directions(asked: Executor) -> None:
    found = await every(asked)
    ways = {pair(node): node for node in found}
    for (source, target), node in ways.items():
        note = node["rateRatio"]["note"]
        assert note.startswith("An association, not a cause")
        assert ("A small sample" in note) == (node["rateRatio"]["n"] < 20)
        if (target, source) in ways:
            assert "The other way round" in note
    assert any("A small sample" in node["rateRatio"]["note"] for node in found)


async def test_a_partner_lists_those_it_lifts_and_those_that_lift_it(asked: Executor) -> None:
    found = await every(asked)
    source, target = PLANTED[0]
    for key, field, end in ((source, "lifts", 0), (target, "liftedBy", 1)):
        of = await ask(asked, f'{{ partner(id: "{key}") {{ {field}(first: 100) {{ totalCount nodes {LIFT} }} }} }}')
        nodes = of["partner"][field]["nodes"]
        assert nodes == [node for node in found if pair(node)[end] == key]
        assert of["partner"][field]["totalCount"] == len(nodes) > 0


async def test_lifts_are_filtered_and_paged(asked: Executor) -> None:
    found = await every(asked)
    source = PLANTED[0][0]
    where = f'{{ from: {{ id: {{ eq: "{source}" }} }}, rateRatio: {{ gt: 1.5, lt: 99 }}, coAccounts: {{ gte: 12 }} }}'
    some = (await ask(asked, f"{{ lifts(where: {where}) {{ nodes {LIFT} }} }}"))["lifts"]["nodes"]
    assert some == [
        node
        for node in found
        if pair(node)[0] == source and 1.5 < node["rateRatio"]["value"] < 99 and node["coAccounts"] >= 12
    ]
    page = (await ask(asked, "{ lifts(first: 2) { pageInfo { endCursor hasNextPage } } }"))["lifts"]["pageInfo"]
    assert page["hasNextPage"]
    after = f'{{ lifts(first: 2, after: "{page["endCursor"]}") {{ nodes {LIFT} }} }}'
    assert (await ask(asked, after))["lifts"]["nodes"] == found[2:4]
    none = await ask(asked, "{ lifts(where: { coAccounts: { lt: 0 } }) { nodes { coAccounts } reason } }")
    assert none["lifts"]["reason"] == "The filter lets none through."


async def test_another_day_has_none_and_says_so(asked: Executor) -> None:
    text = f'{{ partner(id: "{PLANTED[0][0]}", asOf: "2025-12-01") {{ lifts {{ totalCount reason }} }} }}'
    assert (await ask(asked, text))["partner"]["lifts"] == {
        "totalCount": 0,
        "reason": "Lifts are kept for today only: leave `asOf` out.",
    }


SUGGESTED = "nextBestPartners(first: 100) { totalCount reason nodes { score partner { id } because { id } } }"
HELD = """MATCH (a:Account)-[h:HAS_PARTNER]->(p:Partner)
WHERE (h.since IS NULL OR h.since <= date()) AND (h.until IS NULL OR h.until > date()) AND h.sources <> ['LIST']
  AND a.customerSince <= date() AND (a.churnedOn IS NULL OR a.churnedOn > date())
  AND (p.leftOn IS NULL OR p.leftOn > date())
RETURN DISTINCT p.id, a.id, a.industry"""
TIED = "MATCH (p:Partner)-[:SHARES_WITH]-(q:Partner) RETURN p.id, q.id"


async def test_next_best_partners_are_scored_by_likeness_lift_and_popularity(
    asked: Executor, measured: Database
) -> None:
    held = await measured.rows(HELD)
    accounts: dict[str, set[str]] = defaultdict(set)
    for partner, account, _ in held:
        accounts[partner].add(account)
    industry = {account: of for _, account, of in held}
    low = {pair(node): node["rateRatio"]["low"] for node in await every(asked)}
    tied = {tuple(row) for row in await measured.rows(TIED)}
    busiest = Counter(account for _, account, _ in held).most_common(1)[0][0]
    own = {partner for partner, account, _ in held if account == busiest}

    def part(one: str, other: str) -> float:
        both = len(accounts[one] & accounts[other]) / (len(accounts[one]) * len(accounts[other])) ** 0.5
        return both * low.get((one, other), 1.0) if (one, other) in tied else 0.0

    expected = {}
    for other in accounts.keys() - own:
        likeness = sum(part(one, other) for one in own)
        popular = sum(industry[account] == industry[busiest] for account in accounts[other])
        if likeness > 0:
            expected[other] = likeness * (1 + popular)
    found = (await ask(asked, f'{{ account(id: "{busiest}") {{ {SUGGESTED} }} }}'))["account"]["nextBestPartners"]
    assert {node["partner"]["id"]: node["score"] for node in found["nodes"]} == pytest.approx(expected, abs=1e-5)
    assert found["totalCount"] == len(expected) > 5
    for node in found["nodes"]:
        of = node["partner"]["id"]
        reasons = [part(one["id"], of) for one in node["because"]]
        assert reasons == sorted(reasons, reverse=True)
        assert 0 < len(reasons) <= 5
        assert min(reasons) > 0


async def test_without_a_run_no_partner_is_proposed_and_it_says_why(executor: Executor) -> None:
    found = (await ask(executor, f'{{ account(id: "north") {{ {SUGGESTED} }} }}'))["account"]["nextBestPartners"]
    assert (found["totalCount"], found["nodes"]) == (0, [])
    assert found["reason"] == "Not computed yet: run `ecograph measure`."


QUERIES = [
    f"{{ accounts(first: 12) {{ nodes {{ key {SUGGESTED} }} }} }}",
    "{ accounts(first: 4) { nodes { nextBestPartners(first: 1) { pageInfo { hasNextPage endCursor } "
    "edges { cursor node { score } } } } } }",
    f'{{ accounts(first: 4, asOf: "2025-12-01") {{ nodes {{ {SUGGESTED} }} }} }}',
    ALL,
    "{ lifts { totalCount } }",
    "{ lifts(first: 3) { edges { cursor node { coAccounts from { name } } } pageInfo { hasNextPage endCursor } } }",
    "{ lifts(where: { rateRatio: { gte: 2, lte: 6 } }) { nodes { rateRatio { value n note } } } }",
    '{ lifts(where: { to: { name: { contains: "a" } }, coAccounts: { in: [10, 12, 14] } }) { nodes { naiveLift } } }',
    "{ lifts(where: { from: { products: { count: { gt: 1 } } } }) { totalCount reason nodes { to { key } } } }",
    f'{{ partner(id: "{PLANTED[0][0]}") {{ lifts {{ nodes {LIFT} }} liftedBy {{ reason nodes {LIFT} }} }} }}',
    "{ partners(first: 20) { nodes { key lifts(first: 2) { totalCount reason pageInfo { hasNextPage } "
    "nodes { to { key lifts(first: 1) { totalCount } } rateRatio { low } } } } } }",
    f'{{ partner(id: "{PLANTED[1][1]}", asOf: "2025-12-01") {{ liftedBy {{ reason nodes {{ coAccounts }} }} }} }}',
    "{ partners(first: 5) { nodes { liftedBy(where: { rateRatio: { gt: 3 } }) { reason nodes { from { key } } } } } }",
]  # fmt: skip


@pytest.mark.parametrize("text", QUERIES)
async def test_both_ways_of_answering_agree(measured: Database, settings: Settings, text: str) -> None:
    compiled = await Executor(measured, settings).execute(text)
    assert not compiled.errors
    oracle = await Executor(measured, settings, use_oracle=True).execute(text)
    assert compiled.to_bytes() == oracle.to_bytes()
