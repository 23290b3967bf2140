"""A graph as it was at one moment, put back by one statement: loading it anew takes ten times as long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ecograph.graph.connection import Database

_NODES = "MATCH (n) RETURN elementId(n), labels(n), properties(n)"
_EDGES = "MATCH (a)-[r]->(b) RETURN elementId(a), type(r), elementId(b), properties(r)"
_MADE = """UNWIND $nodes AS one
CREATE (n:$(one[0])) SET n = one[1]
WITH collect(n) AS made
UNWIND $edges AS one
WITH made[one[0]] AS a, one, made[one[2]] AS b
CREATE (a)-[r:$(one[1])]->(b) SET r = one[3]"""


@dataclass(frozen=True)
class Snapshot:
    """Nodes as labels and properties; edges as the places of their ends among these, type and properties."""

    nodes: list[list[Any]]
    edges: list[list[Any]]

    @classmethod
    async def take(cls, database: Database) -> Snapshot:
        """The graph as it is, which must have edges."""
        nodes, edges = await database.rows(_NODES), await database.rows(_EDGES)
        places = {identity: place for place, (identity, _, _) in enumerate(nodes)}
        return cls(
            [[labels, properties] for _, labels, properties in nodes],
            [[places[a], kind, places[b], properties] for a, kind, b, properties in edges],
        )

    async def put_back(self, database: Database) -> None:
        """Empty the graph and make it what it was."""
        await database.write([("MATCH (n) DETACH DELETE n", {}), (_MADE, {"nodes": self.nodes, "edges": self.edges})])
