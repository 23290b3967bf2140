"""What filters and orders mean, in plain Python over rows as GraphQL gives them; knows nothing of the compiler."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cmp_to_key
from typing import Any

Row = Mapping[str, Any]
World = Mapping[str, Mapping[str, Row]]
"""Type name → id → the row with all its fields; a relation is a list of edges, each with the `id` of its node."""

NEEDS_VALUE: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda x, v: bool(x == v),
    "in": lambda x, v: x in v,
    "contains": lambda x, v: v in x,
    "startsWith": lambda x, v: x.startswith(v),
    "lt": lambda x, v: x < v,
    "lte": lambda x, v: x <= v,
    "gt": lambda x, v: x > v,
    "gte": lambda x, v: x >= v,
}
OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    **{name: lambda x, v, holds=holds: x is not None and holds(x, v) for name, holds in NEEDS_VALUE.items()},  # type: ignore[misc]
    "ne": lambda x, v: x is None or x != v,
    "isNull": lambda x, v: (x is None) == v,
    "has": lambda x, v: v in x,
    "hasAny": lambda x, v: any(item in x for item in v),
    "hasAll": lambda x, v: all(item in x for item in v),
    "isEmpty": lambda x, v: (not x) == v,
}


def holds(world: World, kind: str, row: Row, where: Mapping[str, Any] | None, targets: Mapping[str, str]) -> bool:
    """Whether a row passes a filter; `targets` says of which type the rows of a relation are."""
    for name, given in (where or {}).items():
        if given is None:
            continue
        if name == "and":
            passed = all(holds(world, kind, row, part, targets) for part in given)
        elif name == "or":
            passed = any(holds(world, kind, row, part, targets) for part in given)
        elif name == "not":
            passed = not holds(world, kind, row, given, targets)
        elif f"{kind}.{name}" in targets:
            passed = _relation(world, targets[f"{kind}.{name}"], row[name], given, targets)
        else:
            passed = _value(row[name], given)
        if not passed:
            return False
    return True


def _relation(
    world: World, target: str, edges: Sequence[Row], given: Mapping[str, Any], targets: Mapping[str, str]
) -> bool:
    counted = [edge for edge in edges if holds(world, "", edge, given.get("edge"), targets)]

    def like(edge: Row, where: Mapping[str, Any]) -> bool:
        return holds(world, target, world[target][edge["id"]], where, targets)

    checks = {
        "some": lambda where: any(like(edge, where) for edge in counted),
        "none": lambda where: not any(like(edge, where) for edge in counted),
        "all": lambda where: all(like(edge, where) for edge in counted),
        "count": lambda operators: _value(len(counted), operators),
    }
    return all(check(given[name]) for name, check in checks.items() if given.get(name) is not None)


def _value(x: Any, given: Mapping[str, Any]) -> bool:
    operators = {name: value for name, value in given.items() if value is not None}
    if "currency" in operators:
        currency = operators.pop("currency")
        x = Decimal(x["amount"]) if x is not None and x["currency"] == currency else None
        operators = {name: v if name == "isNull" else Decimal(v) for name, v in operators.items()}
    if "path" in operators:
        x = (x or {}).get(operators.pop("path"))
        return all(_json(name, x, value) for name, value in operators.items())
    return all(OPERATORS[name](x, value) for name, value in operators.items())


def _json(name: str, x: Any, value: Any) -> bool:
    """As OPERATORS, but true is not 1."""
    if name == "in":
        return any(_json("eq", x, item) for item in value)
    if name == "eq":
        return x is not None and isinstance(x, bool) == isinstance(value, bool) and bool(x == value)
    return OPERATORS[name](x, value)


def ordered(rows: Sequence[Row], keys: Sequence[tuple[Callable[[Row], Any], bool, bool]]) -> list[Row]:
    """Rows by keys: what to order by, whether descending, whether nulls come first."""

    def compare(a: Row, b: Row) -> int:
        for value, down, nulls_first in keys:
            left, right = value(a), value(b)
            if left is None or right is None:
                if (left is None) != (right is None):
                    return -1 if (left is None) == nulls_first else 1
            elif left != right:
                return (-1 if left < right else 1) * (-1 if down else 1)
        return 0

    return sorted(rows, key=cmp_to_key(compare))
