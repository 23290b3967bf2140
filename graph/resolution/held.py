"""An account with all that is its own: properties, identifiers, edges and dated values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..connection import Database
from ..cypher import seek
from ..load.nodes import native
from ..model import ACCOUNT, EDGES, EdgeKind

KINDS: tuple[EdgeKind, ...] = tuple(
    kind for kind in EDGES if not kind.is_derived and ACCOUNT.label in (*kind.from_labels, *kind.to_labels)
)
"""The kinds of edge that an account has, without those that follow from others."""

_BATCH = 2_000
_READ = """
RETURN id, properties(a),
  COLLECT { MATCH (a)-[h:HAS_DOMAIN]->(d) RETURN [d.name, h.isPrimary, h.mergedFrom] ORDER BY d.name },
  COLLECT { MATCH (a)-[h:HAS_EXTERNAL_ID]->(x) RETURN [x.id, null, h.mergedFrom] ORDER BY x.id },
  COLLECT { MATCH (a)-[:HAD]->(h) RETURN [h.attribute, h.id] ORDER BY h.id }
"""


@dataclass
class Tie:
    """A domain or external id of an account; `via` is the merged account that brought it, None for its own."""

    is_primary: bool | None = None
    via: str | None = None


@dataclass
class Edge:
    """An edge of an account: its kind, key, the node at the other end, and its other properties."""

    kind: EdgeKind
    key: str
    other: str
    properties: dict[str, Any]


@dataclass
class Held:
    """An account, merged or not, as it stands in the graph."""

    id: str
    properties: dict[str, Any]
    domains: dict[str, Tie]
    external: dict[str, Tie]
    edges: list[Edge]
    histories: dict[str, list[str]]
    """Attribute → ids of its dated values."""

    @property
    def is_customer(self) -> bool:
        """Our customer, as far as its own dates say."""
        return self.properties.get("customerSince") is not None and self.properties.get("churnedOn") is None


def outgoing(kind: EdgeKind) -> bool:
    """Whether an edge of this kind leaves the account."""
    return ACCOUNT.label in kind.from_labels


async def read_held(database: Database, ids: Sequence[str], label: str = ACCOUNT.label) -> dict[str, Held]:
    """Accounts by id; with the label SourceRecord, merged ones. Ids of nothing are left out."""
    found: dict[str, Held] = {}
    for at in range(0, len(ids), _BATCH):
        batch = {"ids": list(ids[at : at + _BATCH])}
        match = f"UNWIND $ids AS id {seek('a', label, 'id')}"
        for identity, properties, domains, external, histories in await database.rows(f"{match} {_READ}", batch):
            dated = defaultdict(list)
            for attribute, entry in histories:
                dated[attribute].append(entry)
            found[identity] = Held(
                identity, {name: native(value) for name, value in properties.items()},
                {name: Tie(primary, via) for name, primary, via in domains},
                {name: Tie(None, via) for name, _, via in external}, [], dict(dated),
            )  # fmt: skip
        for kind in KINDS:
            path = f"-[r:{kind.type}]->" if outgoing(kind) else f"<-[r:{kind.type}]-"
            statement = f"{match} MATCH (a){path}(o) WHERE r.key IS NOT NULL RETURN id, o.id, properties(r)"
            for identity, other, stored in await database.rows(f"{statement} ORDER BY r.key", batch):
                properties = {name: native(value) for name, value in stored.items()}
                found[identity].edges.append(Edge(kind, properties.pop("key"), other, properties))
    return found
