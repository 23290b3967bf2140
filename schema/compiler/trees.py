"""Trees: the data that a computed field gives, shaped by the selection."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from graphql import GraphQLError

from ...graph.errors import EcographError, Internal

Outcome = Mapping[Any, Any] | EcographError
"""What a computed field gave: trees by the parents' keys (None where it has none), or why it gave nothing."""


class NonNullBroken(Exception):
    """Something is to be told as an error, such as a null where the schema promises a value: complete with care."""


@dataclass(frozen=True)
class TreeLeaf:
    """A scalar or an enum value; `serialize` makes JSON of it."""

    serialize: Callable[[Any], Any]
    nullable: bool
    where: str


@dataclass(frozen=True)
class TreeList:
    """A list of trees."""

    item: TreeShape
    nullable: bool
    where: str


@dataclass(frozen=True)
class TreeField:
    """An entry of an object: response key, name in the tree, arguments for a callable; `tree` None is `__typename`."""

    key: str
    name: str
    arguments: Mapping[str, Any]
    tree: TreeShape | None


@dataclass(frozen=True)
class TreeObject:
    """An object: its fields by type name; one type, or several that `__typename` tells apart."""

    types: Mapping[str, tuple[TreeField, ...]]
    nullable: bool
    where: str

    def type_of(self, tree: Mapping[str, Any]) -> str:
        """The name of the object's type."""
        return next(iter(self.types)) if len(self.types) == 1 else str(tree["__typename"])


TreeShape = TreeLeaf | TreeList | TreeObject


def entry(field: TreeField, tree: Mapping[str, Any], where: str) -> Any:
    """The value of a field in an object's tree."""
    if field.name not in tree:
        raise Internal(f"{where}: the tree has no {field.name!r}.")
    value = tree[field.name]
    return value(**field.arguments) if callable(value) else value


def leaf(shape: TreeLeaf, value: Any) -> Any:
    """The JSON of a scalar; NaN and infinities are None.

    Raises:
        GraphQLError: it is no value of its type.
    """
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return shape.serialize(value.name if isinstance(value, Enum) else value)


Reader = Callable[[Any], Any]


def reader(shape: TreeShape) -> Callable[[Outcome, Any], Any]:
    """A function from an outcome and a key to JSON, which raises NonNullBroken where there is an error to tell."""
    read = _reader(shape)

    def made(outcome: Outcome, key: Any) -> Any:
        if isinstance(outcome, EcographError):
            raise NonNullBroken
        return read(outcome.get(key))

    return made


def _reader(shape: TreeShape) -> Reader:
    if isinstance(shape, TreeLeaf):
        read = _leaf_reader(shape)
    elif isinstance(shape, TreeList):
        read = _list_reader(shape)
    else:
        read = _object_reader(shape)
    if shape.nullable:
        return lambda value: None if value is None else read(value)

    def promised(value: Any) -> Any:
        made = None if value is None else read(value)
        if made is None:
            raise NonNullBroken
        return made

    return promised


def _leaf_reader(shape: TreeLeaf) -> Reader:
    def read(value: Any) -> Any:
        try:
            return leaf(shape, value)
        except GraphQLError as error:
            raise NonNullBroken from error

    return read


def _list_reader(shape: TreeList) -> Reader:
    item = _reader(shape.item)
    return lambda values: [item(value) for value in values]


def _object_reader(shape: TreeObject) -> Reader:
    readers = {
        name: [(field, None if field.tree is None else _reader(field.tree)) for field in fields]
        for name, fields in shape.types.items()
    }

    def read(tree: Any) -> Any:
        name = shape.type_of(tree)
        return {field.key: name if child is None else child(entry(field, tree, name)) for field, child in readers[name]}

    return read
