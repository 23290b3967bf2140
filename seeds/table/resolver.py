"""Look-ups of nodes by what identifies them: in the graph, and among the nodes of the same import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol

import polars as pl

from ...graph.load.cast import normal_name
from ...graph.load.tables import Table
from ...graph.model import NodeKind, kind_of, node_id


class Resolver(Protocol):
    """Finds nodes of a kind. Each method is called a constant number of times per file, with unique values."""

    def by_id(self, kind: NodeKind, ids: Sequence[str]) -> set[str]:
        """Which of these whole ids (`account:acme`) exist."""

    def by_domain(self, kind: NodeKind, domains: Sequence[str]) -> dict[str, list[str]]:
        """Node ids by registrable domain."""

    def by_external_id(self, kind: NodeKind, ids: Sequence[str]) -> dict[str, list[str]]:
        """Node ids by external id (`system:id`)."""

    def by_name(self, kind: NodeKind, names: Sequence[str]) -> dict[str, list[str]]:
        """Node ids by name as `normal_name` gives it; the names are given in that form."""


class InMemory:
    """A resolver over nodes that it has been told of."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._domains: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._external: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._names: dict[tuple[str, str], list[str]] = defaultdict(list)

    def add(
        self,
        kind: NodeKind,
        key: str,
        name: str | None = None,
        domains: Iterable[str] = (),
        external_ids: Iterable[str] = (),
    ) -> str:
        """Tells it of a node, or of more about one; returns its id."""
        node = node_id(kind, key)
        self._ids.add(node)
        values = [(self._domains, d) for d in domains] + [(self._external, e) for e in external_ids]
        if name:
            values.append((self._names, normal_name(name)))
        for index, value in values:
            nodes = index[kind.table, value]
            if node not in nodes:
                nodes.append(node)
        return node

    def add_table(self, table: Table) -> None:
        """Tells it of the nodes of a node table."""
        if not isinstance(table.kind, NodeKind):
            return
        columns = [c for c in ("key", "name", "domains", "externalIds") if c in table.rows.columns]
        for row in table.rows.select(columns).iter_rows(named=True):
            if row["key"] is not None:
                domains, external_ids = row.get("domains") or (), row.get("externalIds") or ()
                self.add(table.kind, row["key"], row.get("name"), domains, external_ids)

    def by_id(self, kind: NodeKind, ids: Sequence[str]) -> set[str]:
        return {node for node in self._ids.intersection(ids) if kind_of(node) is kind}

    def by_domain(self, kind: NodeKind, domains: Sequence[str]) -> dict[str, list[str]]:
        return _found(self._domains, kind, domains)

    def by_external_id(self, kind: NodeKind, ids: Sequence[str]) -> dict[str, list[str]]:
        return _found(self._external, kind, ids)

    def by_name(self, kind: NodeKind, names: Sequence[str]) -> dict[str, list[str]]:
        return _found(self._names, kind, names)


class Layered:
    """Several resolvers as one: what any of them finds."""

    def __init__(self, *resolvers: Resolver) -> None:
        self._resolvers = resolvers

    def by_id(self, kind: NodeKind, ids: Sequence[str]) -> set[str]:
        return set[str]().union(*(r.by_id(kind, ids) for r in self._resolvers))

    def by_domain(self, kind: NodeKind, domains: Sequence[str]) -> dict[str, list[str]]:
        return _merged(r.by_domain(kind, domains) for r in self._resolvers)

    def by_external_id(self, kind: NodeKind, ids: Sequence[str]) -> dict[str, list[str]]:
        return _merged(r.by_external_id(kind, ids) for r in self._resolvers)

    def by_name(self, kind: NodeKind, names: Sequence[str]) -> dict[str, list[str]]:
        return _merged(r.by_name(kind, names) for r in self._resolvers)


def _found(index: dict[tuple[str, str], list[str]], kind: NodeKind, values: Sequence[str]) -> dict[str, list[str]]:
    return {value: list(nodes) for value in values if (nodes := index.get((kind.table, value)))}


def _merged(parts: Iterable[dict[str, list[str]]]) -> dict[str, list[str]]:
    merged: dict[str, list[str]] = {}
    for part in parts:
        for value, nodes in part.items():
            merged[value] = list(dict.fromkeys([*merged.get(value, ()), *nodes]))
    return merged


def unique(column: pl.Series) -> list[str]:
    """The values of a column, each once, in the order of the rows."""
    return column.drop_nulls().unique(maintain_order=True).to_list()
