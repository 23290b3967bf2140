from __future__ import annotations

from datetime import date
from typing import Any

from tiny_ecosystem import edge, edges, link

from ecograph.graph.connection import Database
from ecograph.graph.derive import derive_has_partner
from ecograph.graph.load import Dataset, load


async def _has_partner(database: Database) -> set[tuple[Any, ...]]:
    rows = await database.rows(
        "MATCH (a:Account)-[h:HAS_PARTNER]->(p:Partner) "
        "RETURN a.key, p.key, toString(h.since), toString(h.until), h.sources, h.roles"
    )
    return {(a, p, since, until, tuple(sources), tuple(roles)) for a, p, since, until, sources, roles in rows}


async def test_has_partner_follows_from_roles_products_integrations_deals_and_lists(graph: Database) -> None:
    assert await _has_partner(graph) == {
        ("north", "bolt", "2022-06-01", None, ("DEAL", "INTEGRATION", "PRODUCT"), ()),
        ("north", "care", "2023-02-01", None, ("ROLE",), ("IMPLEMENTS_FOR",)),
        ("north", "exit", "2022-06-01", None, ("DEAL",), ()),
        ("gone", "bolt", "2022-03-01", "2025-06-01", ("PRODUCT",), ()),
        ("gone", "care", "2023-02-01", "2024-02-01", ("ROLE",), ("IMPLEMENTS_FOR",)),
        ("south", "exit", "2023-09-01", None, ("DEAL", "ROLE"), ("REFERRED",)),
        ("cold", "dune", "2025-01-01", None, ("LIST",), ()),
    }


async def test_a_gap_makes_two_edges_and_what_no_longer_follows_goes(graph: Database) -> None:
    more = edges(
        "RESELLS_TO",
        edge("partner:dune", "account:south", date(2024, 1, 1), date(2024, 6, 1)),
        edge("partner:dune", "account:south", date(2025, 1, 1)),
    )
    await load(graph, Dataset("more", (more,), "more-1"))
    found = {row[2:4] for row in await _has_partner(graph) if row[:2] == ("south", "dune")}
    assert found == {("2024-01-01", "2024-06-01"), ("2025-01-01", None)}
    await graph.run_alone("MATCH (:Partner {key: 'dune'})-[r:RESELLS_TO]->() DELETE r")
    assert await derive_has_partner(graph) == (0, 2)
    assert not {row for row in await _has_partner(graph) if row[:2] == ("south", "dune")}


async def test_deriving_again_changes_nothing(graph: Database) -> None:
    before = await _has_partner(graph)
    assert await derive_has_partner(graph) == (0, 0)
    assert await _has_partner(graph) == before


async def _credits(database: Database, deal: str) -> set[tuple[str, str, str]]:
    rows = await database.rows(
        "MATCH (p:Partner)-[c:SOURCED|INFLUENCED]->(:Deal {key: $deal}) RETURN p.key, type(c), toString(c.on)",
        {"deal": deal},
    )
    return {(p, kind, on) for p, kind, on in rows}


async def test_the_first_touch_before_the_deal_sources_and_later_ones_influence(graph: Database) -> None:
    assert await _credits(graph, "d1") == {("bolt", "SOURCED", "2022-01-15"), ("exit", "INFLUENCED", "2022-03-01")}
    assert await _credits(graph, "d2") == {("exit", "SOURCED", "2023-09-01")}


async def test_a_touch_after_the_deal_was_opened_cannot_source(graph: Database) -> None:
    assert await _credits(graph, "d3") == {("care", "INFLUENCED", "2026-04-01")}


async def test_partners_of_the_same_first_day_share_the_sourcing(graph: Database) -> None:
    touch = edges("TOUCHED", link("partner:dune", "deal:d1", kind="introduction", on=date(2022, 1, 15)))
    await load(graph, Dataset("more", (touch,), "more-1"))
    sourcing = {partner for partner, kind, _ in await _credits(graph, "d1") if kind == "SOURCED"}
    assert sourcing == {"bolt", "dune"}


async def test_imported_credits_are_left_alone(graph: Database) -> None:
    await load(
        graph, Dataset("crm", (edges("SOURCED", link("partner:care", "deal:d1", on=date(2022, 2, 1))),), "crm-1")
    )
    assert await _credits(graph, "d1") == {("care", "SOURCED", "2022-02-01")}


async def test_what_lists_alone_tell_is_not_taken_for_an_adoption(graph: Database) -> None:
    listed = edges(
        "KNOWS",
        edge("partner:care", "account:north", date(2020, 1, 1), population="CUSTOMER"),
        edge("partner:bolt", "account:cold", date(2021, 1, 1), population="CUSTOMER"),
    )
    undated = edges("RESELLS_TO", edge("partner:dune", "account:cold"))
    await load(graph, Dataset("more", (listed, undated), "more-1"))
    rows = await graph.rows(
        "MATCH (a:Account)-[h:HAS_PARTNER]->(p:Partner) RETURN a.key, p.key, toString(h.since), toString(h.adoptedOn)"
    )
    found = {(account, partner): days for account, partner, *days in rows}
    assert found["north", "care"] == ["2020-01-01", "2023-02-01"]
    assert found["cold", "bolt"] == ["2021-01-01", None]
    assert found["cold", "dune"] == [None, None]
    assert found["gone", "bolt"] == ["2022-03-01", "2022-03-01"]
