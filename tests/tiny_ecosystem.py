"""A hand-made ecosystem, small enough to know every answer by heart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from ecograph.graph.load import Dataset, Table
from ecograph.graph.load.validate import _columns
from ecograph.graph.model import ACCOUNT, BY_TYPE, COMPANY, DEAL, INTEGRATION, PARTNER, PRODUCT
from ecograph.graph.model.histories import HISTORIES

DAY = date(2026, 6, 1)
BY_TABLE = {h.table: h for h in HISTORIES}


def table(kind: Any, rows: Sequence[Mapping[str, Any]], file: str = "tiny.csv") -> Table:
    """A table of a kind from plain rows, with the model's column types."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    types = _columns(kind)
    schema = {name: types.get(name, pl.Int64() if name == "_row" else None) for name in names}
    custom = {name: [row.get(name) for row in rows] for name in names if schema[name] is None}
    frame = pl.DataFrame(
        {name: [row.get(name) for row in rows] for name in names if schema[name] is not None},
        schema={name: kind_ for name, kind_ in schema.items() if kind_ is not None},
    )
    return Table(kind, frame.with_columns(pl.Series(name, values) for name, values in custom.items()), file)


def edges(kind: str, *rows: Mapping[str, Any]) -> Table:
    return table(BY_TYPE[kind], rows)


def edge(start: str, end: str, since: date | None = None, until: date | None = None, **more: Any) -> dict[str, Any]:
    return {"from": start, "to": end, "since": since, "until": until, **more}


def link(start: str, end: str, **more: Any) -> dict[str, Any]:
    return {"from": start, "to": end, **more}


