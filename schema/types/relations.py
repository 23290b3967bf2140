"""Connection types, made one per relation, because each edge carries that relation's own properties."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import date
from types import new_class
from typing import Annotated, Any

import strawberry

from ...graph.model import BY_TYPE, DealCredit, EdgeKind, NodeKind, Property, ValueType
from ..declare import field
from ..spec import METADATA, CallConnection, Column, Connection
from .common import PageInfo

ENTITIES = "ecograph.schema.types.entities"

First = Annotated[int, strawberry.argument(description="How many rows to return at most.")]
After = Annotated[
    str | None, strawberry.argument(description="Return rows after this cursor (`endCursor` of the page before).")
]
AsOf = Annotated[
    date | None, strawberry.argument(name="asOf", description="Read everything below as of this day; today if unset.")
]

SPAN = ("since", "until")
_PYTHON: dict[ValueType, Any] = {
    ValueType.STRING: str,
    ValueType.INTEGER: int,
    ValueType.FLOAT: float,
    ValueType.BOOLEAN: bool,
    ValueType.DATE: date,
}


def stored_type(prop: Property) -> Any:
    """The Python type of a property, null permitted save for lists and what is required."""
    if prop.type is ValueType.STRINGS:
        return list[prop.values] if prop.values else list[str]  # type: ignore[name-defined]
    base = prop.values or _PYTHON[prop.type]
    return base if prop.required else base | None


def stored_column(prop: Property, variable: str) -> Column:
    """How a stored property is read."""
    path = f"<{variable}>.{prop.name}"
    if prop.type is ValueType.DATE:
        return Column(f"toString({path})")
    if prop.type is ValueType.STRINGS:
        return Column(f"coalesce({path}, [])")
    return Column(path)


def _edge_fields(kind: EdgeKind | None, names: tuple[str, ...]) -> dict[str, tuple[Any, Any]]:
    fields = {}
    for name in names:
        if name == "credit":
            spec, description = Column("type(<edge>)"), "How the partner is credited with the deal."
            fields[name] = (DealCredit, field(spec, description))
            continue
        assert kind is not None
        prop = next(p for p in kind.all_properties if p.name == name)
        fields[name] = (stored_type(prop), field(stored_column(prop, "edge"), prop.description))
    return fields


def make_type(name: str, description: str, fields: Mapping[str, tuple[Any, Any]], module: str = ENTITIES) -> type:
    """A strawberry type; string annotations are looked up in `module`, where the type itself is put."""

    def fill(namespace: dict[str, Any]) -> None:
        namespace["__annotations__"] = {key: annotation for key, (annotation, _) in fields.items()}
        namespace["__module__"] = module
        namespace.update({key: value for key, (_, value) in fields.items()})

    made = strawberry.type(new_class(name, (), {}, fill), description=description)
    setattr(sys.modules[module], name, made)
    return made


def connection_type(
    prefix: str, node: str, edge_fields: Mapping[str, tuple[Any, Any]] | None = None, module: str = ENTITIES,
    more: Mapping[str, tuple[Any, Any]] | None = None,
) -> type:  # fmt: skip
    """`PrefixConnection` and `PrefixEdge` over nodes of this type."""
    make_type(
        f"{prefix}Edge",
        f"One row of {prefix}Connection.",
        {
            "cursor": (str, strawberry.field(description="Where this row stands: give it as `after`.")),
            "node": (node, strawberry.field(description="The row itself.")),
            **(edge_fields or {}),
        },
        module,
    )
    return make_type(
        f"{prefix}Connection",
        f"A page of {node} rows.",
        {
            "edges": (f"list[{prefix}Edge]", strawberry.field(description="The rows with what joins them.")),
            "nodes": (f"list[{node}]", strawberry.field(description="The rows alone.")),
            "pageInfo": (PageInfo, strawberry.field(description="Where this page stands.")),
            "totalCount": (int, strawberry.field(description="Rows of the whole list.")),
            **(more or {}),
        },
        module,
    )


def relation(
    prefix: str, node: NodeKind, match: str, edge: str | None, names: tuple[str, ...], description: str
) -> Any:
    """A list of nodes joined to this one: `match` binds `<that>` and `<edge>` from `<it>`."""
    kind = BY_TYPE[edge] if edge else None
    connection_type(prefix, node.label, _edge_fields(kind, names))
    order = (("<that>.id", False),) if kind is None else (("<that>.id", False), ("<edge>.key", False))
    spec = Connection(match, order, is_dated=kind is not None and kind.is_dated)
    return paged(spec, f"{prefix}Connection", description)


def paged(
    spec: Connection | CallConnection, result: str, description: str, *, first: int = 20, has_as_of: bool = True,
    module: str = ENTITIES,
) -> Any:  # fmt: skip
    """A field that gives pages: `first`, `after`, and `asOf` where what it lists depends on the day."""

    def with_day(first: int, after: str | None, as_of: date | None) -> Any: ...

    def plain(first: int, after: str | None) -> Any: ...

    resolver: Callable[..., Any] = with_day if has_as_of else plain
    annotations: dict[str, Any] = {"first": First, "after": After, "return": result}
    defaults: tuple[Any, ...] = (first, strawberry.UNSET)
    if has_as_of:
        annotations["as_of"] = AsOf
        defaults = (*defaults, strawberry.UNSET)
    resolver.__annotations__ = annotations
    resolver.__defaults__ = defaults
    resolver.__module__ = module
    return strawberry.field(resolver=resolver, description=description, metadata={METADATA: spec})
