"""From the selection set of an object to the columns of its row and the shape of its JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from graphql import (
    FieldNode,
    GraphQLNamedType,
    GraphQLObjectType,
    SelectionSetNode,
    get_argument_values,
    get_named_type,
    is_abstract_type,
    is_non_null_type,
)

from ...graph.errors import Internal
from ..partner_view import check_field, named_once, shown_to, spec_for
from ..spec import (
    Call,
    CallConnection,
    Change,
    Column,
    Computed,
    Connection,
    Embedded,
    Items,
    One,
    Ref,
    Rows,
    Scalar,
    template_of,
)
from .calls import call_clause
from .collect import collect, selections_of
from .context import Context, Scope, below, spec_of
from .shapes import Const, Inline, Leaf, Many, Poly, Shape, Sub
from .traced import canonical
from .values import expression, parts

_AGGREGATES = re.compile(r"CALL \(|\b(?:avg|collect|count|max|min|percentileDisc|sum)\(")


class Columns:
    """The expressions of one row, each once."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._long: dict[str, None] = {}

    def add(self, expression: str, *, is_long: bool = False) -> int:
        if is_long:
            self._long[expression] = None
        return self._places.setdefault(expression, len(self._places))

    def __bool__(self) -> bool:
        return bool(self._places)

    def row(self) -> str:
        return named_once(f"[{', '.join(self._places)}]")

    def apart(self, context: Context) -> tuple[str, str, list[str]]:
        """What makes the long lists each by itself, where there are several; the row then, and the variables in it."""
        if context.clauses or len(self._long) < 2:
            return "", self.row(), list(context.clauses)
        at, one, lists = context.variable(), context.variable(), context.variable()
        branches = " UNION ALL ".join(
            f"RETURN {place} AS {at}, {named_once(made)} AS {one}" for place, made in enumerate(self._long)
        )
        places = {made: f"{lists}[{place}]" for place, made in enumerate(self._long)}
        row = f"[{', '.join(places.get(made, made) for made in self._places)}]"
        made = f"CALL () {{ {branches} }} WITH {at}, {one} ORDER BY {at} WITH collect({one}) AS {lists} "
        return made, named_once(row), [lists]


