"""Shapes: how the JSON of a response is made of the positional row that a statement returns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .trees import Outcome, TreeShape


@dataclass(frozen=True)
class Slot:
    """The place of a value that is bound for each request."""

    place: int


@dataclass(frozen=True)
class Leaf:
    """The value at `index` of the row; `convert` takes that of `slot` too, where there is one."""

    index: int
    convert: Callable[..., Any] | None
    nullable: bool
    where: str
    slot: Slot | None = None


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
    """An object made of the row that stands at `index`, or null; `is_only` where the row is the only one of a list."""

    index: int
    shape: Inline | Poly
    nullable: bool
    where: str
    is_only: bool = False

    def of(self, row: list[Any]) -> list[Any] | None:
        """The object's own row."""
        found: list[Any] | None = row[self.index]
        return found[0] if self.is_only and found is not None else found


@dataclass(frozen=True)
class Many:
    """A list of objects made of the rows that stand at `index`; `limit` cuts off the row that only tells of more."""

    index: int
    shape: Inline | Poly | Once
    limit: int | Slot | None
    where: str


@dataclass(frozen=True)
class Once:
    """An object that is made once, however often it stands in the answer: its id is at `index`, its row in `table`."""

    index: int
    table: int
    shape: Inline


@dataclass(frozen=True)
class Made:
    """What a computed field gave: `slot` is its place among the computations, `index` that of the parent's key."""

    slot: int
    index: int | None
    tree: TreeShape


Shape = Leaf | Const | Inline | Sub | Many | Made | Once


class Vanished(Exception):
    """A node was deleted between two steps of a statement: ask again."""


class ById(dict[str, Any]):
    """What was made of the rows of a table, or these themselves, by the id that each begins with."""

    def __missing__(self, key: str) -> Any:
        raise Vanished


@dataclass(frozen=True)
class Given:
    """What a response is made of beside the row: values of slots, what computed fields gave, the rows of each table,
    and the objects made of them so far."""

    slots: Sequence[Any] = ()
    outcomes: Sequence[Outcome] = ()
    tables: Sequence[ById] = ()
    made: list[ById] = field(default_factory=list)


def children(shape: Shape | Poly) -> Iterator[Shape | Poly]:
    """The shapes directly within a shape; those of tables are asked for by themselves."""
    if isinstance(shape, Inline):
        yield from (child for _, child in shape.fields)
    elif isinstance(shape, Poly):
        yield from shape.types.values()
    elif isinstance(shape, (Sub, Many)):
        yield shape.shape


def holds_made(shape: Shape | Poly) -> bool:
    """Whether anything in the shape is made by a computed field."""
    return isinstance(shape, Made) or any(holds_made(child) for child in children(shape))


def needs_given(shape: Shape | Poly) -> bool:
    """Whether the shape needs more than its row."""
    slot = shape.slot if isinstance(shape, Leaf) else shape.limit if isinstance(shape, Many) else None
    return (
        isinstance(shape, (Made, Once))
        or isinstance(slot, Slot)
        or any(needs_given(child) for child in children(shape))
    )
