"""Answering a GraphQL request: each root field is one Cypher statement, and several run at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    execute_sync,
    get_variable_values,
    is_non_null_type,
)
from graphql.execution.values import VariableValues

from ..graph.connection import Database
from ..graph.errors import BadInput, EcographError, Internal
from ..graph.settings import Settings
from ..graph.version import GraphVersion, VersionReader
from .compiler.collect import collect
from .compiler.complete import complete
from .compiler.computed import keys_of
from .compiler.context import Context, Environment
from .compiler.roots import KEY, Plan, compile_root
from .compiler.trees import NonNullBroken, Outcome
from .computing import Computing, Reading
from .documents import Document, Documents
from .problems import Problem, from_graphql, ours, problem
from .sdl import graphql_schema

log = logging.getLogger("ecograph.schema")

INTROSPECTION = frozenset({"__schema", "__type"})


@dataclass(frozen=True)
class Response:
    """An answer in GraphQL's form. `is_request_error` says that nothing was executed."""

    data: dict[str, Any] | None
    errors: list[dict[str, Any]] = field(default_factory=list)
    extensions: dict[str, Any] = field(default_factory=dict)
    is_request_error: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The response map; a request error has no `data`."""
        made: dict[str, Any] = {}
        if self.errors:
            made["errors"] = self.errors
        if not self.is_request_error:
            made["data"] = self.data
        if self.extensions:
            made["extensions"] = self.extensions
        return made


class Executor:
    """Answers requests over one database."""

    def __init__(self, database: Database, settings: Settings, schema: GraphQLSchema | None = None) -> None:
        self.schema: GraphQLSchema = schema or graphql_schema()
        self.version = VersionReader(database)
        self._database = database
        self._settings = settings
        self._computing = Computing(database, settings)
        self._documents = Documents(self.schema, settings.max_tokens)

    async def execute(
        self, text: str, variables: Mapping[str, Any] | None = None, operation_name: str | None = None,
        *, only_queries: bool = False,
    ) -> Response:  # fmt: skip
        """Answer one request. Errors are in the response, never raised.

        Args:
            text: the GraphQL document.
            variables: values of its variables, as JSON has them.
            operation_name: which of several operations to run.
            only_queries: refuse anything but a query (GET requests).
        """
        document = self._documents.get(text)
        if document.errors:
            code = "GRAPHQL_PARSE_FAILED" if document.is_syntax_error else "GRAPHQL_VALIDATION_FAILED"
            return _refused([from_graphql(error, code) for error in document.errors])
        try:
            operation = document.operation(operation_name)
        except GraphQLError as error:
            return _refused([from_graphql(error, "OPERATION_RESOLUTION_FAILURE")])
        if operation.operation is not OperationType.QUERY:
            what = "a query over GET" if only_queries else "queries"
            return _refused([problem(f"Only {what} can be answered.", "OPERATION_NOT_SUPPORTED")])
        coerced = get_variable_values(
            self.schema, operation.variable_definitions or (), dict(variables or {}), max_errors=9
        )
        if not isinstance(coerced, VariableValues):
            return _refused([from_graphql(error, "BAD_USER_INPUT") for error in coerced])
        try:
            version = await self.version.current()
        except EcographError as error:
            return _refused([ours(error)])
        return await self._run(document, operation, coerced, version)

    async def _run(
        self, document: Document, operation: OperationDefinitionNode, variables: VariableValues, version: GraphVersion
    ) -> Response:
        query = self.schema.query_type
        assert query is not None
        environment = Environment(
            as_of=datetime.now(UTC).date(),
            active_within=self._settings.active_within_days,
            has_dated_activity=version.has_dated_activity,
            has_customer_dates=version.has_customer_dates,
            max_page=self._settings.max_page,
            max_rows=self._settings.max_rows,
        )
        context = Context(self.schema, document.fragments, variables, environment)
        roots = collect(context, query, [operation.selection_set])
        jobs = {
            key: self._root(replace(context, parameters={}, clauses=[], computations=[]), query, key, nodes, version)
            for key, nodes in roots.items()
            if nodes[0].name.value not in INTROSPECTION and nodes[0].name.value != "__typename"
        }
        answers = dict(zip(jobs, await asyncio.gather(*jobs.values()), strict=True))
        introspected = self._introspect(document, operation, roots, variables)
        data: dict[str, Any] | None = {}
        errors: list[Problem] = []
        for key, nodes in roots.items():
            name = nodes[0].name.value
            value, problems = (
                (query.name, []) if name == "__typename" else answers.get(key) or (introspected.get(key), [])
            )
            errors.extend(problems)
            if value is None and key in answers and is_non_null_type(query.fields[name].type):
                data = None
            if data is not None:
                data[key] = value
        return Response(data, errors, {"graphVersion": str(version)})

    async def _root(
        self, context: Context, query: GraphQLObjectType, key: str, nodes: list[FieldNode], version: GraphVersion
    ) -> tuple[Any, list[Problem]]:
        try:
            plan = compile_root(context, query, key, nodes)
            row = await self._row(plan)
            outcomes: list[Outcome] = []
            if plan.computations:
                keys: dict[int, dict[Any, None]] = {}
                keys_of(plan.shape, row, keys)
                reading = Reading(version, context.environment.viewer, plan.parameters)
                outcomes = await self._computing.outcomes(plan.computations, keys, reading)
            return _reshaped(plan, row, outcomes, key)
        except GraphQLError as error:
            return None, [from_graphql(error, "BAD_USER_INPUT", (key,))]
        except EcographError as error:
            return None, [ours(error, (key,))]
        except Exception:
            log.exception("root field %s", nodes[0].name.value)
            return None, [ours(Internal("Something went wrong in Ecograph; its log says what."), (key,))]

    async def _row(self, plan: Plan) -> list[Any]:
        if plan.statement is None:
            return []
        rows = await self._database.rows(plan.statement, plan.parameters, timeout=self._settings.query_timeout_s)
        if not plan.is_lookup:
            row: list[Any] = rows[0][0]
            return row
        if len(rows) > 1:
            ids = " and ".join(repr(row[1]) for row in rows)
            raise BadInput(f"Several nodes have this identifier, {ids} among them.", hint="Look it up by `id`.")
        return [rows[0][0]] if rows else [None]

    def _introspect(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        roots: Mapping[str, list[FieldNode]],
        variables: VariableValues,
    ) -> dict[str, Any]:
        """The answers to `__schema` and `__type`, by graphql-core."""
        asked = tuple(n for nodes in roots.values() for n in nodes if n.name.value in INTROSPECTION)
        if not asked or document.node is None:
            return {}
        only = OperationDefinitionNode(
            operation=operation.operation,
            variable_definitions=operation.variable_definitions,
            selection_set=SelectionSetNode(selections=asked),
        )
        node = type(document.node)(definitions=(only, *document.fragments.values()))
        values = dict(variables.coerced)
        result = execute_sync(self.schema, node, variable_values=values)
        return dict(result.data or {})


def _reshaped(plan: Plan, row: list[Any], outcomes: list[Outcome], key: str) -> tuple[Any, list[Problem]]:
    try:
        return plan.reshape(row, outcomes)[KEY], []
    except NonNullBroken:
        made, problems = complete(plan.shape, row, outcomes, ())
        return (made or {}).get(KEY), [{**told, "path": [key, *told["path"][1:]]} for told in problems]


def _refused(errors: list[Problem]) -> Response:
    return Response(None, errors, is_request_error=True)
