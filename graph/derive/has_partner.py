"""HAS_PARTNER: the partners of each account, one edge per unbroken interval, with what it follows from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from ..connection import Database
from ..load.intervals import merge_intervals
from ..load.nodes import native
from ..model import BY_TYPE, edge_key
from ..progress import NoProgress, Progress
from .credits import DERIVED

_KIND = BY_TYPE["HAS_PARTNER"]
_BATCH = 2_000

_REASONS = """
UNWIND $ids AS id
MATCH (a:Account {id: id}) USING INDEX a:Account(id)
CALL (a) {
  MATCH (a)<-[r:IMPLEMENTS_FOR|RESELLS_TO|REFERRED]-(p:Partner)
  RETURN p, 'ROLE' AS source, type(r) AS role, r.since AS s1, r.until AS u1, null AS s2, null AS u2
  UNION ALL
  MATCH (a)-[u:USES]->(:Product)<-[o:OFFERS]-(p:Partner)
  RETURN p, 'PRODUCT' AS source, null AS role, u.since AS s1, u.until AS u1, o.since AS s2, o.until AS u2
  UNION ALL
  MATCH (a)-[e:ENABLED]->(:Integration)<-[b:BUILDS]-(p:Partner)
  RETURN p, 'INTEGRATION' AS source, null AS role, e.since AS s1, e.until AS u1, b.since AS s2, b.until AS u2
  UNION ALL
  MATCH (a)<-[:WITH]-(d:Deal {status: 'WON'})<-[:SOURCED|INFLUENCED]-(p:Partner)
  RETURN p, 'DEAL' AS source, null AS role, d.closedOn AS s1, null AS u1, null AS s2, null AS u2
  UNION ALL
  MATCH (a)<-[k:KNOWS {population: 'CUSTOMER'}]-(p:Partner)
  RETURN p, 'LIST' AS source, null AS role, k.since AS s1, k.until AS u1, null AS s2, null AS u2
}
RETURN id, p.id, source, role, s1, u1, s2, u2
"""

_STORED = """
UNWIND $ids AS id
MATCH (:Account {id: id})-[h:HAS_PARTNER]->(p:Partner)
RETURN id, p.id, h.key, h.since, h.until, h.sources, h.roles, h.adoptedOn
"""

_WRITE = """
UNWIND $rows AS row
MATCH (a:Account {id: row.account}) USING INDEX a:Account(id)
MATCH (p:Partner {id: row.partner}) USING INDEX p:Partner(id)
MERGE (a)-[h:HAS_PARTNER {key: row.key}]->(p)
SET h.source = $derived, h.since = row.since, h.until = row.until, h.sources = row.sources, h.roles = row.roles,
    h.adoptedOn = row.adoptedOn
"""

_DELETE = "UNWIND $keys AS key MATCH (:Account)-[h:HAS_PARTNER {key: key}]->() DELETE h"

_COLUMNS = {
    "account": pl.String,
    "partner": pl.String,
    "source": pl.String,
    "role": pl.String,
    "s1": pl.Date,
    "u1": pl.Date,
    "s2": pl.Date,
    "u2": pl.Date,
}


async def derive_has_partner(
    database: Database, accounts: Sequence[str] | None = None, progress: Progress | None = None
) -> tuple[int, int]:
    """Derive HAS_PARTNER anew for these accounts (ids), or for all; returns how many edges were added and removed."""
    ids = list(accounts) if accounts is not None else await _all_accounts(database)
    is_fresh = not await database.value("MATCH ()-[h:HAS_PARTNER]->() RETURN count(h)")
    progress = progress or NoProgress()
    progress.start("Deriving partners of accounts", len(ids))
    added = removed = 0
    for at in range(0, len(ids), _BATCH):
        batch = ids[at : at + _BATCH]
        wanted = _merge(await database.rows(_REASONS, {"ids": batch}))
        stored = {} if is_fresh else _by_key(await database.rows(_STORED, {"ids": batch}))
        changed = [row for key, row in wanted.items() if stored.get(key) != row]
        gone = [key for key in stored if key not in wanted]
        if changed or gone:
            await database.write([(_DELETE, {"keys": gone}), (_WRITE, {"rows": changed, "derived": DERIVED})])
        added += sum(row["key"] not in stored for row in changed)
        removed += len(gone)
        progress.advance(len(batch))
    progress.finish()
    return added, removed


async def _all_accounts(database: Database) -> list[str]:
    return [identity for (identity,) in await database.rows("MATCH (a:Account) RETURN a.id")]


def _merge(reasons: Sequence[Sequence[Any]]) -> dict[str, dict[str, Any]]:
    rows = pl.DataFrame(
        [[native(value) for value in row] for row in reasons], schema=_COLUMNS, orient="row"
    ).with_columns(
        pl.max_horizontal("s1", "s2").alias("since"),
        pl.min_horizontal("u1", "u2").alias("until"),
    )
    holds = rows.filter(pl.col("since").fill_null(date.min) < pl.col("until").fill_null(date.max))
    adopted = pl.col("since").filter(pl.col("source") != "LIST")
    merged = merge_intervals(
        holds,
        ["account", "partner"],
        {
            "sources": pl.col("source").drop_nulls().unique().sort(),
            "roles": pl.col("role").drop_nulls().unique().sort(),
            "adoptedOn": pl.when(adopted.is_not_null().all()).then(adopted.min()),
        },
    )
    wanted = {}
    columns = ("account", "partner", "since", "until", "sources", "roles", "adoptedOn")
    for row in merged.select(columns).iter_rows(named=True):
        key = edge_key(DERIVED, _KIND, row["account"], row["partner"], row["since"])
        wanted[key] = {**row, "key": key}
    return wanted


def _by_key(stored: Sequence[Sequence[Any]]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for account, partner, key, since, until, sources, roles, adopted in stored:
        found[key] = {
            "account": account,
            "partner": partner,
            "since": native(since),
            "until": native(until),
            "sources": sources or [],
            "roles": roles or [],
            "adoptedOn": native(adopted),
            "key": key,
        }
    return found
