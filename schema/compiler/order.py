"""The order of a list: what it is sorted by, and which rows come after a cursor."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...graph.model import ValueType
from ..exchange import Exchange
from ..spec import CallConnection, Connection, Embedded, OrderKey
from .context import Context, Scope
from .match import bind
from .traced import derive
from .values import native, parts
from .where import plain

_BARE = re.compile(r"\w+(\.\w+)?")


@dataclass(frozen=True)
class Key:
    """One expression that a list is sorted by. Without `type` its values are what JSON has."""

    expression: str
    type: ValueType | None = None
    is_descending: bool = False
    is_nullable: bool = False
    has_nulls_first: bool = False

    @property
    def is_bare(self) -> bool:
        """A variable or its property, which need not be kept under a name of its own."""
        return _BARE.fullmatch(self.expression) is not None

    @property
    def sorting(self) -> str:
        """For ORDER BY. Cypher itself puts nulls last going up, and first going down."""
        sorting = f"{self.expression}{' DESC' if self.is_descending else ''}"
        if not self.is_nullable or self.has_nulls_first == self.is_descending:
            return sorting
        return f"{self.expression} IS NULL{' DESC' if self.has_nulls_first else ''}, {sorting}"

    @property
    def kept(self) -> str:
        """What a cursor holds of it."""
        return f"toString({self.expression})" if self.type is ValueType.DATE else self.expression

    def beyond(self, value: str) -> str:
        """Rows whose key stands after the value, a parameter that may be null; null or false for all others."""
        further = f"{self.expression} {'<' if self.is_descending else '>'} {value}"
        if not self.is_nullable:
            return further
        if self.has_nulls_first:
            return f"({further} OR ({value} IS NULL AND {self.expression} IS NOT NULL))"
        return f"({further} OR ({value} IS NOT NULL AND {self.expression} IS NULL))"

    def same(self, value: str) -> str:
        """Rows whose key is the value, or null as it is."""
        if not self.is_nullable:
            return f"{self.expression} = {value}"
        return f"({self.expression} = {value} OR ({value} IS NULL AND {self.expression} IS NULL))"


def beyond(keys: Sequence[Key], values: Sequence[str]) -> str:
    """The condition that a row comes after these values of the keys, given as parameters."""
    condition = ""
    for key, value in reversed(list(zip(keys, values, strict=True))):
        further = key.beyond(value)
        condition = f"({further} OR ({key.same(value)} AND {condition}))" if condition else further
    return condition


def keys_of(
    context: Context, spec: Connection | CallConnection, scope: Scope, order_by: Sequence[Mapping[str, Any]] | None
) -> list[Key]:
    """The order asked for, and after it the list's own, which tells any two rows apart."""
    asked = [_key(context, scope, key) for key in order_by or ()]
    if isinstance(spec, Connection):
        own = [Key(context.fill(template, scope), ValueType.STRING) for template in spec.ties]
    else:
        own = [Key(context.fill(template, scope), is_descending=down) for template, down in spec.order]
    known = {key.expression for key in asked}
    return [*asked, *(key for key in own if key.expression not in known)]


def _key(context: Context, scope: Scope, asked: Mapping[str, Any]) -> Key:
    by: OrderKey = plain(asked["by"])
    return Key(
        _expression(context, by, scope),
        by.type,
        plain(asked["direction"]) == "DESC",
        by.is_nullable,
        plain(asked["nulls"]) == "FIRST",
    )


def _expression(context: Context, key: OrderKey, scope: Scope) -> str:
    spec = key.spec
    if isinstance(spec, Connection):
        return f"COUNT {{ {bind(context, spec, scope).where()} }}"
    if key.currencies is not None:
        day = scope.get("asOf")
        asked = None if day is None else context.parameters[day.removeprefix("$")]
        scope = {**scope, "factors": context.parameter(derive(Exchange, key.currencies, asked))}
    if isinstance(spec, Embedded):
        amount = parts(context, spec, scope)
        return f"{amount['minor']} * {scope['factors']}[{amount['currency']}]"
    return native(context, spec, scope, is_date=key.type is ValueType.DATE)
