from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tiny_ecosystem import edge, edges, link, table, tiny

from ecograph.graph import lock
from ecograph.graph.check import check_graph
from ecograph.graph.connection import Database
from ecograph.graph.errors import Busy
from ecograph.graph.load import Dataset, OnBad, Rejected, Table, load
from ecograph.graph.load import loader as loader_module
from ecograph.graph.model import ACCOUNT, COMPANY, PARTNER
from ecograph.graph.model.system import SINGLETON

SIGNATURE = """
CALL () { MATCH (n) WHERE NOT n:Ecograph AND NOT n:Job
  WITH labels(n)[0] AS what, properties(n) AS p ORDER BY what, p.id, p.name
  RETURN collect([what, p]) AS nodes }
CALL () { MATCH (a)-[r]->(b) WITH type(r) AS what, coalesce(a.id, '') AS f, coalesce(b.id, b.name) AS t,
  properties(r) AS p ORDER BY what, f, t, p.since, p.key RETURN collect([what, f, t, p]) AS edges }
RETURN nodes, edges
"""


async def signature(database: Database) -> Any:
    """Everything in the graph, to compare."""
    return (await database.rows(SIGNATURE))[0]


async def test_loading_twice_is_loading_once(empty: Database) -> None:
    first = await load(empty, tiny())
    before = await signature(empty)
    second = await load(empty, replace(tiny(), fingerprint="tiny-again"))
    assert first.total("created") == 18 + 32 + 2
    assert (second.total("created"), second.total("updated")) == (0, 0)
    assert second.total("unchanged") == first.total("created")
    assert second.graph_version == first.graph_version
    assert await signature(empty) == before


async def test_a_changed_value_is_an_update_and_a_null_leaves_what_is_stored(graph: Database) -> None:
    rows = [{"key": "bolt", "tier": "Platinum", "region": None}, {"key": "care", "tier": None}]
    summary = await load(graph, Dataset("crm", (table(PARTNER, rows),), "crm-1"))
    assert (summary.of("partner").updated, summary.of("partner").unchanged) == (1, 1)
    assert await graph.value("MATCH (p:Partner {key: 'bolt'}) RETURN p.tier + ' ' + p.name + ' ' + p.source") == (
        "Platinum Bolt tiny"
    )


BAD = [
    ({"key": "", "name": "x"}, "key", "is empty"),
    ({"key": "partner:x"}, "key", "begins with a kind"),
    ({"key": "x", "types": ["GURU"]}, "types", "is none of"),
    ({"key": "x", "joinedOn": date(2025, 1, 1), "leftOn": date(2024, 1, 1)}, "leftOn", "is before joinedOn"),
]


@pytest.mark.parametrize(("row", "column", "reason"), BAD)
async def test_a_bad_row_is_named_and_nothing_goes_in(
    empty: Database, row: dict[str, Any], column: str, reason: str
) -> None:
    rows = [{"key": "good", "name": "Good", "_row": 2}, {**row, "_row": 3}]
    dataset = Dataset("f", (table(PARTNER, rows, "partners.csv"),), "f-1")
    with pytest.raises(Rejected) as caught:
        await load(empty, dataset)
    (bad,) = caught.value.bad
    assert (bad.file, bad.line, bad.column) == ("partners.csv", 3, column)
    assert reason in bad.reason
    assert await empty.value("MATCH (n:Partner) RETURN count(n)") == 0


@pytest.mark.parametrize(("row", "column", "reason"), BAD)
async def test_the_good_rows_go_in_when_the_bad_are_set_aside(
    empty: Database, row: dict[str, Any], column: str, reason: str
) -> None:
    dataset = Dataset("f", (table(PARTNER, [{"key": "good"}, row]),), "f-1")
    summary = await load(empty, dataset, on_bad=OnBad.SET_ASIDE)
    assert (summary.of("partner").created, summary.of("partner").set_aside) == (1, 1)
    assert await empty.value("MATCH (n:Partner) RETURN collect(n.key)") == ["good"]


