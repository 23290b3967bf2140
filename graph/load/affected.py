"""Which accounts and deals an import touched, so that only theirs is derived anew."""

from __future__ import annotations

from collections.abc import Sequence

from ..connection import Database
from ..cypher import seek
from ..model import EdgeKind
from .tables import Table

_ACCOUNT_END = {
    "USES": "from",
    "ENABLED": "from",
    "IMPLEMENTS_FOR": "to",
    "RESELLS_TO": "to",
    "REFERRED": "to",
    "KNOWS": "to",
}
_DEAL_END = {"TOUCHED": "to", "SOURCED": "to", "INFLUENCED": "to", "WITH": "from"}
_VIA = {
    "OFFERS": ("to", f"{seek('p', 'Product', 'id')} MATCH (p)<-[:USES]-(a) RETURN DISTINCT a.id"),
    "BUILDS": ("to", f"{seek('i', 'Integration', 'id')} MATCH (i)<-[:ENABLED]-(a) RETURN DISTINCT a.id"),
}
_OF_DEALS = f"UNWIND $ids AS id {seek('d', 'Deal', 'id')} MATCH (d)-[:WITH]->(a) RETURN DISTINCT a.id"


def affected_deals(tables: Sequence[Table]) -> list[str]:
    """Ids of the deals whose credits may have changed."""
    found: set[str] = set()
    for table in tables:
        if isinstance(table.kind, EdgeKind) and (end := _DEAL_END.get(table.kind.type)):
            found.update(table.rows[end])
        elif table.kind.table == "deal":
            found.update(f"deal:{key}" for key in table.rows["key"])
    return sorted(found)


def listed_accounts(tables: Sequence[Table]) -> list[str]:
    """Ids of the accounts that account lists name."""
    return sorted({account for table in tables if table.kind.table == "knows" for account in table.rows["to"]})


async def affected_accounts(database: Database, tables: Sequence[Table]) -> list[str]:
    """Ids of the accounts whose partners may have changed."""
    found: set[str] = set()
    for table in tables:
        if not isinstance(table.kind, EdgeKind):
            continue
        if end := _ACCOUNT_END.get(table.kind.type):
            found.update(table.rows[end])
        elif table.kind.type in _VIA:
            end, statement = _VIA[table.kind.type]
            ids = table.rows[end].unique().to_list()
            found.update(a for (a,) in await database.rows(f"UNWIND $ids AS id {statement}", {"ids": ids}))
    if deals := affected_deals(tables):
        found.update(a for (a,) in await database.rows(_OF_DEALS, {"ids": deals}))
    return sorted(found)
