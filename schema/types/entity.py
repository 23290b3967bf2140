"""GraphQL types of the model's nodes: the stored properties come from the model, the rest is declared in the class."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import strawberry

from ...graph.model import HISTORIES, NodeKind, Property, ValueType
from ..declare import field
from ..spec import Column, Embedded, Items
from .common import ExternalId, Money
from .relations import stored_column, stored_type
from .scalars import JSON


def entity(kind: NodeKind, *, overrides: frozenset[str] = frozenset()) -> Callable[[type], Any]:
    """Decorates a class that stands for a kind of node; properties in `overrides` are declared by the class itself."""

    def decorate(cls: type) -> Any:
        fields = {p.name: _stored(kind, p) for p in kind.properties if p.name not in overrides}
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


def _stored(kind: NodeKind, prop: Property) -> tuple[Any, Any]:
    has_history = any(h.of is kind and h.value is prop for h in HISTORIES)
    description = prop.description
    if has_history:
        description += " Under another day, what the imported history says; without one, today's value."
    if prop.type is ValueType.MONEY:
        amount = f"<it>.{prop.name}"
        past = {"minor": _past(prop.name, "value"), "currency": _past(prop.name, "valueCurrency", "Currency")}
        spec = Embedded(
            {"minor": amount, "currency": f"{amount}Currency"}, present="<minor>", as_of=past if has_history else None
        )
        return Money | None, field(spec, description)
    column = stored_column(prop, "it")
    if has_history:
        column = replace(column, as_of=_past(prop.name, "value"))
    return stored_type(prop), field(column, description)


def _past(name: str, value: str, suffix: str = "") -> str:
    entries = f"(<it>)-[:HAD]->(past:HistoryEntry {{attribute: '{name}'}})"
    return (
        f"CASE WHEN EXISTS {{ {entries} }} THEN head(COLLECT {{ MATCH {entries} WHERE past.on <= <asOf> "
        f"RETURN past.{value} AS was ORDER BY past.on DESC LIMIT 1 }}) ELSE <it>.{name}{suffix} END"
    )


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
