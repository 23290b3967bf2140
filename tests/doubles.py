"""Accounts that are one company, beside the tiny ecosystem, and the whole graph as plain values."""

from __future__ import annotations

from datetime import date
from typing import Any

from tiny_ecosystem import BY_TABLE, edge, edges, link, table

from ecograph.graph.connection import Database
from ecograph.graph.load import Dataset
from ecograph.graph.model import ACCOUNT, DEAL

D = date

NORTH_2 = {
    "key": "north-2", "name": "North Bank Inc.", "industry": "Finance", "region": "EMEA", "ownerKey": "u9",
    "domains": ["northbank.com", "northbank.io"], "externalIds": ["crm:N2"], "custom.duns": "150483782",
}  # fmt: skip
NORTH_3 = {"key": "north-3", "name": "North Bank", "domains": ["northbank.io"], "externalIds": ["crm:N3"]}
SOUTH_2 = {
    "key": "south-2", "name": "South Retail", "domains": ["southretail.com"], "arr": 700, "arrCurrency": "GBP",
}  # fmt: skip


def doubles() -> Dataset:
    """Two more rows of North Bank, by its domains, and one of South Retail's name at another domain."""
    return Dataset(
        "doubles",
        (
            table(ACCOUNT, [NORTH_2, NORTH_3, SOUTH_2]),
            table(DEAL, [{"key": "d9", "name": "North more", "status": "OPEN", "openedOn": D(2026, 1, 1)}]),
            edges("USES", edge("account:north-2", "product:core", D(2021, 1, 1), D(2023, 1, 1)),
                  edge("account:north-2", "product:flow", D(2019, 1, 1), D(2020, 1, 1)),
                  edge("account:north-2", "product:view", D(2024, 5, 1)),
                  edge("account:north-3", "product:view", D(2025, 5, 1), activity=3.5)),
            edges("IMPLEMENTS_FOR", edge("partner:care", "account:north-2", D(2022, 1, 1), D(2023, 5, 1)),
                  edge("partner:dune", "account:north-3")),
            edges("WITH", link("deal:d9", "account:north-2")),
            edges("KNOWS", edge("partner:bolt", "account:north-2", D(2025, 1, 1), population="CUSTOMER"),
                  edge("partner:bolt", "account:north-3", D(2025, 2, 1), population="PROSPECT", ownerKey="o1")),
            edges("SAME_COMPANY_AS", link("partner:dune", "account:north-3")),
            table(BY_TABLE["arr"], [
                {"of": "account:north-2", "on": D(2024, 1, 1), "value": 1_000, "valueCurrency": "USD"},
                {"of": "account:south-2", "on": D(2024, 1, 1), "value": 5_000, "valueCurrency": "GBP"}]),
        ),
        "doubles-1",
    )  # fmt: skip


async def dump(database: Database) -> list[str]:
    """Every node and edge but those of Ecograph's own keeping that change with each run."""
    nodes = await database.rows("MATCH (n) WHERE NOT n:Ecograph|MatchPair|Job RETURN labels(n), properties(n)", {})
    found = await database.rows(
        "MATCH (a)-[r]->(b) RETURN type(r), coalesce(a.id, a.name), coalesce(b.id, b.name), properties(r)", {}
    )
    return sorted(_text(row) for row in [*nodes, *found])


def _text(row: list[Any]) -> str:
    return repr([sorted(value.items()) if isinstance(value, dict) else value for value in row])
