"""Connection types, made one per relation, because each edge carries that relation's own properties."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from inspect import Parameter, Signature
from types import new_class
from typing import Annotated, Any

import strawberry

from ...graph.model import BY_LABEL, BY_TYPE, DealCredit, EdgeKind, NodeKind, Property, ValueType
from ..declare import field
from ..spec import METADATA, Aggregate, CallConnection, Column, Connection
from .common import PageInfo
from .inputs import ENTITIES, later
from .where import relation_where

First = Annotated[int, strawberry.argument(description="How many rows to return at most.")]
After = Annotated[
    str | None, strawberry.argument(description="Return rows after this cursor (`endCursor` of the page before).")
]
AsOf = Annotated[
    date | None, strawberry.argument(name="asOf", description="Read everything below as of this day; today if unset.")
]

From = Annotated[
    date | None, strawberry.argument(name="from", description="First day of the period; unbounded if unset.")
]
To = Annotated[
    date | None, strawberry.argument(name="to", description="First day after the period; unbounded if unset.")
]
_AGGREGATE = "Figures over all rows of the list, whichever page is asked for; under the same filter and day."
_WHERE = strawberry.argument(description="Which rows; all if unset.")
_ORDER = strawberry.argument(
    name="orderBy", description="By what, the first first; rows that are equal by all stand by id, as they do if unset."
)

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
        return Column(f"toString({path})", native=path)
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


def reason() -> dict[str, tuple[Any, Any]]:
    """A field of a connection that may be empty for several reasons."""
    return {"reason": (str | None, field(Column("<why>"), "Why the list is empty, where it is."))}


def connection_type(
    prefix: str, node: str, edge_fields: Mapping[str, tuple[Any, Any]] | None = None, module: str = ENTITIES,
    more: Mapping[str, tuple[Any, Any]] | None = None,
) -> type:  # fmt: skip
    """`PrefixConnection` and `PrefixEdge` over nodes of this type; gives the latter."""
    row = make_type(
        f"{prefix}Edge",
        f"One row of {prefix}Connection.",
        {
            "cursor": (str, strawberry.field(description="Where this row stands: give it as `after`.")),
            "node": (node, strawberry.field(description="The row itself.")),
            **(edge_fields or {}),
        },
        module,
    )
    make_type(
        f"{prefix}Connection",
        f"A page of {node} rows.",
        {
            "edges": (f"list[{prefix}Edge]", strawberry.field(description="The rows with what joins them.")),
            "nodes": (f"list[{node}]", strawberry.field(description="The rows alone.")),
            "pageInfo": (PageInfo, strawberry.field(description="Where this page stands.")),
            "totalCount": (int, strawberry.field(description="Rows of the whole list.")),
            **({"aggregate": (f"{node}Aggregate", field(Aggregate(), _AGGREGATE))} if node in BY_LABEL else {}),
            **(more or {}),
        },
        module,
    )
    return row


def relation(
    prefix: str, node: NodeKind, match: str, edge: str | None, names: tuple[str, ...], description: str
) -> Any:
    """A list of nodes joined to this one: `match` binds `<that>` and `<edge>` from `<it>`."""
    kind = BY_TYPE[edge] if edge else None
    row = connection_type(prefix, node.label, _edge_fields(kind, names))
    relation_where(prefix, node.label, row, names)
    ties = ("<that>.id",) if kind is None else ("<that>.id", "<edge>.key")
    spec = Connection(match, ties, is_dated=kind is not None and kind.is_dated)
    return listed(spec, f"{prefix}Connection", node.label, description)


def listed(spec: Connection, result: str, node: str, description: str) -> Any:
    """A list of nodes with everything that lists of nodes take."""
    return paged(spec, result, description, where=f"{node}Where", order=f"{node}Order")


def paged(
    spec: Connection | CallConnection, result: str, description: str, *, first: int = 20, where: str | None = None,
    order: str | None = None, has_as_of: bool = True, more: Mapping[str, tuple[Any, Any]] | None = None,
    module: str = ENTITIES,
) -> Any:  # fmt: skip
    """A field that gives pages: `first`, `after`, and what else is named; `more` are annotations with defaults."""
    arguments: dict[str, tuple[Any, Any]] = {
        **(more or {}),
        "first": (First, first),
        "after": (After, strawberry.UNSET),
    }
    if where is not None:
        arguments["where"] = (Annotated[later(where), _WHERE], strawberry.UNSET)
    if order is not None:
        arguments["order_by"] = (Annotated[later(order, is_list=True), _ORDER], strawberry.UNSET)
    if has_as_of:
        arguments["as_of"] = (AsOf, strawberry.UNSET)

    def resolver(**_arguments: Any) -> Any: ...

    resolver.__signature__ = Signature(  # type: ignore[attr-defined]
        [
            Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
            for name, (annotation, default) in arguments.items()
        ],
        return_annotation=result,
    )
    resolver.__annotations__ = {name: annotation for name, (annotation, _) in arguments.items()} | {"return": result}
    resolver.__module__ = module
    return strawberry.field(resolver=resolver, description=description, metadata={METADATA: spec})
