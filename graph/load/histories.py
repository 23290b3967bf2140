"""Writing dated values of attributes, exchange rates, and source records."""

from __future__ import annotations

from collections.abc import Container, Sequence
from hashlib import blake2b
from typing import Any

from ..connection import Database
from ..cypher import seek
from ..model import HistoryKind
from .edges import label_of
from .nodes import Row, Statements, native
from .tables import Counts

_OF_MERGED = (
    " WITH h, row MATCH (lost:SourceRecord {id: row.of})-[:RESOLVES_TO*1..50]->(now:Account) "
    "WITH h, CASE WHEN EXISTS { MATCH (now)-[:HAD]->(own:HistoryEntry {attribute: $attribute}) "
    "WHERE NOT own.id STARTS WITH $attribute + ':' + row.of + '@' } THEN lost ELSE now END AS n MERGE (n)-[:HAD]->(h)"
)
"""Dated values of a merged account count for the survivor where that has none of its own."""


async def history_statements(
    database: Database, kind: HistoryKind, rows: Sequence[Row], source: str, counts: Counts, merged: Container[str] = ()
) -> Statements:
    """The statements for one batch of dated values; a second value for the same day replaces the first.

    `merged` are the ids of accounts that were merged into others.
    """
    wanted = [_entry(kind, row) for row in rows]
    found = await database.rows(
        f"UNWIND $ids AS id {seek('h', 'HistoryEntry', 'id')} RETURN id, properties(h)",
        {"ids": [w["id"] for w in wanted]},
    )
    stored = {identity: {k: native(v) for k, v in properties.items()} for identity, properties in found}
    changed = []
    for want in wanted:
        have = stored.get(want["id"])
        if have is not None and all(have.get(k) == v for k, v in want["properties"].items()):
            counts.unchanged += 1
            continue
        if have is None:
            counts.created += 1
        else:
            counts.updated += 1
        changed.append(want)
    if not changed:
        return []
    attach = f" WITH h, row {seek('n', kind.of.label, 'row.of')} MERGE (n)-[:HAD]->(h)" if kind.of else ""
    statement = (
        "UNWIND $rows AS row MERGE (h:HistoryEntry {id: row.id}) ON CREATE SET h.source = $source "
        "SET h += row.properties"
    )
    parts = [(attach, [w for w in changed if w["of"] not in merged])]
    parts += [(_OF_MERGED, [w for w in changed if w["of"] in merged])]
    about = {"source": source, "attribute": kind.table}
    return [(statement + end, {"rows": sent, **about}) for end, sent in parts if sent]


def _entry(kind: HistoryKind, row: Row) -> dict[str, Any]:
    on = row["on"]
    if kind.of is None:
        properties = {"attribute": kind.table, **{k: row[k] for k in ("from", "to", "on", "rate")}}
        return {"id": f"rate:{row['from']}>{row['to']}@{on}", "of": None, "properties": properties}
    properties = {"attribute": kind.table, "on": on, "value": row["value"]}
    if row.get("valueCurrency"):
        properties["valueCurrency"] = row["valueCurrency"]
    return {"id": f"{kind.table}:{row['of']}@{on}", "of": row["of"], "properties": properties}


def record_statements(file: str, rows: Sequence[Row], source: str, merged: Container[str] = ()) -> Statements:
    """The statements for one batch of source records and what they resolve to, if only by way of a merged account."""
    by_label: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        identity = blake2b(f"{source}\x1f{file}\x1f{row['row']}".encode(), digest_size=16).hexdigest()
        label = "SourceRecord" if row["node"] in merged else label_of(row["node"])
        by_label.setdefault(label, []).append(
            {
                "id": identity,
                "node": row["node"],
                "properties": {"source": source, "file": file, "row": row["row"], "values": row["values"]},
                "match": {"probability": row["probability"], "reason": row["reason"]},
            }
        )
    return [
        (
            "UNWIND $rows AS row MERGE (s:SourceRecord {id: row.id}) SET s += row.properties "
            f"WITH s, row {seek('n', label, 'row.node')} MERGE (s)-[m:RESOLVES_TO]->(n) "
            "ON CREATE SET m.decidedBy = 'import', m.at = datetime() SET m += row.match",
            {"rows": sent},
        )
        for label, sent in by_label.items()
    ]
