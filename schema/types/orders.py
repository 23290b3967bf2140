"""`PartnerOrder` and its like: what lists can be ordered by follows from the fields of the type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any

import strawberry

from ...graph.model import ValueType
from ..spec import Column, Connection, Embedded, OrderKey, Scalar
from .common import Money
from .inputs import ENTITIES, make_input
from .where import declared, unwrapped

_TYPES: dict[Any, ValueType] = {
    str: ValueType.STRING, int: ValueType.INTEGER, float: ValueType.FLOAT, bool: ValueType.BOOLEAN,
    date: ValueType.DATE, Money: ValueType.FLOAT,
}  # fmt: skip


_ID = Column("<it>.id")
"""Orders as the key does, for an id is the kind and the key, and by an index."""


@strawberry.enum(description="Which way a list is ordered.")
class Direction(Enum):
    ASC = strawberry.enum_value("ASC", description="Smallest, earliest, false first.")
    DESC = strawberry.enum_value("DESC", description="Greatest, latest, true first.")


@strawberry.enum(description="Where rows without a value stand.")
class Nulls(Enum):
    FIRST = strawberry.enum_value("FIRST", description="Before all others, whichever way the list is ordered.")
    LAST = strawberry.enum_value("LAST", description="After all others, whichever way the list is ordered.")


def upper_snake(name: str) -> str:
    """`joinedOn` as the member of an enum: `JOINED_ON`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()


def entity_order(cls: type, more: Mapping[str, tuple[OrderKey, str]]) -> type:
    """`PartnerOrder` and `PartnerOrderBy`: every single value, the number of rows of every relation, and `more`."""
    name = cls.__name__
    by = Enum(  # type: ignore[misc]
        f"{name}OrderBy",
        {
            upper_snake(key): strawberry.enum_value(of, description=text)
            for key, (of, text) in {**_keys(cls), **more}.items()
        },
        module=ENTITIES,
    )
    strawberry.enum(by, description=f"What a list of {name} rows can be ordered by.")
    fields = {
        "by": (by, strawberry.field(description="By what.")),
        "direction": (Direction, strawberry.field(default=Direction.ASC, description="Which way.")),
        "nulls": (Nulls, strawberry.field(default=Nulls.LAST, description="Where rows without a value stand.")),
    }
    return make_input(
        f"{name}Order", f"An order of {name} rows; rows that are equal by it stand by id.", fields, ENTITIES
    )


def _keys(cls: type) -> dict[str, tuple[OrderKey, str]]:
    found: dict[str, tuple[OrderKey, str]] = {}
    for field, spec in declared(cls):
        if isinstance(spec, Connection):
            text = f"Number of: {field.description}"
            found[f"{field.python_name}Count"] = (OrderKey(spec, ValueType.INTEGER, False), text)
            continue
        if not isinstance(spec, (Column, Scalar, Embedded)):
            continue
        kind, is_nullable, is_list = unwrapped(field)
        kind = str if isinstance(kind, type) and issubclass(kind, Enum) else kind
        if not is_list and kind in _TYPES:
            currencies = f"{cls.__name__.lower()}_currencies" if kind is Money else None
            key = OrderKey(_ID if field.python_name == "key" else spec, _TYPES[kind], is_nullable, currencies)
            found[field.python_name] = (key, f"By: {field.description}")
    return found
