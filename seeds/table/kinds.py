"""The kinds that a table can be of, by name, and what each takes and needs."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from ...graph.errors import BadInput
from ...graph.load.tables import Kind
from ...graph.model import (
    BY_LABEL,
    BY_TYPE,
    HISTORIES,
    IMPORTED,
    NODES,
    EdgeKind,
    HistoryKind,
    NodeKind,
    Property,
    ValueType,
)
from ...graph.model.histories import HISTORY_DATE

_ALL: tuple[Kind, ...] = (*NODES, *IMPORTED, *HISTORIES)
KINDS: dict[str, Kind] = {kind.table: kind for kind in _ALL}
"""Every kind of table by its name, as in `--as NAME`."""

CREATABLE: tuple[str, ...] = ("accounts", "partners", "products", "integrations")
"""What a reference may create; a deal needs more than a name, and the company is one."""


@dataclass(frozen=True)
class Reference:
    """A place of a table that names a node: an end of an edge, the node of a history, an inline column."""

    name: str
    kinds: tuple[NodeKind, ...]
    is_list: bool = False
    edge: EdgeKind | None = None
    """For inline columns, the edge that the reference stands for."""
    is_outgoing: bool = True


def kind_named(name: str) -> Kind:
    """The kind of this name; spaces, hyphens, capitals and a plural do not count.

    Raises:
        BadInput: there is none; the message lists them all.
    """
    plain = name.strip().lower().replace("-", "_").replace(" ", "_")
    for candidate in (plain, plain.removesuffix("s")):
        if candidate in KINDS:
            return KINDS[candidate]
    near = get_close_matches(plain, KINDS, n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise BadInput(
        f"There is no kind of table {name!r}.",
        hint=f"{hint}The kinds are: {', '.join(KINDS)}.",
    )


def creatable(names: list[str]) -> frozenset[str]:
    """The tables of the node kinds that `--create` names, in singular or plural.

    Raises:
        BadInput: one of them cannot be created by a reference.
    """
    singular = {plural.removesuffix("s"): plural for plural in CREATABLE}
    found = set()
    for name in names:
        plain = name.strip().lower().removesuffix("s")
        if plain not in singular:
            raise BadInput(f"A reference cannot create {name!r}.", hint=f"What it can create: {', '.join(CREATABLE)}.")
        found.add(plain)
    return frozenset(found)


def references(kind: Kind) -> tuple[Reference, ...]:
    """Where tables of this kind name nodes."""
    if isinstance(kind, EdgeKind):
        starts = tuple(BY_LABEL[label] for label in kind.from_labels)
        ends = tuple(BY_LABEL[label] for label in kind.to_labels)
        return Reference("from", starts), Reference("to", ends)
    if isinstance(kind, HistoryKind):
        return () if kind.of is None else (Reference("of", (kind.of,)),)
    return tuple(_inline(*inline) for inline in kind.inline)


def _inline(column: str, edge_type: str, is_outgoing: bool) -> Reference:
    edge = BY_TYPE[edge_type]
    labels = edge.to_labels if is_outgoing else edge.from_labels
    kinds = tuple(BY_LABEL[label] for label in labels)
    is_list = column not in {other.table for other in kinds}
    if is_list:  # `partners` names partners alone, though our company may offer products too
        kinds = tuple(other for other in kinds if other.table == column.removesuffix("s")) or kinds
    return Reference(column, kinds, is_list, edge, is_outgoing)


def properties(kind: Kind) -> tuple[Property, ...]:
    """The value columns of the kind, each with the name that it has in a table."""
    if isinstance(kind, NodeKind):
        return kind.properties
    if isinstance(kind, EdgeKind):
        return kind.all_properties
    if kind.of is None:
        ends = (
            Property("from", ValueType.STRING, "Currency that is converted.", required=True),
            Property("to", ValueType.STRING, "Currency that it is converted to.", required=True),
        )
        return (*ends, HISTORY_DATE, kind.value)
    value = Property("value", kind.value.type, kind.value.description, required=True, values=kind.value.values)
    return HISTORY_DATE, value


def identifiers(kind: Kind) -> tuple[tuple[str, str], ...]:
    """The columns that say which node a row of a node table is, each with its meaning."""
    if not isinstance(kind, NodeKind):
        return ()
    found = [("key", "Key of the node, unique in its kind; where it is missing, it follows from the others.")]
    found.append(("name", "Name as people know it."))
    if kind.has_domains:
        found.append(("domains", "Websites or domains, the primary one first."))
    if kind.has_external_ids:
        found.append(("externalIds", "Ids in other systems, `system:id`."))
    return tuple(found)
