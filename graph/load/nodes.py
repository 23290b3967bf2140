"""Writing a batch of nodes: what is new, what differs, and the statements that make it so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import neo4j.time

from ..connection import Database, Parameters
from ..cypher import seek
from ..model import NodeKind, ValueType, node_id
from .tables import Counts

Row = Mapping[str, Any]
Statements = list[tuple[str, Parameters]]
_IDENTIFIERS = ("domains", "externalIds")


async def node_statements(
    database: Database, kind: NodeKind, rows: Sequence[Row], source: str, counts: Counts, *, is_fresh: bool
) -> Statements:
    """The statements for one batch; empty where nothing changes. `is_fresh` says that no node of the kind existed."""
    wanted = [wanted_node(kind, row) for row in rows]
    stored = {} if is_fresh else await stored_nodes(database, kind.label, [w["id"] for w in wanted])
    changed = []
    for want in wanted:
        have = stored.get(want["id"])
        if have is None:
            counts.created += 1
            changed.append(want)
        elif differs(want, have):
            counts.updated += 1
            changed.append(want)
        else:
            counts.unchanged += 1
    if not changed:
        return []
    return [
        (
            f"UNWIND $rows AS row MERGE (n:{kind.label} {{id: row.id}}) "
            "ON CREATE SET n.key = row.key, n.name = row.key, n.source = $source SET n += row.properties",
            {"rows": [{k: w[k] for k in ("id", "key", "properties")} for w in changed], "source": source},
        ),
        *identifier_statements(kind.label, changed),
    ]


def wanted_node(kind: NodeKind, row: Row) -> dict[str, Any]:
    """What a row says of its node: id, key, properties, domains and external ids."""
    columns = {"name", *(name for p in kind.properties for name in p.stored)}
    properties = {
        name: value
        for name, value in row.items()
        if value is not None and (name in columns or name.startswith("custom."))
    }
    if kind.label == "Product":
        properties.setdefault("isPlatform", False)
    for prop in kind.properties:
        if prop.type is ValueType.MONEY and prop.name not in properties:
            properties.pop(f"{prop.name}Currency", None)
        if prop.type is ValueType.STRINGS and prop.name in properties:
            properties[prop.name] = sorted(set(properties[prop.name]))
    identifiers = {name: list(dict.fromkeys(row.get(name) or ())) for name in _IDENTIFIERS}
    return {"id": node_id(kind, row["key"]), "key": row["key"], "properties": properties, **identifiers}


async def stored_nodes(database: Database, label: str, ids: list[str]) -> dict[str, dict[str, Any]]:
    """What the graph holds of these nodes, by id; no domains and external ids that merged accounts brought."""
    rows = await database.rows(
        f"UNWIND $ids AS id {seek('n', label, 'id')} RETURN id, properties(n), "
        "[(n)-[h:HAS_DOMAIN]->(d:Domain) WHERE h.mergedFrom IS NULL | [d.name, h.isPrimary]], "
        "[(n)-[h:HAS_EXTERNAL_ID]->(x:ExternalId) WHERE h.mergedFrom IS NULL | x.id]",
        {"ids": ids},
    )
    return {
        identity: {"properties": _native(properties), "domains": dict(domains), "externalIds": set(external)}
        for identity, properties, domains, external in rows
    }


def _native(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {name: native(value) for name, value in properties.items()}


def native(value: Any) -> Any:
    """A stored value as Python's own type, to compare with what an importer hands over."""
    return value.to_native() if isinstance(value, (neo4j.time.Date, neo4j.time.DateTime)) else value


def differs(want: Mapping[str, Any], have: Mapping[str, Any]) -> bool:
    """Whether a node is to be written."""
    stored: Mapping[str, Any] = have["properties"]
    if any(stored.get(name) != value for name, value in want["properties"].items() if name != "isPlatform"):
        return True
    if want["properties"].get("isPlatform") and not stored.get("isPlatform"):
        return True
    domains: Mapping[str, bool] = have["domains"]
    if any(name not in domains for name in want["domains"]):
        return True
    if want["domains"] and not domains.get(want["domains"][0]):
        return True
    return not set(want["externalIds"]) <= have["externalIds"]


def identifier_statements(label: str, changed: Sequence[Mapping[str, Any]]) -> Statements:
    """The statements that give nodes of a label their domains and external ids."""
    statements: Statements = []
    match = f"UNWIND $rows AS row {seek('n', label, 'row.id')}"
    domains = [
        {"id": w["id"], "name": name, "primary": at == 0} for w in changed for at, name in enumerate(w["domains"])
    ]
    if domains:
        statements.append(
            (
                f"{match} MERGE (d:Domain {{name: row.name}}) MERGE (n)-[h:HAS_DOMAIN]->(d) "
                "SET h.isPrimary = row.primary REMOVE h.mergedFrom",
                {"rows": domains},
            )
        )
        statements.append(
            (
                f"{match} MATCH (n)-[h:HAS_DOMAIN]->(d:Domain) WHERE h.isPrimary AND d.name <> row.name "
                "SET h.isPrimary = false",
                {"rows": [row for row in domains if row["primary"]]},
            )
        )
    external = [{"id": w["id"], "external": name} for w in changed for name in w["externalIds"]]
    if external:
        statements.append(
            (
                f"{match} MERGE (x:ExternalId {{id: row.external}}) MERGE (n)-[h:HAS_EXTERNAL_ID]->(x) "
                "REMOVE h.mergedFrom",
                {"rows": external},
            )
        )
    return statements
