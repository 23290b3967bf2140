"""Writing to the slot that nobody reads, in batches; each batch also renews the lock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..connection import Database
from ..cypher import seek
from ..lock import Lock
from ..model import BY_TYPE
from ..model.measured import EdgeGroup, NodeGroup
from ..model.values import Slot
from ..progress import NoProgress, Progress

Floats = NDArray[np.float64]
BATCH = 5_000


async def write_values(
    database: Database, held: Lock, group: NodeGroup, slot: Slot, ids: Mapping[str, Sequence[str]],
    values: Floats, history: Floats | None = None, progress: Progress | None = None,
) -> None:  # fmt: skip
    """Write the values of all nodes of the group.

    Args:
        ids: per label, the ids of its nodes; the rows of `values` follow them, label after label.
        values: one row per node, `group.width` wide, NaN for no value.
        history: one row per node, earlier values, newest first.
    """
    progress = progress or NoProgress()
    names = (group.property(slot), group.history_property(slot))
    at = 0
    progress.start(f"Writing {group.name}", sum(map(len, ids.values())))
    for label, keys in ids.items():
        statement = f"UNWIND $rows AS row {seek('n', label, 'row[0]')} SET n += row[1]"
        for start in range(0, len(keys), BATCH):
            rows = []
            for offset, key in enumerate(keys[start : start + BATCH], start=at + start):
                stored = {names[0]: values[offset].tolist()}
                if history is not None:
                    stored[names[1]] = history[offset].tolist()
                rows.append([key, stored])
            await database.write([held.renewal(), (statement, {"rows": rows})])
            progress.advance(len(rows))
        at += len(keys)
    progress.finish()


async def read_values(
    database: Database, group: NodeGroup, name: str, ids: Mapping[str, Sequence[str]], width: int
) -> Floats:
    """The lists stored under a property, one row per node in the order of `ids`; NaN where a node has none."""
    found = np.full((sum(map(len, ids.values())), width), np.nan)
    at = 0
    for label in group.labels:
        keys = ids.get(label, ())
        statement = f"MATCH (n:{label}) WHERE n[$name] IS NOT NULL RETURN n.id, n[$name]"
        stored = dict(await database.rows(statement, {"name": name})) if keys else {}
        for offset, key in enumerate(keys, start=at):
            value = stored.get(key)
            if value is not None and len(value) == width:
                found[offset] = value
        at += len(keys)
    return found


async def clear_edges(database: Database, held: Lock, group: EdgeGroup, slot: Slot) -> None:
    """Delete the edges of a slot."""
    statement = (
        f"MATCH ()-[r:{group.type}]->() WHERE r.key STARTS WITH $start WITH r LIMIT 10000 DELETE r RETURN count(*)"
    )
    deleted = None
    while deleted != 0:
        answers = await database.write([held.renewal(), (statement, {"start": f"{slot.value}:"})])
        deleted = answers[1][0][0]


async def write_edges(
    database: Database, held: Lock, group: EdgeGroup, slot: Slot, rows: Sequence[Mapping[str, Any]],
    progress: Progress | None = None,
) -> None:  # fmt: skip
    """Replace the edges of a slot.

    Args:
        rows: `from` and `to` are ids, all else properties. Symmetric edges stand once, the smaller id first.
    """
    progress = progress or NoProgress()
    await clear_edges(database, held, group, slot)
    start, end = BY_TYPE[group.type].ends[0]
    statement = (
        f"UNWIND $rows AS row {seek('a', start, 'row.from')} {seek('b', end, 'row.to')} "
        f"MERGE (a)-[r:{group.type} {{key: row.key}}]->(b) SET r += row.properties"
    )
    progress.start(f"Writing {group.name}", len(rows))
    for at in range(0, len(rows), BATCH):
        batch = [_edge(slot, row) for row in rows[at : at + BATCH]]
        await database.write([held.renewal(), (statement, {"rows": batch})])
        progress.advance(len(batch))
    progress.finish()


def _edge(slot: Slot, row: Mapping[str, Any]) -> dict[str, Any]:
    start, end = row["from"], row["to"]
    properties = {name: value for name, value in row.items() if name not in ("from", "to") and value is not None}
    properties |= {"slot": slot.value, "source": "measured"}
    return {"from": start, "to": end, "key": f"{slot.value}:{start}>{end}", "properties": properties}