async def test_a_duplicate_key_is_a_bad_row(empty: Database) -> None:
    with pytest.raises(Rejected, match="stands in this file already"):
        await load(empty, Dataset("f", (table(PARTNER, [{"key": "a"}, {"key": "a"}]),), "f-1"))


async def test_an_edge_to_nothing_is_a_bad_row_also_when_its_node_was_set_aside(empty: Database) -> None:
    tables = (
        table(PARTNER, [{"key": "a"}, {"key": "b", "types": ["GURU"]}]),
        edges("ALLIED_WITH", edge("partner:a", "partner:b"), edge("partner:a", "partner:nobody")),
    )
    summary = await load(empty, Dataset("f", tables, "f-1"), on_bad=OnBad.SET_ASIDE)
    assert [(b.column, b.value) for b in summary.bad if b.column != "types"] == [
        ("to", "partner:b"),
        ("to", "partner:nobody"),
    ]
    assert await empty.value("MATCH ()-[r:ALLIED_WITH]->() RETURN count(r)") == 0


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (edge("partner:bolt", "product:core"), "is no id of a Account"),
        (edge("account:north", "product:core", date(2025, 1, 1), date(2024, 1, 1)), "is before since"),
        (edge("account:north", "product:core", activity=float("nan")), "is not a finite number"),
        (edge("account:north", "product:core", activity=-1.0), "is below 0"),
        (edge("account:north", None), "is missing"),  # type: ignore[arg-type]
    ],
)
async def test_bad_edges(graph: Database, bad: dict[str, Any], reason: str) -> None:
    with pytest.raises(Rejected) as caught:
        await load(graph, Dataset("f", (edges("USES", bad),), "f-1"))
    assert reason in caught.value.bad[0].reason


async def test_a_second_company_is_refused(graph: Database) -> None:
    with pytest.raises(Rejected, match="second company"):
        await load(graph, Dataset("f", (table(COMPANY, [{"key": "other"}]),), "f-1"))


async def test_overlapping_intervals_of_a_pair_merge_whoever_imported_them(graph: Database) -> None:
    more = edges(
        "USES",
        edge("account:gone", "product:flow", date(2021, 1, 1), date(2023, 1, 1)),
        edge("account:gone", "product:flow", date(2025, 8, 1)),
    )
    summary = await load(graph, Dataset("other", (more,), "other-1"))
    assert (summary.of("uses").created, summary.of("uses").updated) == (1, 1)
    rows = await graph.rows(
        "MATCH (:Account {key: 'gone'})-[u:USES]->() RETURN toString(u.since), toString(u.until) ORDER BY u.since"
    )
    assert rows == [["2021-01-01", "2025-06-01"], ["2025-08-01", None]]
    again = await load(graph, Dataset("other", (more,), "other-2"))
    assert again.of("uses").unchanged == 2


async def test_the_end_of_a_relation_can_be_imported_later(graph: Database) -> None:
    ended = edges("USES", edge("account:north", "product:flow", date(2022, 7, 1), date(2026, 1, 1)))
    summary = await load(graph, Dataset("tiny", (ended,), "tiny-2"))
    assert summary.of("uses").updated == 1
    assert await graph.value(
        "MATCH (:Account {key: 'north'})-[u:USES]->(:Product {key: 'flow'}) RETURN toString(u.until)"
    ) == "2026-01-01"  # fmt: skip


async def test_symmetric_edges_are_one_whichever_way_they_are_told(graph: Database) -> None:
    told = edges("ALLIED_WITH", edge("partner:bolt", "partner:dune", date(2024, 5, 1)))
    summary = await load(graph, Dataset("tiny", (told,), "tiny-2"))
    assert summary.of("allied_with").unchanged == 1


