"""GraphQL types of the model's nodes: the stored properties come from the model, the rest is declared in the class."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import strawberry

from ...graph.model import NodeKind, Property, ValueType
from ..declare import field
from ..spec import Column, Embedded, Items
from .common import ExternalId, Money
from .relations import stored_column, stored_type
from .scalars import JSON


def entity(kind: NodeKind, *, overrides: frozenset[str] = frozenset()) -> Callable[[type], Any]:
    """Decorates a class that stands for a kind of node; properties in `overrides` are declared by the class itself."""

    def decorate(cls: type) -> Any:
        fields = {p.name: _stored(p) for p in kind.properties if p.name not in overrides}
        if kind.has_domains:
            fields |= _DOMAINS
        if kind.has_external_ids:
            fields["externalIds"] = (list[ExternalId], field(_EXTERNAL, "What other systems call it."))
        if kind.has_custom:
            fields["custom"] = (JSON | None, field(_CUSTOM, "Further columns, as the mapping file named them."))
        for name, (annotation, value) in fields.items():
            cls.__annotations__[name] = annotation
            setattr(cls, name, value)
        return strawberry.type(cls, description=kind.description)

    return decorate


def _stored(prop: Property) -> tuple[Any, Any]:
    if prop.type is ValueType.MONEY:
        amount = f"<it>.{prop.name}"
        spec = Embedded({"minor": amount, "currency": f"{amount}Currency"}, present=amount)
        return Money | None, field(spec, prop.description)
    return stored_type(prop), field(stored_column(prop, "it"), prop.description)


def _custom(pairs: list[list[Any]]) -> dict[str, Any] | None:
    return {name.removeprefix("custom."): value for name, value in sorted(pairs)} or None


_DOMAIN = "MATCH (<it>)-[h:HAS_DOMAIN]->(d:Domain) RETURN d.name AS name ORDER BY"
_DOMAINS = {
    "domain": (
        str | None,
        field(
            Column(f"head(COLLECT {{ {_DOMAIN} h.isPrimary DESC, name LIMIT 1 }})"), "Primary internet domain."
        ),
    ),
    "domains": (list[str], field(Column(f"COLLECT {{ {_DOMAIN} name }}"), "All its internet domains.")),
}  # fmt: skip
_EXTERNAL = Items("COLLECT { MATCH (<it>)-[:HAS_EXTERNAL_ID]->(x:ExternalId) RETURN x.id AS id ORDER BY id }")
_CUSTOM = Column(
    "[name IN keys(<it>) WHERE name STARTS WITH 'custom.' | [name, CASE valueType(<it>[name]) STARTS WITH 'DATE' "
    "WHEN true THEN toString(<it>[name]) ELSE <it>[name] END]]",
    _custom,
)