class FieldCall:
    """One field of a selection: its declaration, its arguments, and the nodes that asked for it."""

    def __init__(self, context: Context, parent: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> None:
        self.key = key
        self.nodes = nodes
        self.name = nodes[0].name.value
        self.where = f"{parent.name}.{self.name}"
        self.field = parent.fields[self.name]
        viewer = context.environment.viewer
        self.parent = parent.name
        self.spec = spec_for(viewer, parent.name, self.name, spec_of(self.field))
        self.arguments: Mapping[str, Any] = get_argument_values(self.field, nodes[0], context.variables)
        check_field(viewer, parent.name, self.name, self.arguments)
        self.nullable = not is_non_null_type(self.field.type)
        self.type: GraphQLNamedType = get_named_type(self.field.type)

    def shown(self, context: Context, scope: Scope, expression: str) -> str:
        """An expression that it is made of, as who asks may see it."""
        return shown_to(context.environment.viewer, self.parent, self.name, scope.get("it", ""), expression)

    @property
    def selections(self) -> list[SelectionSetNode]:
        return selections_of(self.nodes)


def field_calls(context: Context, parent: GraphQLObjectType, sets: Sequence[SelectionSetNode]) -> list[FieldCall | str]:
    """The fields of a selection in the order of the response; `__typename` stands as its response key alone."""
    calls: list[FieldCall | str] = []
    for key, nodes in collect(context, parent, sets).items():
        if nodes[0].name.value == "__typename":
            calls.append(key)
        else:
            calls.append(FieldCall(context, parent, key, nodes))
    return calls


def select(
    context: Context, parent: GraphQLObjectType, scope: Scope, sets: Sequence[SelectionSetNode], columns: Columns
) -> Inline:
    """The shape of an object of this type; what it needs is added to the columns.

    Fields are compiled in the order of their names, not of the request, so that requests which differ only in order
    or aliases share one statement.
    """
    calls = field_calls(context, parent, sets)
    shapes: dict[str, Shape] = {call: Const(parent.name) for call in calls if isinstance(call, str)}
    fields = [call for call in calls if isinstance(call, FieldCall)]
    for call in sorted(fields, key=lambda c: (c.name, canonical(c.arguments))):
        shapes[call.key] = compile_field(context, call, scope, columns)
    order = [call if isinstance(call, str) else call.key for call in calls]
    return Inline(tuple((key, shapes[key]) for key in order), where=parent.name)


def select_poly(context: Context, abstract: Any, scope: Scope, sets: Sequence[SelectionSetNode]) -> tuple[Poly, str]:
    """The shape and the row expression of an object whose label tells its type."""
    types: dict[str, Inline] = {}
    cases = []
    for possible in sorted(context.schema.get_possible_types(abstract), key=lambda t: t.name):
        columns = Columns()
        columns.add(f"'{possible.name}'")
        types[possible.name] = select(context, possible, scope, sets, columns)
        cases.append(f"WHEN {scope['it']}:{possible.name} THEN {columns.row()}")
    return Poly(types), f"CASE {' '.join(cases)} END"


def select_row(
    context: Context, named: GraphQLNamedType, scope: Scope, sets: Sequence[SelectionSetNode]
) -> tuple[Inline | Poly, str]:
    """The shape and the row expression of an object of any type."""
    if is_abstract_type(named):
        return select_poly(context, named, scope, sets)
    columns = Columns()
    shape = select(context, named, scope, sets, columns)  # type: ignore[arg-type]
    return shape, columns.row()


def aggregates(expression: str) -> bool:
    """Whether a subquery in it aggregates, as a named query may."""
    return _AGGREGATES.search(expression) is not None


def give(row: str, kept: Sequence[str]) -> tuple[str, str]:
    """A WITH that makes the row, and what to return then; `kept` are the variables that the row is made of.

    Neo4j 5.26 takes an aggregation within a called subquery for one of the projection that it stands in, and then wants
    that projection's other variables as grouping keys: so they stand beside the row.
    """
    if not kept or not aggregates(row):
        return "", row
    return f"WITH {', '.join(kept)}, {row} AS given ", "given"


def compile_field(context: Context, call: FieldCall, scope: Scope, columns: Columns) -> Shape:
    """The shape of one field."""
    if call.arguments.get("asOf") is not None:
        scope = {**scope, "asOf": context.parameter(call.arguments["asOf"])}
    spec = call.spec.read if isinstance(call.spec, Change) else call.spec
    if isinstance(spec, Column):
        at = columns.add(call.shown(context, scope, expression(context, spec, scope, call.arguments)))
        return Leaf(at, spec.convert, call.nullable, call.where)
    if isinstance(spec, Embedded):
        return _embedded(context, call, spec, scope, columns)
    if isinstance(spec, Ref):
        return _ref(context, call, spec, scope, columns)
    if isinstance(spec, Items):
        return _items(context, call, spec, scope, columns)
    if isinstance(spec, Rows):
        at, shape = _rows(context, call, spec.call, scope, columns, is_long=spec.is_long)
        return Many(at, shape, None, call.where)
    if isinstance(spec, One):
        at, shape = _rows(context, call, spec.call, scope, columns, "head(%)")
        return Sub(at, shape, call.nullable, call.where)
    if isinstance(spec, Scalar):
        clause, names = call_clause(context, spec.call, scope, call.arguments)
        at = columns.add(f"head(COLLECT {{ {clause} RETURN {names[0]} }})")
        return Leaf(at, spec.convert, call.nullable, call.where)
    if isinstance(spec, (Connection, CallConnection)):
        from .connections import connection

        return connection(context, call, spec, scope, columns)
    if isinstance(spec, Computed):
        from .computed import computed

        return computed(context, call, spec, scope, columns)
    raise Internal(f"{call.where} has no spec.")


def _embedded(context: Context, call: FieldCall, spec: Embedded, scope: Scope, columns: Columns) -> Inline | Sub:
    made_of = parts(context, spec, scope, call.arguments)
    inner = below(scope, {name: call.shown(context, scope, made) for name, made in made_of.items()})
    if is_abstract_type(call.type):
        poly, row = select_poly(context, call.type, inner, call.selections)
        return Sub(columns.add(row), poly, call.nullable, call.where)
    made = select(context, call.type, inner, call.selections, columns)  # type: ignore[arg-type]
    present = None if spec.present is None else columns.add(context.fill(spec.present, {**scope, **inner}))
    return Inline(made.fields, present, call.nullable, call.where)


def _ref(context: Context, call: FieldCall, spec: Ref, scope: Scope, columns: Columns) -> Sub:
    that = context.variable()
    match = context.fill(spec.match, {**scope, "that": that})
    with context.nested():
        shape, row = select_row(context, call.type, below(scope, {"it": that}), call.selections)
    made, given = give(row, [that])
    at = columns.add(f"head(COLLECT {{ {match} WITH {that} ORDER BY {that}.id LIMIT 1 {made}RETURN {given} }})")
    return Sub(at, shape, call.nullable, call.where)


def _items(context: Context, call: FieldCall, spec: Items, scope: Scope, columns: Columns) -> Many:
    item = context.variable()
    with context.nested():
        inner = below(scope, {"it": item, "item": item})
        shape, row = select_row(context, call.type, inner, call.selections)
    made, given = give(row, [item])
    elements = context.fill(template_of(spec.cypher, call.arguments), scope)
    at = columns.add(f"COLLECT {{ UNWIND {elements} AS {item} {made}RETURN {given} }}")
    return Many(at, shape, None, call.where)


def _rows(
    context: Context, call: FieldCall, query: Call, scope: Scope, columns: Columns, of: str = "%",
    *, is_long: bool = False,
) -> tuple[int, Inline | Poly]:  # fmt: skip
    """The place of the rows of a query, or of what `of` makes of them, and the shape of one."""
    clause, names = call_clause(context, query, scope, call.arguments)
    renamed = {name: context.variable() for name in names}
    with context.nested():
        shape, row = select_row(context, call.type, below(scope, renamed), call.selections)
    renaming = ", ".join(f"{name} AS {variable}" for name, variable in renamed.items())
    made, given = give(row, list(renamed.values()))
    rows = f"COLLECT {{ {clause} WITH {renaming} {made}RETURN {given} }}"
    return columns.add(of.replace("%", rows, 1), is_long=is_long), shape
