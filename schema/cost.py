"""The cost of a request in rows: what it could return or read at most, page sizes multiplied through.

A page costs its rows and what each of them costs; a single node, a named query and a count cost 1, a short list without
paging what 5 of its objects cost, a computed field what it declares. What an operation costs is worked out once for
each shape of its variables, as a function of their values.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from graphql import (
    FieldNode,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionSetNode,
    get_argument_values,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)
from graphql.execution.values import VariableValues

from ..graph.settings import Settings
from .bounded import Bounded
from .compiler.collect import collect, selections_of
from .compiler.context import Context, Environment, LimitExceeded, spec_of
from .compiler.traced import Traced, Values, recipe_of, skeleton, trace
from .documents import Document, root_type
from .spec import CallConnection, Change, Column, Computed, Connection, Embedded, Groups, Items, Lookups, Rows

Cost = Callable[[Values], int]
LIST_ROWS = 5
"""How many rows a list without paging counts for."""
_KEPT = 2_000
_ROWS_OF_A_PAGE = ("nodes", "edges")
_LISTS_OF_CONDITIONS = ("where", "orderBy")


class Costs:
    """Works out what operations cost, and refuses those that are over a limit."""

    def __init__(self, schema: GraphQLSchema, settings: Settings) -> None:
        self._schema, self._settings = schema, settings
        self._kept: Bounded[Hashable, Cost] = Bounded(_KEPT, _KEPT)

    def of(
        self, document: Document, operation: OperationDefinitionNode, variables: VariableValues,
        environment: Environment,
    ) -> int:  # fmt: skip
        """The cost of an operation in rows.

        Raises:
            LimitExceeded: it could return too many rows, or asks for too large a page or too large a filter.
            GraphQLError: an argument is wrong.
        """
        key = (document.number, id(operation), skeleton(variables.coerced))
        found = self._kept.get(key)
        if found is None:
            found = self._make(document, operation, variables, environment)
            self._kept.put(key, found)
        rows = found(variables.coerced)
        most = self._settings.max_rows
        if rows > most:
            raise LimitExceeded(
                f"This request could return {rows:,} rows; at most {most:,} are allowed.",
                hint="Ask for smaller pages (`first`), fewer lists within lists, or raise ECOGRAPH_MAX_ROWS.",
            )
        return rows

    def _make(
        self, document: Document, operation: OperationDefinitionNode, variables: VariableValues,
        environment: Environment,
    ) -> Cost:  # fmt: skip
        traced = VariableValues(variables.sources, trace(variables.coerced, frozenset()))
        context = Context(self._schema, document.fragments, traced, environment)
        root = root_type(self._schema, operation)
        return _Model(context, self._settings).selection(root, [operation.selection_set])


class _Model:
    """Makes the cost of one operation, for variables of one shape."""

    def __init__(self, context: Context, settings: Settings) -> None:
        self._context = context
        self._most_page, self._most_conditions = settings.max_page, settings.max_conditions
        self._conditions = 0

    def selection(self, named: Any, sets: Sequence[SelectionSetNode]) -> Cost:
        """The cost of a selection for one object."""
        if is_abstract_type(named):
            return _most([self.selection(one, sets) for one in self._context.schema.get_possible_types(named)])
        asked = collect(self._context, named, sets).values()
        return _sum([self._field(named, nodes) for nodes in asked if not nodes[0].name.value.startswith("__")])

    def _field(self, parent: GraphQLObjectType, nodes: list[FieldNode]) -> Cost:
        field = parent.fields[nodes[0].name.value]
        named = get_named_type(field.type)
        spec = spec_of(field)
        arguments = get_argument_values(field, nodes[0], self._context.variables)
        self._count_conditions(arguments)
        if isinstance(spec, Computed):
            return _constant(spec.cost)
        if is_leaf_type(named):
            return _NOTHING if spec is None or isinstance(spec, Column) else _constant(1)
        sets = selections_of(nodes)
        where = f"{parent.name}.{nodes[0].name.value}"
        if isinstance(spec, (Connection, CallConnection)) and isinstance(named, GraphQLObjectType):
            return self._page(named, sets, self._first(where, arguments))
        inner = self.selection(named, sets)
        if isinstance(spec, Change):
            return _sum([_constant(spec.cost), inner])
        if isinstance(spec, Lookups):
            return _times(
                _constant(self._within_page(f"The number of `keys` of {where}", len(arguments["keys"]))), inner
            )
        if isinstance(spec, (Items, Rows, Groups)):
            return _times(self._first(where, arguments) if "first" in arguments else _constant(LIST_ROWS), inner)
        return inner if spec is None or isinstance(spec, Embedded) else _plus_one(inner)

    def _page(self, connection: GraphQLObjectType, sets: Sequence[SelectionSetNode], first: Cost) -> Cost:
        rows, others = [], []
        for nodes in collect(self._context, connection, sets).values():
            name = nodes[0].name.value
            if name in _ROWS_OF_A_PAGE:
                rows.append(self._field(connection, nodes))
            elif not name.startswith("__"):
                others.append(_plus_one(self._field(connection, nodes)))
        return _sum([_times(first, _sum(rows)), *others]) if rows else _sum(others)

    def _first(self, where: str, arguments: Mapping[str, Any]) -> Cost:
        first = arguments["first"]
        make = recipe_of(first)

        def rows(values: Values) -> int:
            return max(self._within_page(f"`first` of {where}", first if make is None else make(values)), 1)

        return rows

    def _within_page(self, what: str, rows: int) -> int:
        if rows > self._most_page:
            raise LimitExceeded(
                f"{what} is {rows:,}; at most {self._most_page:,} rows are given at once.",
                hint="Page with `after`, ask for fewer keys, or raise ECOGRAPH_MAX_PAGE.",
            )
        return rows

    def _count_conditions(self, arguments: Mapping[str, Any]) -> None:
        self._conditions += sum(conditions(arguments.get(name)) for name in _LISTS_OF_CONDITIONS)
        if self._conditions > self._most_conditions:
            raise LimitExceeded(
                f"There are more than {self._most_conditions:,} conditions in the filters and orders of this request.",
                hint="Filter by fewer, give lists of values to `in`, or raise ECOGRAPH_MAX_CONDITIONS.",
            )


def conditions(given: Any) -> int:
    """How many conditions a filter or an order has; a list of plain values is one."""
    if type(given) is Traced or given is None:
        return int(given is not None)
    if isinstance(given, Mapping):
        return sum(conditions(part) for part in given.values()) or 1
    if isinstance(given, list) and any(isinstance(part, (Mapping, list)) for part in given):
        return sum(conditions(part) for part in given)
    return 1


def _constant(rows: int) -> Cost:
    return lambda _: rows


def _plus_one(cost: Cost) -> Cost:
    return lambda values: 1 + cost(values)


def _times(first: Cost, each: Cost) -> Cost:
    return lambda values: first(values) * (1 + each(values))


def _sum(costs: Sequence[Cost]) -> Cost:
    costs = [cost for cost in costs if cost is not _NOTHING]
    if not costs:
        return _NOTHING
    if len(costs) == 1:
        return costs[0]
    return lambda values: sum(cost(values) for cost in costs)


def _most(costs: Sequence[Cost]) -> Cost:
    return lambda values: max(cost(values) for cost in costs)


_NOTHING = _constant(0)
