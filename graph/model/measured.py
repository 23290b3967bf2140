"""What a measure run stores, declared once: on which nodes or edges, under which names, in two slots.

A group of node measures is one list of floats per node and slot: property `measured.GROUP.SLOT`. One property keeps
nodes small however many measures there are; NaN stands for no value. A group of edge measures is one set of edges of a
derived type per slot, told apart by their property `slot`. The pointers on the singleton say which slot is current
(`graph.stored`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from .nodes import PARTNER, SEARCHABLE
from .values import Slot

PREFIX = "measured."


@dataclass(frozen=True, eq=False)
class NodeGroup:
    """Measures stored on nodes.

    `ranked` are the columns of which the place of each node is stored too, 1 for the largest value. The stored list has
    the ranked columns, then their ranks, then all other columns. With `has_history`, the values of the ranked columns
    in earlier runs are kept in a second list.
    """

    name: str
    labels: tuple[str, ...]
    measures: Mapping[str, tuple[str, ...]]
    """Name of each measure → the columns that it fills."""
    ranked: tuple[str, ...] = ()
    has_history: bool = False

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """All columns, measure after measure."""
        return tuple(column for columns in self.measures.values() for column in columns)

    @property
    def width(self) -> int:
        """Length of the stored list."""
        return len(self.columns) + len(self.ranked)

    @property
    def layout(self) -> str:
        """Changes when the meaning of a place in the list changes; values of another layout are not read."""
        return blake2b(repr((self.columns, self.ranked)).encode(), digest_size=6).hexdigest()

    def at(self, column: str) -> int:
        """The place of a column in the stored list."""
        if column in self.ranked:
            return self.ranked.index(column)
        return 2 * len(self.ranked) + [name for name in self.columns if name not in self.ranked].index(column)

    def rank_at(self, column: str) -> int:
        """The place of a column's rank in the stored list."""
        return len(self.ranked) + self.ranked.index(column)

    def property(self, slot: Slot) -> str:
        """The property that holds the values of a slot."""
        return f"{PREFIX}{self.name}.{slot}"

    def history_property(self, slot: Slot) -> str:
        """The property that holds the values of earlier runs: one list after the other, newest first."""
        return f"{PREFIX}{self.name}.history.{slot}"


@dataclass(frozen=True)
class EdgeGroup:
    """Measures stored as edges of a derived type, all written by one run."""

    name: str
    type: str

    @property
    def layout(self) -> str:
        return self.type


Group = NodeGroup | EdgeGroup

CENTRALITIES = (
    "degree",
    "pageRank",
    "eigenvector",
    "betweenness",
    "harmonicCloseness",
    "kCore",
    "constraint",
    "shapleyNeighbours",
)
"""The centrality measures, named as in GraphQL."""
_ON_ANY_GRAPH = {
    **{name: (name,) for name in CENTRALITIES},
    "articulation": ("isArticulationPoint",),
    "communities": ("community",),
}
_COVERAGE = ("coverageShapley", "coverageLeaveOneOut", "coverageBanzhaf")

PARTNERS = NodeGroup("partners", (PARTNER.label,), {**_ON_ANY_GRAPH, "layout": ("x", "y")}, CENTRALITIES, True)
WHOLE = NodeGroup("whole", tuple(kind.label for kind in SEARCHABLE), _ON_ANY_GRAPH, CENTRALITIES)
COVERAGE = NodeGroup("coverage", (PARTNER.label,), {"coverage": _COVERAGE}, _COVERAGE, True)
SHARES_WITH = EdgeGroup("sharesWith", "SHARES_WITH")
LIFTS = EdgeGroup("lifts", "LIFTS")

GROUPS: tuple[Group, ...] = (SHARES_WITH, PARTNERS, WHOLE, COVERAGE, LIFTS)
BY_GROUP: dict[str, Group] = {group.name: group for group in GROUPS}


def measured_properties(label: str) -> dict[str, int | None]:
    """The properties that measure runs may have put on nodes of a label, each with the length of its list if fixed."""
    found: dict[str, int | None] = {}
    for group in GROUPS:
        if isinstance(group, NodeGroup) and label in group.labels:
            for slot in Slot:
                found[group.property(slot)] = group.width
                if group.has_history:
                    found[group.history_property(slot)] = None
    return found
