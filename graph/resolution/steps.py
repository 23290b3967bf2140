"""What one step of merging or taking apart writes, and the statements for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..cypher import seek
from ..load.edges import label_of
from ..load.nodes import Statements
from .held import KINDS, Edge, Tie, outgoing

Row = dict[str, Any]
_TIES = {"domain": ("HAS_DOMAIN", "Domain", "name"), "external": ("HAS_EXTERNAL_ID", "ExternalId", "id")}


@dataclass
class Step:
    """Changes in the order in which they are written. Every statement may be repeated."""

    unparked: list[Row] = field(default_factory=list)
    deleted: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    created: dict[tuple[str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))
    edges: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    properties: list[Row] = field(default_factory=list)
    tied: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    untied: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    histories: list[Row] = field(default_factory=list)
    parked: list[Row] = field(default_factory=list)

    def delete_edge(self, of: str, edge: Edge) -> None:
        self.deleted[edge.kind.type].append({"of": of, "key": edge.key})

    def create_edge(self, of: str, edge: Edge) -> None:
        row = {"of": of, "key": edge.key, "other": edge.other, "properties": {**edge.properties, "key": edge.key}}
        self.created[edge.kind.type, label_of(edge.other)].append(row)

    def set_edge(self, of: str, edge: Edge, values: Mapping[str, Any]) -> None:
        self.edges[edge.kind.type].append({"of": of, "key": edge.key, "values": dict(values)})

    def set_properties(self, of: str, values: Mapping[str, Any]) -> None:
        self.properties.append({"of": of, "values": dict(values)})

    def tie(self, what: str, of: str, name: str, tie: Tie) -> None:
        self.tied[what].append({"of": of, "name": name, "primary": tie.is_primary, "via": tie.via})

    def untie(self, what: str, of: str, name: str) -> None:
        self.untied[what].append({"of": of, "name": name})

    def move_histories(self, of: str, to: str, entries: list[str]) -> None:
        self.histories += [{"of": of, "to": to, "entry": entry} for entry in entries]

    def park(self, identity: str) -> None:
        self.parked.append({"of": identity})

    def unpark(self, identity: str) -> None:
        self.unparked.append({"of": identity})

    def statements(self) -> Statements:
        """The statements, each for all rows of its sort."""
        return [(text, {"rows": rows}) for text, rows in self._texts() if rows]

    def _texts(self) -> Iterator[tuple[str, list[Row]]]:
        yield (
            f"UNWIND $rows AS row {seek('b', 'SourceRecord', 'row.of')} MATCH (b)-[m:RESOLVES_TO]->() DELETE m "
            "WITH DISTINCT b REMOVE b:SourceRecord SET b:Account",
            self.unparked,
        )
        account = f"UNWIND $rows AS row {seek('a', 'Account', 'row.of')}"
        for kind in KINDS:
            arrow = ("-", "->") if outgoing(kind) else ("<-", "-")
            path = f"(a){arrow[0]}[r:{kind.type} {{key: row.key}}]{arrow[1]}"
            yield f"{account} MATCH {path}() DELETE r", self.deleted[kind.type]
            for (type_, label), rows in self.created.items():
                if type_ == kind.type:
                    other = seek("o", label, "row.other")
                    yield f"{account} {other} MERGE {path}(o) SET r = row.properties", rows
            yield f"{account} MATCH {path}() SET r += row.values", self.edges[kind.type]
        yield f"{account} SET a += row.values", self.properties
        for what, (type_, label, name) in _TIES.items():
            node = f"MATCH (i:{label} {{{name}: row.name}})"
            yield f"{account} {node} MATCH (a)-[h:{type_}]->(i) DELETE h", self.untied[what]
            yield (
                f"{account} {node} MERGE (a)-[h:{type_}]->(i) ON CREATE SET h.isPrimary = row.primary, "
                "h.mergedFrom = row.via",
                self.tied[what],
            )
        yield (
            f"{account} {seek('b', 'Account', 'row.to')} {seek('h', 'HistoryEntry', 'row.entry')} "
            "MATCH (a)-[had:HAD]->(h) DELETE had MERGE (b)-[:HAD]->(h)",
            self.histories,
        )
        yield f"{account} MATCH (a)-[h:HAS_PARTNER]->() DELETE h", self.parked
        yield f"{account} REMOVE a:Account SET a:SourceRecord", self.parked
