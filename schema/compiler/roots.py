"""Root fields: one statement each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graphql import FieldNode, GraphQLObjectType, is_abstract_type

from ...graph.errors import BadInput
from ..spec import Lookup
from .context import Computation, Context, Scope
from .identity import label_of_id, lookup_match
from .reshape import Reshape, compile_shape
from .select import Columns, FieldCall, compile_field, give, select_row
from .shapes import Inline, Shape, Sub

KEY = "r"
"""The response key under which a statement's single row is reshaped."""


@dataclass(frozen=True)
class Plan:
    """A root field as one Cypher statement, None where nothing is read: run it, and `shape` makes JSON of its only row.

    `is_lookup` says that the rows are candidates of which there may be one only; `computations` are the calls of
    computed fields that the shape needs.
    """

    statement: str | None
    parameters: dict[str, Any]
    computations: list[Computation]
    shape: Inline
    is_lookup: bool

    @cached_property
    def reshape(self) -> Reshape:
        return compile_shape(self.shape)


def compile_root(context: Context, query: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> Plan:
    """Compile one root field.

    Raises:
        BadInput: an argument cannot be used, or the request is over a limit.
    """
    call = FieldCall(context, query, key, nodes)
    if isinstance(call.spec, Lookup):
        return _lookup(context, call, call.spec)
    columns = Columns()
    shape = compile_field(context, call, {}, columns)
    reads = columns or context.clauses
    statement = " ".join([*context.clauses, f"RETURN {columns.row()} AS {KEY}"]) if reads else None
    return _plan(context, statement, shape, is_lookup=False)


def _plan(context: Context, statement: str | None, shape: Shape, *, is_lookup: bool) -> Plan:
    return Plan(statement, context.parameters, context.computations, Inline(((KEY, shape),)), is_lookup)


def _lookup(context: Context, call: FieldCall, spec: Lookup) -> Plan:
    variable = context.variable()
    label = spec.label or label_of_id(str(call.arguments["id"]))
    match, value = lookup_match(label, variable, call.arguments)
    match = match.replace("%", context.parameter(value))
    scope: Scope = {"it": variable}
    if call.arguments.get("asOf") is not None:
        scope = {**scope, "asOf": context.parameter(call.arguments["asOf"])}
    with context.nested(1):
        if is_abstract_type(call.type):
            call.type = context.schema.type_map[label]
            if not isinstance(call.type, GraphQLObjectType):
                raise BadInput(f"{call.arguments['id']!r} is no id.")
        shape, row = select_row(context, call.type, scope, call.selections)
    made, given = give(row, [variable])
    two = f"{match} WITH {variable} ORDER BY {variable}.id LIMIT 2"
    statement = f"{two} {made}RETURN {given} AS {KEY}, {variable}.id AS id"
    return _plan(context, statement, Sub(0, shape, call.nullable, call.where), is_lookup=True)
