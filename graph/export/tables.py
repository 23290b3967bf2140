"""The whole graph as tables: one of each kind of node and of edge, and one of each group of stored measures."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

from ..connection import Database
from ..model import EDGES, NODES, EdgeKind, NodeKind, Property, ValueType
from ..model.measured import GROUPS, EdgeGroup, NodeGroup
from ..model.money import from_minor
from ..stored import Pointer
from ..version import GraphVersion
from .kinds import BOOLEAN, DATE, DATETIME, DECIMAL, FLOAT, INTEGER, JSON, TEXT, Column, Kind, Many, Row

PAGE = 5_000
"""Nodes of a page; a page of edges holds those of so many nodes."""

_KINDS: dict[ValueType, Kind] = {
    ValueType.STRING: TEXT,
    ValueType.INTEGER: INTEGER,
    ValueType.FLOAT: FLOAT,
    ValueType.BOOLEAN: BOOLEAN,
    ValueType.DATE: DATE,
    ValueType.DATETIME: DATETIME,
    ValueType.MONEY: DECIMAL,
    ValueType.STRINGS: Many(TEXT),
}
_CUSTOM = "custom."


@dataclass(frozen=True)
class GraphTable:
    """One table: the name of its file, its columns, of which the first identifies a row, and its rows page by page."""

    name: str
    columns: tuple[Column, ...]
    pages: Callable[[Database], AsyncIterator[Sequence[Row]]]


def graph_tables(version: GraphVersion) -> list[GraphTable]:
    """All tables of a graph: nodes under the names of their kinds, then edges, then the measures that are stored."""
    edge_groups = {group.type: group for group in GROUPS if isinstance(group, EdgeGroup)}
    tables = [_nodes(kind) for kind in NODES]
    for kind in EDGES:
        group = edge_groups.get(kind.type)
        pointer = version.pointers.of(group) if group else None
        if group is None or pointer is not None:
            tables.append(_edges(kind, pointer))
    for stored in GROUPS:
        pointer = version.pointers.of(stored)
        if isinstance(stored, NodeGroup) and pointer is not None:
            tables.append(_measures(stored, pointer))
    return tables


def _columns(properties: Sequence[Property]) -> list[Column]:
    found = []
    for prop in properties:
        found.append(Column(prop.name, _KINDS[prop.type]))
        if prop.type is ValueType.MONEY:
            found.append(Column(f"{prop.name}Currency", TEXT))
    return found


def _values(properties: Sequence[Property], stored: dict[str, Any]) -> list[Any]:
    values: list[Any] = []
    for prop in properties:
        value = stored.get(prop.name)
        if prop.type is ValueType.MONEY:
            currency = stored.get(f"{prop.name}Currency")
            values += [None if value is None else from_minor(value, str(currency)), currency]
        elif prop.type in (ValueType.DATE, ValueType.DATETIME):
            values.append(None if value is None else value.iso_format())
        else:
            values.append(value)
    return values


async def _pages_of_ids(database: Database, *labels: str) -> AsyncIterator[tuple[str, list[str]]]:
    """The ids of the nodes of these labels, label after label, in pages."""
    for label in labels:
        after = ""
        while found := await database.rows(
            f"MATCH (n:{label}) WHERE n.id > $after RETURN n.id ORDER BY n.id LIMIT $most",
            {"after": after, "most": PAGE},
        ):
            yield label, [identity for (identity,) in found]
            after = found[-1][0]


def _nodes(kind: NodeKind) -> GraphTable:
    free = [Column("domains", Many(TEXT)), Column("externalIds", Many(TEXT)), Column("custom", JSON)]
    has = (kind.has_domains, kind.has_external_ids, kind.has_custom)
    kept = [column for column, is_there in zip(free, has, strict=True) if is_there]
    named = [Column(name, TEXT) for name in ("id", "key", "name", "source")]

    async def pages(database: Database) -> AsyncIterator[Sequence[Row]]:
        async for label, ids in _pages_of_ids(database, kind.label):
            found = await database.rows(
                f"MATCH (n:{label}) WHERE n.id IN $ids RETURN properties(n), "
                "COLLECT { MATCH (n)-[h:HAS_DOMAIN]->(d:Domain) RETURN d.name ORDER BY h.isPrimary DESC, d.name }, "
                "COLLECT { MATCH (n)-[:HAS_EXTERNAL_ID]->(x:ExternalId) RETURN x.id ORDER BY x.id } ORDER BY n.id",
                {"ids": ids},
            )
            yield [_node(kind, has, *row) for row in found]

    return GraphTable(kind.table, (*named, *_columns(kind.properties), *kept), pages)


def _node(
    kind: NodeKind, has: Sequence[bool], stored: dict[str, Any], domains: list[str], external: list[str]
) -> list[Any]:
    custom = {name[len(_CUSTOM) :]: _plain(value) for name, value in stored.items() if name.startswith(_CUSTOM)}
    free = [value for value, is_there in zip((domains, external, custom), has, strict=True) if is_there]
    return [*(stored.get(name) for name in ("id", "key", "name", "source")), *_values(kind.properties, stored), *free]


def _plain(value: Any) -> Any:
    return value.iso_format() if hasattr(value, "iso_format") else value


def _edges(kind: EdgeKind, pointer: Pointer | None) -> GraphTable:
    properties = [prop for prop in kind.all_properties if prop.name != "slot"]
    ends = [Column(name, TEXT) for name in ("key", "from", "to", "source")]
    current = " AND r.slot = $slot" if pointer else ""

    async def pages(database: Database) -> AsyncIterator[Sequence[Row]]:
        async for label, ids in _pages_of_ids(database, *kind.from_labels):
            found = await database.rows(
                f"MATCH (a:{label})-[r:{kind.type}]->(b) WHERE a.id IN $ids{current} "
                "RETURN a.id, b.id, properties(r) ORDER BY a.id, b.id, r.since",
                {"ids": ids, **({"slot": pointer.slot.value} if pointer else {})},
            )
            yield [
                [has.get("key"), start, end, has.get("source"), *_values(properties, has)] for start, end, has in found
            ]

    return GraphTable(kind.table, (*ends, *_columns(properties)), pages)


def _measures(group: NodeGroup, pointer: Pointer) -> GraphTable:
    columns = [Column("id", TEXT), *(Column(name, FLOAT) for name in group.columns)]
    columns += [Column(f"{name}Rank", INTEGER) for name in group.ranked]
    stored = group.property(pointer.slot)
    at = [group.at(name) for name in group.columns]
    ranks = [group.rank_at(name) for name in group.ranked]

    async def pages(database: Database) -> AsyncIterator[Sequence[Row]]:
        async for label, ids in _pages_of_ids(database, *group.labels):
            found = await database.rows(
                f"MATCH (n:{label}) WHERE n.id IN $ids AND n[$stored] IS NOT NULL "
                "RETURN n.id, n[$stored] ORDER BY n.id",
                {"ids": ids, "stored": stored},
            )
            yield [
                [one, *(_number(values[i]) for i in at), *(_rank(values[i]) for i in ranks)] for one, values in found
            ]

    return GraphTable(f"measures_{group.name}", tuple(columns), pages)


def _number(value: float) -> float | None:
    return None if isnan(value) else value


def _rank(value: float) -> int | None:
    return None if isnan(value) else int(value)
