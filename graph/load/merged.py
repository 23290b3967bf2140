"""Rows of accounts that were merged into others: they tell of the merged account, and through it of the survivor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..connection import Database
from ..merged import missing
from ..model import NodeKind
from .nodes import Row, Statements, differs, identifier_statements, native, stored_nodes, wanted_node
from .tables import Counts

_LABEL = "SourceRecord"
_ABOVE = """
UNWIND $ids AS id
MATCH path = (:SourceRecord {id: id})-[:RESOLVES_TO*1..50]->(above)
MATCH (p:MatchPair {merged: nodes(path)[-2].id})
RETURN id, labels(above)[0], above.id, properties(above), p.merged, coalesce(p.filled, []) ORDER BY id, length(path)
"""


async def merged_statements(database: Database, kind: NodeKind, rows: Sequence[Row], counts: Counts) -> Statements:
    """The statements for one batch; empty where nothing changes.

    A survivor follows what is said of a merged account in the properties that it has from it or has none of; domains
    and external ids become its own.
    """
    wanted = [wanted_node(kind, row) for row in rows]
    stored = await stored_nodes(database, _LABEL, [w["id"] for w in wanted])
    changed = [w for w in wanted if w["id"] in stored and differs(w, stored[w["id"]])]
    counts.updated += len(changed)
    counts.unchanged += len(wanted) - len(changed)
    if not changed:
        return []
    sent = [{"id": w["id"], "values": w["properties"]} for w in changed]
    statements: Statements = [_set(_LABEL, sent), *identifier_statements(_LABEL, changed)]
    above = await database.rows(_ABOVE, {"ids": [w["id"] for w in changed]})
    by_id = {w["id"]: w for w in changed}
    properties = {at: {k: native(v) for k, v in held.items()} for _, _, at, held, _, _ in above}
    said = {w["id"]: w["properties"] for w in changed}
    for identity, label, at, _, through, filled in above:
        values = _passed_on(properties[at], said[identity], filled)
        said[identity] = values
        properties[at].update(values)
        if values:
            statements.append(_set(label, [{"id": at, "values": values}]))
            statements.append(_fill(through, sorted({*filled, *values})))
        statements += _lent(label, at, by_id[identity])
    return statements


def _passed_on(own: Mapping[str, Any], said: Mapping[str, Any], filled: Sequence[str]) -> dict[str, Any]:
    names = {*missing(own, said), *(name for name in filled if name in said)}
    return {name: said[name] for name in sorted(names) if own.get(name) != said[name]}


def _set(label: str, rows: list[dict[str, Any]]) -> tuple[str, dict[str, Any]]:
    return f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) SET n += row.values", {"rows": rows}


def _fill(merged: str, names: list[str]) -> tuple[str, dict[str, Any]]:
    return "MATCH (p:MatchPair {merged: $merged}) SET p.filled = $names", {"merged": merged, "names": names}


def _lent(label: str, above: str, want: Mapping[str, Any]) -> Statements:
    about = {"above": above, "via": want["id"]}
    match = f"UNWIND $names AS name MATCH (n:{label} {{id: $above}})"
    domains = f"{match} MATCH (i:Domain {{name: name}}) MERGE (n)-[h:HAS_DOMAIN]->(i) "
    external = f"{match} MATCH (i:ExternalId {{id: name}}) MERGE (n)-[h:HAS_EXTERNAL_ID]->(i) "
    return [
        (f"{domains}ON CREATE SET h.isPrimary = false, h.mergedFrom = $via", {"names": want["domains"], **about}),
        (f"{external}ON CREATE SET h.mergedFrom = $via", {"names": want["externalIds"], **about}),
    ]
