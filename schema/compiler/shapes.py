"""Shapes: how the JSON of a response is made of the positional row that a statement returns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .trees import TreeShape

Convert = Callable[[Any], Any]


@dataclass(frozen=True)
class Leaf:
    """The value at `index` of the row."""

    index: int
    convert: Convert | None
    nullable: bool
    where: str


@dataclass(frozen=True)
class Const:
    """The same in every row: `__typename`, or an argument echoed."""

    value: Any


@dataclass(frozen=True)
class Inline:
    """An object made of the same row; null where the value at `present` is null."""

    fields: tuple[tuple[str, Shape], ...]
    present: int | None = None
    nullable: bool = False
    where: str = ""


@dataclass(frozen=True)
class Poly:
    """An object of one of several types; the row begins with the type's name."""

    types: Mapping[str, Inline]


@dataclass(frozen=True)
class Sub:
    """An object made of the row that stands at `index`, or null."""

    index: int
    shape: Inline | Poly
    nullable: bool
    where: str


@dataclass(frozen=True)
class Many:
    """A list of objects made of the rows that stand at `index`; `limit` cuts off the row that only tells of more."""

    index: int
    shape: Inline | Poly
    limit: int | None
    where: str


@dataclass(frozen=True)
class Made:
    """What a computed field gave: `slot` is its place among the computations, `index` that of the parent's key."""

    slot: int
    index: int | None
    tree: TreeShape


Shape = Leaf | Const | Inline | Sub | Many | Made


def holds_made(shape: Shape | Poly) -> bool:
    """Whether anything in the shape is made by a computed field."""
    if isinstance(shape, Made):
        return True
    if isinstance(shape, Inline):
        return any(holds_made(child) for _, child in shape.fields)
    if isinstance(shape, Poly):
        return any(holds_made(inline) for inline in shape.types.values())
    return isinstance(shape, (Sub, Many)) and holds_made(shape.shape)
