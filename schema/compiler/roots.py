"""Root fields: one statement each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from graphql import FieldNode, GraphQLObjectType, is_abstract_type

from ...graph.errors import BadInput
from ..spec import Lookup, Lookups
from ..visibility import guard
from .context import Computation, Context, Environment, Scope
from .identity import IDENTIFIERS, given_identifier, identifier, identifiers, label_of_id, lookup_match
from .once import Level, steps
from .once import names as tables_of
from .reshape import Reshape, compile_shape
from .select import Columns, FieldCall, compile_field, give, select
from .shapes import ById, Given, Inline, Many, Shape, Sub
from .traced import Recipe, Values, derive, recipe_of

KEY = "r"
"""The response key under which a statement's single row is reshaped."""


@dataclass(frozen=True)
class Bound:
    """A plan with the values of one request."""

    parameters: dict[str, Any]
    slots: list[Any]
    computations: list[Computation]


@dataclass(frozen=True)
class Plan:
    """A root field as one Cypher statement, None where nothing is read: run it, and `shape` makes JSON of its only row.

    Parameters are `constants`, what `recipes` make of the variables, and those that a request `shares` among all its
    statements. `is_lookup` says that the rows are candidates of which there may be one only; `computations` are the
    calls of computed fields that the shape needs, `identities` the parameters with what nodes are looked up by;
    `tables` are the shapes of the rows of nodes that are made once, which the statement returns in its last column.
    """

    statement: str | None
    constants: dict[str, Any]
    recipes: list[tuple[str, Recipe]]
    shares: list[str]
    slots: list[Any]
    computations: list[Computation]
    shape: Inline
    is_lookup: bool
    identities: tuple[str, ...] = ()
    tables: tuple[Inline, ...] = ()

    @cached_property
    def reshape(self) -> Reshape:
        return compile_shape(self.shape)

    @cached_property
    def _reshape_tables(self) -> list[Reshape]:
        return [compile_shape(shape) for shape in self.tables]

    def made(self, row: list[Any], given: Given) -> Any:
        """What is to be answered.

        Raises:
            NonNullBroken: something is to be told as an error.
            Vanished: a node was deleted meanwhile.
        """
        given.made[:] = [ById()] * len(self.tables)
        # From the lowest: what stands in a table is made of the tables after it.
        for place in reversed(range(len(self.tables))):
            make = self._reshape_tables[place]
            given.made[place] = ById({key: make(one, given) for key, one in given.tables[place].items()})
        return self.reshape(row, given)[KEY]

    @cached_property
    def _remade(self) -> tuple[list[Recipe | None], list[Recipe | None]]:
        return [recipe_of(slot) for slot in self.slots], [recipe_of(c.arguments) for c in self.computations]

    def bind(self, values: Values, environment: Environment) -> Bound:
        """The plan for the values of these variables.

        Raises:
            BadInput: a value cannot be used.
        """
        parameters = dict(self.constants)
        for name, make in self.recipes:
            parameters[name] = make(values)
        if self.shares:
            shared = environment.shared
            for name in self.shares:
                parameters[name] = shared[name]
        slot_recipes, argument_recipes = self._remade
        slots = [make(values) if make else slot for make, slot in zip(slot_recipes, self.slots, strict=True)]
        computations = [
            replace(c, arguments=make(values)) if make else c
            for make, c in zip(argument_recipes, self.computations, strict=True)
        ]
        return Bound(parameters, slots, computations)


