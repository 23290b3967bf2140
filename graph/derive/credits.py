"""SOURCED and INFLUENCED edges from dated touches, for deals whose credits were not imported.

A touch after the deal was opened cannot source it. The earliest touch sources; partners of that same day share it.
Every other partner that touched the deal before it was closed influenced it.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..connection import Database

DERIVED = "derived"

_CREDIT = """
UNWIND $ids AS id
MATCH (d:Deal {id: id}) USING INDEX d:Deal(id)
OPTIONAL MATCH (d)<-[old:SOURCED|INFLUENCED]-() WHERE old.source = $derived
WITH d, collect(old) AS olds
FOREACH (old IN olds | DELETE old)
WITH d
WHERE NOT EXISTS { MATCH (d)<-[c:SOURCED|INFLUENCED]-() WHERE c.source <> $derived }
MATCH (p:Partner)-[t:TOUCHED]->(d)
WHERE t.on < coalesce(d.closedOn, date('9999-12-31')) OR t.on = d.closedOn
WITH d, p, min(t.on) AS on
WITH d, collect({partner: p, on: on}) AS touches,
     min(CASE WHEN on <= coalesce(d.openedOn, date('9999-12-31')) THEN on END) AS first
UNWIND touches AS touch
WITH d, touch.partner AS p, touch.on AS on, first
FOREACH (_ IN CASE WHEN on = first THEN [1] ELSE [] END |
  MERGE (p)-[s:SOURCED {key: $derived + ':' + p.id + '>' + d.id + ':s'}]->(d) SET s.source = $derived, s.on = on)
FOREACH (_ IN CASE WHEN first IS NULL OR on <> first THEN [1] ELSE [] END |
  MERGE (p)-[i:INFLUENCED {key: $derived + ':' + p.id + '>' + d.id + ':i'}]->(d) SET i.source = $derived, i.on = on)
"""


async def derive_credits(database: Database, deals: Sequence[str], batch: int = 2_000) -> None:
    """Derive the credits of these deals (ids) anew; imported credits are left alone."""
    for at in range(0, len(deals), batch):
        await database.write([(_CREDIT, {"ids": list(deals[at : at + batch]), "derived": DERIVED})])
