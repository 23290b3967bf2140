"""The whole graph as tables, read back from the files."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from ecograph.graph.connection import Database
from ecograph.graph.export import Format, GraphTable, encoded, graph_tables, tables
from ecograph.graph.model import EDGES, NODES
from ecograph.graph.model.measured import GROUPS, EdgeGroup
from ecograph.graph.settings import Settings
from ecograph.graph.version import read_version
from ecograph.queries.run import measure

MEASURED = {group.type for group in GROUPS if isinstance(group, EdgeGroup)}


async def _read(database: Database, table: GraphTable) -> pl.DataFrame:
    pieces = [piece async for piece in encoded(Format.PARQUET, table.columns, table.pages(database))]
    return pl.read_parquet(io.BytesIO(b"".join(pieces)))


async def _all(database: Database) -> dict[str, pl.DataFrame]:
    return {table.name: await _read(database, table) for table in graph_tables(await read_version(database))}


async def test_every_node_and_edge_is_in_its_table_once(still: Database) -> None:
    found = await _all(still)
    assert set(found) == {kind.table for kind in (*NODES, *EDGES) if getattr(kind, "type", "") not in MEASURED}
    for kind in NODES:
        assert found[kind.table].height == await still.value(f"MATCH (n:{kind.label}) RETURN count(n)"), kind.table
        assert found[kind.table]["id"].is_unique().all()
    for edge in EDGES:
        if edge.type not in MEASURED:
            stored = await still.value(f"MATCH ()-[r:{edge.type}]->() RETURN count(r)")
            assert found[edge.table].height == stored, edge.table


async def test_values_have_native_types(still: Database) -> None:
    found = await _all(still)
    bolt = found["partner"].row(by_predicate=pl.col("id") == "partner:bolt", named=True)
    assert bolt["joinedOn"] == date(2022, 1, 1)
    assert bolt["domains"] == ["bolt.com", "bolt.io"]
    assert bolt["externalIds"] == ["crm:P1"]
    assert bolt["custom"] == '{"score":7}'
    north = found["account"].row(by_predicate=pl.col("id") == "account:north", named=True)
    assert (north["arr"], north["arrCurrency"]) == (Decimal("120000.000"), "USD")
    uses = found["uses"].filter(pl.col("from") == "account:north").sort("to")
    assert uses["to"].to_list() == ["product:core", "product:flow"]
    assert uses["activity"].to_list() == [None, 12.5]
    assert uses["until"].dtype == pl.Date()


async def test_small_pages_give_the_same(still: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = await _all(still)
    monkeypatch.setattr(tables, "PAGE", 1)
    for name, frame in (await _all(still)).items():
        assert frame.equals(whole[name]), name


async def test_the_measures_of_the_current_slot_alone(graph: Database, settings: Settings) -> None:
    await measure(graph, settings, grace_s=0)
    found = await _all(graph)
    partners = found["measures_partners"]
    assert set(partners["id"]) <= set(found["partner"]["id"])
    assert partners["pageRank"].sum() == pytest.approx(1, abs=0.2)
    assert partners["pageRankRank"].min() == 1
    ties = found["shares_with"]
    assert ties.height == await graph.value("MATCH ()-[r:SHARES_WITH]->() RETURN count(r)"), (
        "one slot is written after one run"
    )


async def test_rows_stay_flat_in_every_format(still: Database) -> None:
    table = next(one for one in graph_tables(await read_version(still)) if one.name == "knows")
    pieces = [piece async for piece in encoded(Format.CSV, table.columns, table.pages(still))]
    csv = b"".join(pieces).decode()
    assert csv.splitlines()[0] == "key,from,to,source,since,until,population,ownerKey"
    rows = [line.partition(",")[2] for line in csv.splitlines()]
    assert "partner:dune,account:cold,tiny,2025-01-01,,CUSTOMER," in rows