def tiny() -> Dataset:
    """Acme's ecosystem: three active partners and one that left, four accounts, and one of each relation."""
    d = date
    return Dataset(
        "tiny",
        (
            table(COMPANY, [{"key": "acme", "name": "Acme", "domains": ["acme.example"]}]),
            table(PARTNER, [
                {"key": "bolt", "name": "Bolt", "types": ["TECHNOLOGY"], "tier": "Gold", "joinedOn": d(2022, 1, 1),
                 "domains": ["bolt.com", "bolt.io"], "externalIds": ["crm:P1"], "custom.score": 7},
                {"key": "care", "name": "Care Services", "types": ["SERVICE", "RESELLER"], "joinedOn": d(2023, 1, 1)},
                {"key": "dune", "name": "Dune", "types": ["TECHNOLOGY"], "joinedOn": d(2024, 1, 1)},
                {"key": "exit", "name": "Exit", "types": ["REFERRAL"], "joinedOn": d(2021, 1, 1),
                 "leftOn": d(2025, 1, 1)},
            ]),
            table(PRODUCT, [
                {"key": "core", "name": "Acme Core", "category": "Platform", "isPlatform": True},
                {"key": "flow", "name": "Bolt Flow", "category": "Automation", "listedOn": d(2022, 2, 1)},
                {"key": "view", "name": "Dune View", "category": "Analytics", "listedOn": d(2024, 2, 1)},
            ]),
            table(INTEGRATION, [
                {"key": "flow-core", "name": "Flow for Core", "kind": "connector", "depth": 4,
                 "launchedOn": d(2022, 3, 1)},
                {"key": "view-flow", "name": "View for Flow", "kind": "connector", "depth": 2,
                 "launchedOn": d(2024, 3, 1)},
                {"key": "core-view", "name": "Core reads View", "kind": "plug-in", "launchedOn": d(2025, 1, 1)},
            ]),
            table(ACCOUNT, [
                {"key": "north", "name": "North Bank", "segment": "Enterprise", "industry": "Banking",
                 "arr": 12_000_000, "arrCurrency": "USD", "customerSince": d(2022, 6, 1), "ownerKey": "u1",
                 "domains": ["northbank.com"]},
                {"key": "south", "name": "South Retail", "segment": "SMB", "industry": "Retail", "arr": 500_050,
                 "arrCurrency": "EUR", "customerSince": d(2024, 1, 1), "domains": ["south.com"]},
                {"key": "gone", "name": "Gone Ltd", "segment": "SMB", "customerSince": d(2022, 1, 1),
                 "churnedOn": d(2025, 6, 1)},
                {"key": "cold", "name": "Cold Corp", "domains": ["cold.com"]},
            ]),
            table(DEAL, [
                {"key": "d1", "name": "North new", "kind": "NEW", "amount": 10_000_000, "amountCurrency": "USD",
                 "status": "WON", "openedOn": d(2022, 2, 1), "closedOn": d(2022, 6, 1)},
                {"key": "d2", "name": "South new", "kind": "NEW", "amount": 500_050, "amountCurrency": "EUR",
                 "status": "WON", "openedOn": d(2023, 10, 1), "closedOn": d(2024, 1, 1)},
                {"key": "d3", "name": "South more", "kind": "EXPANSION", "amount": 100_000, "amountCurrency": "EUR",
                 "status": "OPEN", "openedOn": d(2026, 3, 1)},
            ]),
            edges("OFFERS", edge("company:acme", "product:core"), edge("partner:bolt", "product:flow", d(2022, 2, 1)),
                  edge("partner:dune", "product:view", d(2024, 2, 1))),
            edges("BUILDS", edge("partner:bolt", "integration:flow-core", d(2022, 3, 1)),
                  edge("partner:dune", "integration:view-flow", d(2024, 3, 1))),
            edges("CONNECTS", edge("integration:flow-core", "product:flow"),
                  edge("integration:flow-core", "product:core"),
                  edge("integration:view-flow", "product:view"), edge("integration:view-flow", "product:flow"),
                  edge("integration:core-view", "product:core"), edge("integration:core-view", "product:view")),
            edges("USES", edge("account:north", "product:core", d(2022, 6, 1)),
                  edge("account:north", "product:flow", d(2022, 7, 1), activity=12.5),
                  edge("account:south", "product:core", d(2024, 1, 1)),
                  edge("account:gone", "product:flow", d(2022, 3, 1), d(2025, 6, 1))),
            edges("ENABLED", edge("account:north", "integration:flow-core", d(2022, 8, 1))),
            edges("IMPLEMENTS_FOR", edge("partner:care", "account:north", d(2023, 2, 1)),
                  edge("partner:care", "account:gone", d(2023, 2, 1), d(2024, 2, 1))),
            edges("REFERRED", edge("partner:exit", "account:south", d(2023, 9, 1))),
            edges("WITH", link("deal:d1", "account:north"), link("deal:d2", "account:south"),
                  link("deal:d3", "account:south")),
            edges("INCLUDES", link("deal:d1", "product:core")),
            edges("TOUCHED", link("partner:bolt", "deal:d1", kind="introduction", on=d(2022, 1, 15)),
                  link("partner:exit", "deal:d1", kind="call", on=d(2022, 3, 1)),
                  link("partner:exit", "deal:d2", kind="introduction", on=d(2023, 9, 1)),
                  link("partner:care", "deal:d3", kind="workshop", on=d(2026, 4, 1))),
            edges("CERTIFIED_FOR", link("partner:care", "product:core", level="Expert", on=d(2023, 1, 15))),
            edges("ALLIED_WITH", edge("partner:dune", "partner:bolt", d(2024, 5, 1))),
            edges("KNOWS", edge("partner:dune", "account:cold", d(2025, 1, 1), population="CUSTOMER"),
                  edge("company:acme", "account:cold", d(2025, 2, 1), population="PROSPECT"),
                  edge("partner:bolt", "account:south", d(2025, 3, 1), population="PROSPECT")),
            table(BY_TABLE["arr"], [
                {"of": "account:north", "on": d(2023, 1, 1), "value": 9_000_000, "valueCurrency": "USD"}]),
            table(BY_TABLE["rate"], [{"from": "EUR", "to": "USD", "on": d(2026, 1, 1), "rate": 1.1}]),
        ),
        "tiny-1",
    )  # fmt: skip
