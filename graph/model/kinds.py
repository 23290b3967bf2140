"""What a node kind, an edge kind and a property are. The kinds themselves are declared in `nodes` and `edges`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .values import ValueType

ClosedSet = type[StrEnum]


@dataclass(frozen=True)
class Property:
    """One property of a node or an edge: the same name in Cypher, GraphQL and table headers."""

    name: str
    type: ValueType
    description: str
    required: bool = False
    values: ClosedSet | None = None
    """The closed set that a STRING or the members of STRINGS are from."""
    low: float | None = None
    high: float | None = None
    indexed: bool = False

    @property
    def stored(self) -> tuple[str, ...]:
        """The names of the Neo4j properties that hold it."""
        return (self.name, f"{self.name}Currency") if self.type is ValueType.MONEY else (self.name,)


@dataclass(frozen=True)
class NodeKind:
    """A kind of business node. Every one has `id` (kind:key, unique), `key`, `name` and `source` beside its properties.

    `has_domains`, `has_external_ids` and `has_custom` tell which identifiers and free columns it takes.
    `inline` names columns of its table that stand for edges: column → (edge type, True when the edge leaves this node).
    `spans` are pairs of date properties, of which the first may not be later than the second.
    """

    label: str
    table: str
    description: str
    properties: tuple[Property, ...]
    has_domains: bool = False
    has_external_ids: bool = False
    has_custom: bool = False
    inline: tuple[tuple[str, str, bool], ...] = ()
    spans: tuple[tuple[str, str], ...] = ()

    @property
    def prefix(self) -> str:
        """What an id of this kind begins with, without the colon."""
        return self.table

    def property(self, name: str) -> Property:
        return next(p for p in self.properties if p.name == name)


@dataclass(frozen=True)
class EdgeKind:
    """A kind of edge. Every stored one has `key` (unique), `source`, and, when dated, `since` and `until`.

    `ends` are the permitted (from label, to label) pairs. `discriminator` names the property that, beside both
    ends and `since`, tells two edges apart. A derived kind is written by Ecograph alone, never imported.
    """

    type: str
    table: str
    description: str
    ends: tuple[tuple[str, str], ...]
    properties: tuple[Property, ...] = ()
    is_dated: bool = True
    is_symmetric: bool = False
    is_derived: bool = False
    discriminator: str | None = None

    @property
    def from_labels(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(a for a, _ in self.ends))

    @property
    def to_labels(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(b for _, b in self.ends))

    @property
    def all_properties(self) -> tuple[Property, ...]:
        """Its own properties, after `since` and `until` where it is dated."""
        return (*(SPAN if self.is_dated else ()), *self.properties)


SPAN = (
    Property("since", ValueType.DATE, "First day on which the relation holds; unknown means always."),
    Property("until", ValueType.DATE, "First day on which it no longer holds; unknown means still."),
)
