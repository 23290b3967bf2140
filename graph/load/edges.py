"""Writing a batch of edges: an edge that overlaps a stored one of its pair extends it, any other is new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ..connection import Database, Parameters
from ..cypher import seek
from ..model import BY_LABEL, EdgeKind, edge_key
from .intervals import overlap
from .nodes import Row, Statements, native
from .tables import FROM, KEY, ROW, TO, Counts

_ABOUT = frozenset(("from", "to", ROW, KEY, FROM, TO))
_LABELS = {kind.prefix: label for label, kind in BY_LABEL.items()}


def label_of(identity: str) -> str:
    """The label of the node with this id."""
    return _LABELS[identity.partition(":")[0]]


async def edge_statements(
    database: Database, kind: EdgeKind, rows: Sequence[Row], source: str, counts: Counts, *, is_fresh: bool
) -> Statements:
    """The statements for one batch; empty where nothing changes. `is_fresh` says that no edge of the type existed."""
    by_labels: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        start, end = row["from"], row["to"]
        if kind.is_symmetric and end < start:
            start, end = end, start
        by_labels[label_of(start), label_of(end)].append(_wanted(kind, row, start, end, source))
    statements: Statements = []
    for labels, wanted in by_labels.items():
        stored = {} if is_fresh else await _stored(database, kind, labels, wanted)
        changed = _changed(kind, wanted, stored, counts)
        if changed:
            statements.append(_merge(kind, labels, changed, source))
    return statements


def _merge(
    kind: EdgeKind, labels: tuple[str, str], rows: Sequence[Mapping[str, Any]], source: str
) -> tuple[str, Parameters]:
    statement = (
        f"UNWIND $rows AS row {seek('a', labels[0], 'row.from')} {seek('b', labels[1], 'row.to')} "
        f"MERGE (a)-[r:{kind.type} {{key: row.key}}]->(b) ON CREATE SET r.source = $source SET r += row.properties"
    )
    sent = [{k: row[k] for k in ("from", "to", "key", "properties")} for row in rows]
    return statement, {"rows": sent, "source": source}


def _wanted(kind: EdgeKind, row: Row, start: str, end: str, source: str) -> dict[str, Any]:
    properties = {k: v for k, v in row.items() if v is not None and k not in _ABOUT}
    since = properties.get("since") if kind.is_dated else properties.get("on")
    discriminator = str(properties.get(kind.discriminator, "")) if kind.discriminator else ""
    key = row.get(KEY) or edge_key(source, kind, start, end, since, discriminator)
    was = (row.get(FROM) or start, row.get(TO) or end)
    # The edge may have been imported before one of its accounts was merged, and then has the key of that time.
    old = key if was == (start, end) else edge_key(source, kind, *was, since, discriminator)
    return {
        "from": start, "to": end, "key": key, "old": old, "properties": properties, "discriminator": discriminator,
    }  # fmt: skip


async def _stored(
    database: Database, kind: EdgeKind, labels: tuple[str, str], wanted: Sequence[Mapping[str, Any]]
) -> dict[tuple[str, str], list[dict[str, Any]]]:
    pairs = [{"from": start, "to": end} for start, end in dict.fromkeys((w["from"], w["to"]) for w in wanted)]
    found = await database.rows(
        f"UNWIND $pairs AS pair {seek('a', labels[0], 'pair.from')} {seek('b', labels[1], 'pair.to')} "
        f"MATCH (a)-[r:{kind.type}]->(b) RETURN pair.from, pair.to, properties(r)",
        {"pairs": pairs},
    )
    edges: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for start, end, properties in found:
        edges[start, end].append({name: native(value) for name, value in properties.items()})
    return edges


def _changed(
    kind: EdgeKind,
    wanted: Sequence[dict[str, Any]],
    stored: Mapping[tuple[str, str], list[dict[str, Any]]],
    counts: Counts,
) -> list[dict[str, Any]]:
    changed = []
    for want in wanted:
        have = _same_edge(kind, want, stored.get((want["from"], want["to"]), ()))
        if have is None:
            counts.created += 1
            changed.append(want)
            continue
        properties = _merged_properties(kind, want, have)
        if all(have.get(name) == value for name, value in properties.items()):
            counts.unchanged += 1
        else:
            counts.updated += 1
            changed.append({**want, "key": have["key"], "properties": properties})
    return changed


def _same_edge(
    kind: EdgeKind, want: Mapping[str, Any], candidates: Sequence[Mapping[str, Any]]
) -> Mapping[str, Any] | None:
    """The stored edge that this one is, whoever imported it."""
    keys = (want["old"], want["key"])
    exact = next((c for c in candidates if c.get("key") in keys), None)
    if exact is not None:
        return exact
    properties = want["properties"]
    for candidate in candidates:
        if not candidate.get("key"):
            continue
        if kind.discriminator and str(candidate.get(kind.discriminator, "")) != want["discriminator"]:
            continue
        if kind.is_dated:
            if overlap(
                properties.get("since"),
                properties.get("until"),
                candidate.get("since"),
                candidate.get("until"),
            ):
                return candidate
        elif properties.get("on") == candidate.get("on"):
            return candidate
    return None


def _merged_properties(kind: EdgeKind, want: Mapping[str, Any], have: Mapping[str, Any]) -> dict[str, Any]:
    """What to set: the union of the two intervals where they differ, else the newer dates."""
    properties = dict(want["properties"])
    if not kind.is_dated or have["key"] in (want["key"], want["old"]):
        properties.pop("since", None)
        return properties
    since, until = properties.pop("since", None), properties.pop("until", None)
    if have.get("since") is not None and (since or date.min) < have["since"]:
        properties["since"] = since
    if have.get("until") is not None and (until or date.max) > have["until"]:
        properties["until"] = until
    return properties
