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
from .compiler.context import Context, Environment
from .compiler.reshape import NonNullBroken
from .compiler.roots import KEY, Plan, compile_root
from .documents import Document, Documents
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

    def __init__(self, database: Database, settings: Settings) -> None:
        self.schema: GraphQLSchema = graphql_schema()
        self.version = VersionReader(database)
        self._database = database
        self._settings = settings
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
            return _refused([_error(error, code) for error in document.errors])
        try:
            operation = document.operation(operation_name)
        except GraphQLError as error:
            return _refused([_error(error, "OPERATION_RESOLUTION_FAILURE")])
        if operation.operation is not OperationType.QUERY:
            what = "a query over GET" if only_queries else "queries"
            return _refused([_message(f"Only {what} can be answered.", "OPERATION_NOT_SUPPORTED")])
        coerced = get_variable_values(
            self.schema, operation.variable_definitions or (), dict(variables or {}), max_errors=9
        )
        if not isinstance(coerced, VariableValues):
            return _refused([_error(error, "BAD_USER_INPUT") for error in coerced])
        try:
            version = await self.version.current()
        except EcographError as error:
            return _refused([_ours(error, [])])
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
            key: self._root(replace(context, parameters={}, clauses=[]), query, key, nodes)
            for key, nodes in roots.items()
            if nodes[0].name.value not in INTROSPECTION and nodes[0].name.value != "__typename"
        }
        answers = dict(zip(jobs, await asyncio.gather(*jobs.values()), strict=True))
        introspected = self._introspect(document, operation, roots, variables)
        data: dict[str, Any] | None = {}
        errors: list[dict[str, Any]] = []
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
        self, context: Context, query: GraphQLObjectType, key: str, nodes: list[FieldNode]
    ) -> tuple[Any, list[dict[str, Any]]]:
        try:
            plan = compile_root(context, query, key, nodes)
            rows = await self._database.rows(plan.statement, plan.parameters, timeout=self._settings.query_timeout_s)
            return _reshaped(plan, rows, key)
        except GraphQLError as error:
            return None, [{**_error(error, "BAD_USER_INPUT"), "path": [key]}]
        except EcographError as error:
            return None, [_ours(error, [key])]
        except Exception:
            log.exception("root field %s", nodes[0].name.value)
            return None, [_ours(Internal("Something went wrong in Ecograph; its log says what."), [key])]

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


def _reshaped(plan: Plan, rows: list[list[Any]], key: str) -> tuple[Any, list[dict[str, Any]]]:
    if plan.is_lookup:
        if len(rows) > 1:
            ids = " and ".join(repr(row[1]) for row in rows)
            raise BadInput(f"Several nodes have this identifier, {ids} among them.", hint="Look it up by `id`.")
        row = [rows[0][0]] if rows else [None]
    else:
        row = rows[0][0]
    try:
        return plan.reshape(row)[KEY], []
    except NonNullBroken:
        made, problems = complete(plan.shape, row, ())
        errors = [
            {"message": message, "path": [key, *path[1:]], "extensions": {"code": "NULL_IN_NON_NULL"}}
            for message, path in problems
        ]
        return (made or {}).get(KEY), errors


def _refused(errors: list[dict[str, Any]]) -> Response:
    return Response(None, errors, is_request_error=True)


def _message(message: str, code: str) -> dict[str, Any]:
    return {"message": message, "extensions": {"code": code}}


def _error(error: GraphQLError, code: str) -> dict[str, Any]:
    made = dict(error.formatted)
    return {**made, "extensions": {**(error.extensions or {}), "code": code}}


def _ours(error: EcographError, path: list[str | int]) -> dict[str, Any]:
    extensions = {"code": error.code, **({"hint": error.hint} if error.hint else {})}
    made: dict[str, Any] = {"message": error.message, "extensions": extensions}
    return {**made, "path": path} if path else made