def compile_root(context: Context, query: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> Plan:
    """Compile one root field.

    Raises:
        BadInput: an argument cannot be used, or the request is over a limit.
        Forbidden: a field is not for this viewer.
    """
    call = FieldCall(context, query, key, nodes)
    if isinstance(call.spec, Lookup):
        return _lookup(context, call, call.spec)
    if isinstance(call.spec, Lookups):
        return _lookups(context, call, call.spec)
    columns = Columns()
    shape = compile_field(context, call, {}, columns)
    if not columns and not context.clauses:
        return _plan(context, None, shape, is_lookup=False)
    apart, row, kept = columns.apart(context)
    made, given = give(row, [*kept, *(table.name for table in context.tables)])
    before = [*context.clauses.values(), steps(context)]
    statement = " ".join([*filter(None, before), f"{apart}{made}RETURN {given} AS {KEY}{tables_of(context)}"])
    return _plan(context, statement, shape, is_lookup=False)


def _plan(context: Context, statement: str | None, shape: Shape, *, is_lookup: bool) -> Plan:
    recipes = [(name, make) for name, value in context.parameters.items() if (make := recipe_of(value)) is not None]
    constants = {name: value for name, value in context.parameters.items() if name not in dict(recipes)}
    viewer = context.environment.viewer
    return Plan(
        None if statement is None else guard(statement, viewer),
        constants,
        recipes,
        [*context.shared_names, *viewer.parameters],
        context.slots,
        context.computations,
        Inline(((KEY, shape),)),
        is_lookup,
        tuple(context.identities),
        tuple(table.shape for table in context.tables),
    )


def _lookup(context: Context, call: FieldCall, spec: Lookup) -> Plan:
    variable = context.variable()
    label = spec.label or context.decide(label_of_id, call.arguments["id"])
    match = lookup_match(label, variable, given_identifier(call.arguments))
    wanted = context.parameter(derive(identifier, label, call.arguments))
    context.identities.append(wanted[1:])
    match = match.replace("%", wanted)
    scope: Scope = {"it": variable}
    if call.arguments.get("asOf") is not None:
        scope = {**scope, "asOf": context.parameter(call.arguments["asOf"])}
    columns = Columns()
    with context.nested(), context.at(Level(columns, "given", is_single=True)):
        if is_abstract_type(call.type):
            call.type = context.schema.type_map[label]
            if not isinstance(call.type, GraphQLObjectType):
                raise BadInput(f"{call.arguments['id']!r} is no id.")
        shape = select(context, call.type, scope, call.selections, columns)  # type: ignore[arg-type]
    two = f"{match} WITH {variable} ORDER BY {variable}.id LIMIT 2"
    made, given = give(columns.row(), [variable])
    if context.tables:
        made, given = f"WITH {variable}, {columns.row()} AS given {steps(context)} ", "given"
    statement = f"{two} {made}RETURN {given} AS {KEY}, {variable}.id AS id{tables_of(context)}"
    return _plan(context, statement, Sub(0, shape, call.nullable, call.where), is_lookup=True)


def _lookups(context: Context, call: FieldCall, spec: Lookups) -> Plan:
    """One row per identifier, and in a second column the ids of two nodes that share one."""
    keys = call.arguments["keys"]
    wanted = context.parameter(derive(identifiers, spec.label, keys))
    context.identities.append(wanted[1:])
    at, that, found = context.variable(), context.variable(), context.variable()
    matches = " UNION ".join(
        f"{lookup_match(spec.label, that, name).replace('%', f'{wanted}[{at}][{place}]')} RETURN {that}"
        for place, name in enumerate(IDENTIFIERS)
    )
    with context.nested():
        columns = Columns()
        present = columns.add(f"{that}.id")
        shape = select(context, call.type, {"it": that}, call.selections, columns)  # type: ignore[arg-type]
        shape = replace(shape, present=present, nullable=True)
    made, given = give(f"CASE WHEN {that} IS NULL THEN [null] ELSE {columns.row()} END", [that, found])
    statement = (
        f"CALL () {{ UNWIND range(0, size({wanted}) - 1) AS {at} "
        f"CALL ({at}) {{ CALL ({at}) {{ {matches} }} WITH {that} ORDER BY {that}.id "
        f"RETURN collect({that})[..2] AS {found} }} "
        f"WITH {at}, {found}, head({found}) AS {that} ORDER BY {at} {made}"
        f"RETURN collect({given}) AS {KEY}, "
        f"head(collect(CASE size({found}) WHEN 2 THEN [n IN {found} | n.id] END)) AS two }} "
        f"RETURN [{KEY}] AS {KEY}, two"
    )
    return _plan(context, statement, Many(0, shape, None, call.where), is_lookup=False)
