from __future__ import annotations

import asyncio
import gc

import py2neo
import pytest

from ecograph import AsyncEcosystem, Ecosystem, QueryFailed, Settings
from ecograph.graph.check import check_graph
from ecograph.graph.connection import Database

QUERY = "query Q($id: ID!) { partner(id: $id) { name } }"


async def test_async(graph: Database, settings: Settings) -> None:
    async with AsyncEcosystem.open(settings) as ecosystem:
        assert await ecosystem.query(QUERY, id="bolt") == {"partner": {"name": "Bolt"}}
        with pytest.raises(QueryFailed, match="no word") as caught:
            await ecosystem.query('{ search(text: "?") { totalCount } }')
        assert caught.value.errors[0]["path"] == ["search"]
        assert "letter" in (caught.value.hint or "")


async def test_plain(graph: Database, settings: Settings) -> None:
    def ask() -> object:
        with Ecosystem.open(settings) as ecosystem:
            return ecosystem.query(QUERY, id="bolt")

    assert await asyncio.to_thread(ask) == {"partner": {"name": "Bolt"}}


@pytest.mark.filterwarnings("ignore")
async def test_py2neo_reads_and_writes_what_check_then_validates(graph: Database, settings: Settings) -> None:
    def use() -> None:
        with Ecosystem.open(settings) as ecosystem:
            neo = ecosystem.py2neo()
            matcher = py2neo.NodeMatcher(neo)
            assert matcher.match("Partner", key="bolt").first()["name"] == "Bolt"
            assert len(matcher.match("Account")) == 4
            frame = neo.run("MATCH (p:Partner) RETURN p.key AS key, p.name AS name ORDER BY key").to_data_frame()
            assert list(frame["key"]) == ["bolt", "care", "dune", "exit"]
            from py2neo.bulk import merge_nodes, merge_relationships

            rows = [{"id": "partner:echo", "key": "echo", "name": "Echo", "source": "notebook"}]
            merge_nodes(neo.auto(), rows, ("Partner", "id"), labels={"Partner"})
            merge_relationships(
                neo.auto(),
                [("partner:echo", {"key": "notebook-1", "source": "notebook"}, "product:flow")],
                "OFFERS", start_node_key=("Partner", "id"), end_node_key=("Product", "id"),
            )  # fmt: skip

    await asyncio.to_thread(use)
    assert await check_graph(graph) == []
    assert await graph.value("MATCH (:Partner {key: 'echo'})-[:OFFERS]->(p) RETURN p.key") == "flow"

    def use_wrongly() -> None:
        with Ecosystem.open(settings) as ecosystem:
            neo = ecosystem.py2neo()
            from py2neo.bulk import create_nodes

            create_nodes(neo.auto(), [{"id": "partner:foxtrot", "key": "foxtrot"}], labels={"Partner"})

    await asyncio.to_thread(use_wrongly)
    gc.collect()  # here, where py2neo's warnings are expected, and not in a later test
    assert [str(f) for f in await check_graph(graph)] == ["Partner without name: 1, such as partner:foxtrot"]
