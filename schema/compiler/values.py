"""What a declared value is in Cypher: as it leaves, and as it is compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..spec import Column, Embedded, Scalar, template_of
from .calls import call_clause
from .context import Context, Scope
from .traced import derive

_NONE: Mapping[str, Any] = {}


def expression(context: Context, spec: Column | Scalar, scope: Scope, arguments: Mapping[str, Any] = _NONE) -> str:
    """The value as it leaves for JSON."""
    if isinstance(spec, Column):
        template = spec.as_of if spec.as_of is not None and "asOf" in scope else spec.cypher
        return context.fill(template_of(template, arguments), scope)
    clause, names = call_clause(context, spec.call, scope, {})
    return f"head(COLLECT {{ {clause} RETURN {names[0]} }})"


def native(context: Context, spec: Column | Scalar, scope: Scope, *, is_date: bool) -> str:
    """The value to compare and order by."""
    if isinstance(spec, Column) and spec.native is not None:
        return context.fill(spec.native, scope)
    found = expression(context, spec, scope)
    return f"date({found})" if is_date else found


def parts(context: Context, spec: Embedded, scope: Scope, arguments: Mapping[str, Any] = _NONE) -> dict[str, str]:
    """The expressions that an object of the same row is made of."""
    templates = spec.as_of if spec.as_of is not None and "asOf" in scope else spec.scope
    made = {name: context.fill(template_of(template, arguments), scope) for name, template in templates.items()}
    for name, of in spec.given.items():
        made[name] = context.parameter(derive(of.of, arguments))
    return made
