"""Computed fields in a statement's row: which calls they need, and the shape of what these give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLList,
    GraphQLNonNull,
    GraphQLOutputType,
    GraphQLScalarType,
    is_abstract_type,
)

from ..spec import Computed
from .context import Computation, Context, Scope
from .select import Columns, FieldCall, field_calls
from .shapes import Inline, Made, Many, Poly, Shape, Slot, Sub, holds_made
from .trees import TreeField, TreeLeaf, TreeList, TreeObject, TreeShape


def computed(context: Context, call: FieldCall, spec: Computed, scope: Scope, columns: Columns) -> Made:
    """The shape of a computed field; the call that it needs is noted in the context."""
    arguments = {name: value for name, value in call.arguments.items() if name != "asOf"}
    day = context.fill("<asOf>", scope).removeprefix("$")
    wanted = Computation(call.where, spec, arguments, day)
    same = [c.identity for c in context.computations]
    if wanted.identity not in same:
        context.computations.append(wanted)
    slot = [*same, wanted.identity].index(wanted.identity)
    index = None if spec.key is None else columns.add(context.fill(spec.key, scope))
    return Made(slot, index, tree_shape(context, call, call.field.type))


def tree_shape(context: Context, call: FieldCall, wanted: GraphQLOutputType) -> TreeShape:
    """The shape of the field's tree, by its type and the selection."""
    nullable = not isinstance(wanted, GraphQLNonNull)
    named = wanted.of_type if isinstance(wanted, GraphQLNonNull) else wanted
    if isinstance(named, GraphQLList):
        return TreeList(tree_shape(context, call, named.of_type), nullable, call.where)
    if isinstance(named, GraphQLEnumType):
        return TreeLeaf(_enum(named), nullable, call.where)
    if isinstance(named, GraphQLScalarType):
        return TreeLeaf(named.serialize, nullable, call.where)
    possible = context.schema.get_possible_types(named) if is_abstract_type(named) else [named]
    types = {parent.name: tuple(_fields(context, parent, call)) for parent in possible}
    return TreeObject(types, nullable, call.where)


def _fields(context: Context, parent: Any, call: FieldCall) -> Iterable[TreeField]:
    for asked in field_calls(context, parent, call.selections):
        if isinstance(asked, str):
            yield TreeField(asked, "__typename", {}, None)
        else:
            yield TreeField(asked.key, asked.name, asked.arguments, tree_shape(context, asked, asked.field.type))


def _enum(named: GraphQLEnumType) -> Callable[[Any], str]:
    def serialize(value: Any) -> str:
        if value not in named.values:
            raise GraphQLError(f"{value!r} is no value of {named.name}.")
        return str(value)

    return serialize


def keys_of(shape: Shape | Poly, row: list[Any], slots: Sequence[Any], found: dict[int, dict[Any, None]]) -> None:
    """Collect the keys of all parents of computed fields in a row, by the place of the call."""
    if isinstance(shape, Made):
        if shape.index is not None:
            found.setdefault(shape.slot, {})[row[shape.index]] = None
    elif isinstance(shape, Poly):
        keys_of(shape.types[row[0]], row, slots, found)
    elif isinstance(shape, Inline):
        if shape.present is None or row[shape.present] is not None:
            for _, child in shape.fields:
                keys_of(child, row, slots, found)
    elif isinstance(shape, Sub):
        below = shape.of(row)
        if below is not None and holds_made(shape.shape):
            keys_of(shape.shape, below, slots, found)
    elif isinstance(shape, Many) and holds_made(shape.shape):
        limit = slots[shape.limit.place] if isinstance(shape.limit, Slot) else shape.limit
        for below in row[shape.index][:limit]:
            keys_of(shape.shape, below, slots, found)
