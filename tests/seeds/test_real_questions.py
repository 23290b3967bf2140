"""The first questions on the real data: landscape with history, then the adopter lists."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ecograph.graph.check import check_graph
from ecograph.graph.connection import Database
from ecograph.graph.load import Summary, load
from ecograph.graph.resolver import GraphResolver
from ecograph.graph.settings import Settings
from ecograph.schema.execute import Executor
from ecograph.seeds.landscape import read_landscape
from ecograph.seeds.table import read_table

QUESTION = """
query Who($domain: String!) { account(domain: $domain) {
  name products { nodes { name } }
  strengthenedBy(first: 50) { totalCount reason nodes {
    partner { name } components { kind because { name } } evidence { nodes { name } edges { type } } } } } }
"""


async def _import(database: Database, data: Path) -> tuple[Summary, Summary]:
    landscape = read_landscape([data / "landscape.yml"], history=data / "landscape-history")
    first = await load(database, landscape)
    resolver = GraphResolver(database)
    adopters = await resolver.run(
        lambda: read_table(data / "adopters.csv", kind=None, mapping=Path("adopters.yml"), resolver=resolver)
    )
    return first, await load(database, adopters)


@pytest.fixture(scope="module")
async def real(server: Database, real_data: Path) -> tuple[Database, Path]:
    from conftest import reset

    await reset(server)
    await _import(server, real_data)
    return server, real_data


async def _ask(real: tuple[Database, Path], settings: Settings, domain: str) -> dict[str, Any]:
    answer = await Executor(real[0], settings).execute(QUESTION, {"domain": domain})
    assert answer.data is not None
    assert not answer.errors
    found: dict[str, Any] = answer.data["account"]
    return found


async def test_the_counts_agree_with_the_files(real: tuple[Database, Path]) -> None:
    database, _ = real
    assert await database.value("MATCH (:Account)-[u:USES]->(:Product) RETURN count(u)") == 1_409
    service = "MATCH (p:Partner)-[c:CERTIFIED_FOR {level: 'Service Provider'}]->(:Product {key: 'kubernetes'})"
    assert await database.value(f"{service} RETURN count(DISTINCT p)") == 199
    users = "MATCH (a:Account) WHERE EXISTS { (a)-[:USES]->() }"
    assert 1_090 <= await database.value(f"{users} AND EXISTS {{ (a)-[:HAS_DOMAIN]->() }} RETURN count(a)") <= 1_110
    assert await database.value("MATCH (c:Company) RETURN c.name") == "Cloud Native Computing Foundation"
    assert await check_graph(database) == []


async def test_who_strengthens_capital_one(real: tuple[Database, Path], settings: Settings) -> None:
    account = await _ask(real, settings, "capitalone.com")
    assert account["name"] == "Capital One"
    assert {p["name"] for p in account["products"]["nodes"]} == {"Argo CD", "Argo Workflows", "OpenTelemetry"}
    nodes = account["strengthenedBy"]["nodes"]
    partners = {node["partner"]["name"] for node in nodes}
    assert {"Dash0", "Groundcover", "Causely", "Bronto", "VMware"} <= partners
    assert not any("Cloud Native Computing" in name for name in partners)
    for node in nodes:
        assert [c["kind"] for c in node["components"]] == ["REINFORCEMENT"]
        (way,) = node["evidence"]
        assert [e["type"] for e in way["edges"]] == ["BUILDS", "CONNECTS", "USES"]
        assert way["nodes"][2]["name"] == "OpenTelemetry"


async def test_that_nobody_is_known_for_amadeus_is_said_with_the_reason(
    real: tuple[Database, Path], settings: Settings
) -> None:
    account = await _ask(real, settings, "amadeus.com")
    assert len(account["products"]["nodes"]) == 4
    assert account["strengthenedBy"]["totalCount"] == 0
    assert account["strengthenedBy"]["reason"].startswith("It uses Argo CD, Argo Rollouts, Thanos, external-secrets;")


async def test_importing_everything_again_changes_nothing(real: tuple[Database, Path]) -> None:
    for summary in await _import(*real):
        assert (summary.total("created"), summary.total("updated")) == (0, 0)