async def test_a_new_primary_domain_takes_the_place_of_the_old(graph: Database) -> None:
    await load(graph, Dataset("f", (table(PARTNER, [{"key": "bolt", "domains": ["bolt.dev", "bolt.com"]}]),), "f-1"))
    rows = await graph.rows(
        "MATCH (:Partner {key: 'bolt'})-[h:HAS_DOMAIN]->(d) RETURN d.name, h.isPrimary ORDER BY d.name"
    )
    assert rows == [["bolt.com", False], ["bolt.dev", True], ["bolt.io", False]]


async def test_a_run_that_was_cut_off_is_taken_up_and_ends_in_the_same_graph(
    empty: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await load(empty, tiny())
    whole = await signature(empty)
    await empty.run_alone("MATCH (n) WHERE NOT n:Ecograph DETACH DELETE n")
    monkeypatch.setattr(loader_module, "BATCH", 2)
    written = 0
    original = Database.write

    async def cut_off(self: Database, statements: Any, **more: Any) -> Any:
        nonlocal written
        written += 1
        if written == 12:
            raise ConnectionError("cut off")
        return await original(self, statements, **more)

    monkeypatch.setattr(Database, "write", cut_off)
    with pytest.raises(ConnectionError):
        await load(empty, tiny())
    monkeypatch.setattr(Database, "write", original)
    batches = await empty.value("MATCH (j:Job) RETURN j.batch")
    summary = await load(empty, tiny())
    assert summary.resumed_at == batches > 0
    assert await signature(empty) == whole
    assert await check_graph(empty) == []


async def test_two_imports_do_not_run_at_once(graph: Database) -> None:
    await graph.write(
        [
            (
                "MATCH (e:Ecograph {id: $id}) SET e.lockedBy = 'elsewhere/1/0', e.lockedFor = 'import x', "
                "e.lockedUntil = datetime() + duration('PT60S')",
                {"id": SINGLETON},
            )
        ]
    )
    with pytest.raises(Busy, match="import x"):
        await load(graph, tiny())
    await graph.write([("MATCH (e:Ecograph) SET e.lockedUntil = datetime() - duration('PT1S')", {})])
    await load(graph, tiny())


async def test_the_lock_of_a_dead_process_of_this_machine_is_taken_over(graph: Database) -> None:
    host = lock.owner().split("/")[0]
    await graph.write(
        [
            (
                "MATCH (e:Ecograph) SET e.lockedBy = $dead, e.lockedUntil = datetime() + duration('PT60S')",
                {"dead": f"{host}/4194304/1.00"},
            )
        ]
    )
    await load(graph, tiny())


async def test_dated_values_and_custom_columns(graph: Database) -> None:
    assert await graph.rows(
        "MATCH (:Account {key: 'north'})-[:HAD]->(h) RETURN h.attribute, toString(h.on), h.value, h.valueCurrency"
    ) == [["arr", "2023-01-01", 9_000_000, "USD"]]
    assert await graph.value("MATCH (p:Partner {key: 'bolt'}) RETURN p[$name]", {"name": "custom.score"}) == 7


async def test_ten_thousand_rows_in_one_table(empty: Database) -> None:
    rows = [{"key": f"a{n:05}", "name": f"Account {n}"} for n in range(12_001)]
    made: Table = table(ACCOUNT, rows)
    summary = await load(empty, Dataset("f", (made,), "f-1"))
    assert summary.of("account").created == 12_001
    assert await empty.value("MATCH (a:Account) RETURN count(a)") == 12_001


async def test_the_graph_version_moves_when_something_changed_and_only_then(graph: Database) -> None:
    assert await graph.value("MATCH (e:Ecograph) RETURN e.version") == 1
    await load(graph, replace(tiny(), fingerprint="again"))
    assert await graph.value("MATCH (e:Ecograph) RETURN e.version") == 1
    await load(graph, Dataset("f", (edges("INCLUDES", link("deal:d2", "product:core")),), "f-1"))
    assert await graph.rows("MATCH (e:Ecograph) RETURN e.version, e.added_INCLUDES") == [[2, 2]]
