"""Answering a GraphQL request: each root field is one Cypher statement, and several run at once."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from graphql import (
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    get_variable_values,
)
from graphql.execution.values import VariableValues
from opentelemetry import trace

from ..graph.connection import Database
from ..graph.errors import BadInput, EcographError, Internal, Unavailable
from ..graph.jobs import Jobs
from ..graph.settings import Settings
from ..graph.sharing import rules_of
from ..graph.version import GraphVersion, VersionReader
from .changing import perform
from .compiler.complete import complete
from .compiler.computed import keys_of
from .compiler.context import Environment
from .compiler.measured import measured
from .compiler.roots import KEY, Bound, Plan
from .compiler.shapes import ById, Given, Vanished
from .compiler.traced import NeedsValue
from .compiler.trees import NonNullBroken
from .computing import Computing, Reading
from .cost import Costs
from .documents import MAX_ERRORS, Document, Documents, root_type
from .exchange import Exchanges
from .introspection import Introspection, asks_schema, without_suggestion
from .limits import Limits
from .planning import Planner, Root
from .problems import Problem, from_graphql, ours, problem
from .response import Response, refused
from .sdl import graphql_schema
from .spec import MADE, Changing
from .survivors import Survivors
from .ticks import on_tick
from .tracing import span
from .viewer import LOCAL, Forbidden, Scope, View, Viewer

if TYPE_CHECKING:
    from .oracle import Oracle

log = logging.getLogger("ecograph.schema")

Answer = tuple[Any, list[Problem]]
_TRIES = 3


@dataclass(frozen=True)
class Prepared:
    """A valid operation with its variables."""

    document: Document
    operation: OperationDefinitionNode
    variables: VariableValues


class Executor:
    """Answers requests over one database; with `use_oracle`, without the compiler, to look for its mistakes."""

    def __init__(
        self, database: Database, settings: Settings, schema: GraphQLSchema | None = None, *, use_oracle: bool = False
    ) -> None:
        self.schema: GraphQLSchema = schema or graphql_schema()
        self.version = VersionReader(database)
        self._database = database
        self.settings = settings
        self.jobs = Jobs(settings)
        self._computing = Computing(database, settings)
        self._exchanges = Exchanges(database, settings)
        self._survivors = Survivors(database)
        self._documents = Documents(self.schema, settings.max_tokens, Limits.of(settings))
        self._costs = Costs(self.schema, settings)
        self.planner = Planner(self.schema)
        self._introspection = Introspection(self.schema)
        self._secret = secrets.token_bytes(16)
        self._oracle = _oracle(database, settings, self.schema) if use_oracle else None

    async def warm(self) -> None:
        """Reads what every answer needs: the first need not wait for it. An error is left to who asks."""
        with suppress(EcographError):
            await self._survivors.at(await self.version.current())

    async def execute(
        self, text: str, variables: Mapping[str, Any] | None = None, operation_name: str | None = None,
        *, only_queries: bool = False, viewer: Viewer = LOCAL, introspection: bool = True,
    ) -> Response:  # fmt: skip
        """Answer one request. Errors are in the response, never raised.

        Args:
            text: the GraphQL document.
            variables: values of its variables, as JSON has them.
            operation_name: which of several operations to run.
            only_queries: refuse anything but a query (GET requests).
            viewer: who asks; they see their part of the graph.
            introspection: answer questions about the schema, and suggest names for unknown ones.
        """
        began = time.monotonic()
        prepared = self.prepare(
            text, variables, operation_name, only_queries=only_queries, viewer=viewer, introspection=introspection
        )
        if isinstance(prepared, Response):
            return prepared
        response = await self._answered(prepared, variables or {}, viewer)
        if viewer.view is View.PARTNER:
            await on_tick(began, self.settings.partner_tick_ms / 1_000)
        return response

    async def _answered(self, prepared: Prepared, variables: Mapping[str, Any], viewer: Viewer) -> Response:
        try:
            version = await self.version.current()
            if viewer.partner is not None:
                viewer = viewer.under(await rules_of(self._database, viewer.partner))
        except EcographError as error:
            return refused([ours(error)])
        environment = self._environment(version, viewer)
        response = await self._run(prepared, variables, version, environment)
        if viewer.view is View.PARTNER and response.extensions:
            return replace(response, extensions={"graphVersion": self.version_for(version, viewer)})
        return response

    def prepare(
        self, text: str, variables: Mapping[str, Any] | None, operation_name: str | None,
        *, only_queries: bool = False, viewer: Viewer = LOCAL, introspection: bool = True,
    ) -> Prepared | Response:  # fmt: skip
        """What `execute` would run, or the answer to what cannot be run."""
        try:
            viewer.require(Scope.READ)
        except Forbidden as error:
            return refused([ours(error)])
        document = self._documents.get(text)
        if document.problems:
            told = list(document.problems)
            return refused(told if introspection else [without_suggestion(error) for error in told])
        try:
            operation = document.operation(operation_name)
        except GraphQLError as error:
            return refused([from_graphql(error, "OPERATION_RESOLUTION_FAILURE")])
        if operation.operation is not OperationType.QUERY:
            if only_queries or operation.operation is not OperationType.MUTATION:
                what = "a query over GET" if only_queries else "queries and mutations"
                return refused([problem(f"Only {what} can be answered.", "OPERATION_NOT_SUPPORTED")])
            try:
                viewer.require(Scope.WRITE)
            except Forbidden as error:
                return refused([ours(error)])
        coerced = get_variable_values(
            self.schema, operation.variable_definitions or (), dict(variables or {}), max_errors=MAX_ERRORS
        )
        if not isinstance(coerced, VariableValues):
            return refused([from_graphql(error, "BAD_USER_INPUT") for error in coerced])
        if not introspection and asks_schema(document, operation):
            return refused([problem("This server tells nothing of its schema.", "INTROSPECTION_DISABLED")])
        return Prepared(document, operation, coerced)

    def version_for(self, version: GraphVersion, viewer: Viewer) -> str:
        """What a viewer is told of the graph's version. Partners get a word for it: it counts nodes of every kind."""
        if viewer.view is not View.PARTNER:
            return str(version)
        return blake2b(str(version).encode(), key=self._secret, digest_size=8).hexdigest()

    def _environment(self, version: GraphVersion, viewer: Viewer) -> Environment:
        return Environment(
            viewer=viewer,
            as_of=datetime.now(UTC).date(),
            active_within=self.settings.active_within_days,
            has_dated_activity=version.has_dated_activity,
            has_customer_dates=version.has_customer_dates,
            measured=measured(version),
        )

    async def _run(
        self, prepared: Prepared, raw: Mapping[str, Any], version: GraphVersion, environment: Environment
    ) -> Response:
        document, operation, variables = prepared.document, prepared.operation, prepared.variables
        try:
            cost = self._costs.of(document, operation, variables, environment)
        except GraphQLError as error:
            return refused([from_graphql(error, "BAD_USER_INPUT")])
        except EcographError as error:
            return refused([ours(error)])
        is_mutation = operation.operation is OperationType.MUTATION
        if self._oracle is not None and not is_mutation:
            data, problems = await self._oracle.answer(document, operation, raw, variables, environment, version)
            return Response(data, problems, {"graphVersion": str(version)}, cost=cost)
        while True:
            try:
                with span("compile", record_exception=False, set_status_on_exception=False):
                    roots = self.planner.plan(document, operation, variables, environment)
                if is_mutation:
                    return await self._changed(roots, prepared, version, environment, cost)
                answers = await self._answers(roots, variables, environment, version)
            except NeedsValue as needs:
                self.planner.learn(document, operation, variables, environment, needs.paths)
                continue
            introspected = self._introspection.answers(document, operation, roots, variables)
            return replace(self._response(roots, answers, introspected, version, operation), cost=cost)

    async def _changed(
        self, roots: list[Root], prepared: Prepared, version: GraphVersion, environment: Environment, cost: int
    ) -> Response:
        """The answer to a mutation: its fields one after the other, up to the first that fails."""
        operation, variables = prepared.operation, prepared.variables
        root_fields = root_type(self.schema, operation).fields
        changing = Changing(self._database, self.settings, self.jobs, environment.viewer.name)
        answers: dict[str, Answer] = {}
        for root in roots:
            if root.plan is None and root.problem is None:
                continue
            made, failed = await perform(changing, root, root_fields[root.name], variables)
            self.version.forget()
            try:
                version = await self.version.current()
            except EcographError as error:
                failed = failed or ours(error, (root.key,))
            if failed is not None:
                answers[root.key] = None, [failed]
                break
            answers[root.key] = await self._root(root, variables, environment, version, made)
            if answers[root.key][1]:
                break
        introspected = self._introspection.answers(prepared.document, operation, roots, variables)
        done = [root for root in roots if root.key in answers or (root.plan is None and root.problem is None)]
        return replace(self._response(done, answers, introspected, version, operation), cost=cost)

    async def _answers(
        self, roots: list[Root], variables: VariableValues, environment: Environment, version: GraphVersion
    ) -> dict[str, Answer]:
        asked = {root.key: root for root in roots if root.plan or root.problem}
        if len(asked) == 1:
            ((key, root),) = asked.items()
            return {key: await self._root(root, variables, environment, version)}
        jobs = (self._root(root, variables, environment, version) for root in asked.values())
        return dict(zip(asked, await asyncio.gather(*jobs), strict=True))

    def _response(
        self, roots: list[Root], answers: Mapping[str, Answer], introspected: Mapping[str, Any], version: GraphVersion,
        operation: OperationDefinitionNode,
    ) -> Response:  # fmt: skip
        data: dict[str, Any] | None = {}
        errors: list[Problem] = []
        for root in roots:
            if root.key in answers:
                value, problems = answers[root.key]
                errors.extend(problems)
            else:
                value = introspected.get(root.key) if root.is_introspection else root_type(self.schema, operation).name
            if value is None and root.is_non_null:
                data = None
            if data is not None:
                data[root.key] = value
        return Response(data, errors, {"graphVersion": str(version)})

    async def _root(
        self, root: Root, variables: VariableValues, environment: Environment, version: GraphVersion,
        made: str | None = None,
    ) -> Answer:  # fmt: skip
        if root.plan is None:
            return None, [root.problem] if root.problem else []
        try:
            bound = root.plan.bind(variables.coerced, environment)
            parameters: Mapping[str, Any] = await self._exchanges.filled(bound.parameters, version, environment.as_of)
            if made is not None:
                parameters = {name: made if value is MADE else value for name, value in parameters.items()}
            if root.plan.identities:
                parameters = await self._survivors.replaced(
                    parameters, root.plan.identities, version, environment.viewer
                )
            for _ in range(_TRIES):
                with suppress(Vanished):
                    return await self._made(root, bound, parameters, version, environment)
            raise Unavailable("What was asked for changes too fast to be read.", hint="Try again.")
        except GraphQLError as error:
            return None, [from_graphql(error, "BAD_USER_INPUT", (root.key,))]
        except EcographError as error:
            return None, [ours(error, (root.key,))]
        except Exception:
            log.exception("root field %s", root.name)
            return None, [ours(Internal("Something went wrong in Ecograph; its log says what."), (root.key,))]

    async def _made(
        self, root: Root, bound: Bound, parameters: Mapping[str, Any], version: GraphVersion, environment: Environment
    ) -> Answer:
        plan: Plan = root.plan  # type: ignore[assignment]
        row, tables = await self._row(plan, parameters)
        given = Given(bound.slots, tables=tables)
        if bound.computations:
            keys: dict[int, dict[Any, None]] = {}
            keys_of(plan.shape, row, bound.slots, keys)
            for shape, table in zip(plan.tables, tables, strict=True):
                for one in table.values():
                    keys_of(shape, one, bound.slots, keys)
            reading = Reading(version, environment.viewer, bound.parameters)
            outcomes = await self._computing.outcomes(bound.computations, keys, reading)
            given = Given(bound.slots, outcomes, tables)
        return _reshaped(plan, row, given, root.key)

    async def _row(self, plan: Plan, parameters: Mapping[str, Any]) -> tuple[list[Any], list[ById]]:
        """The only row of a statement, and its tables."""
        if plan.statement is None:
            return [], []
        with span("statement", kind=trace.SpanKind.CLIENT):
            rows = await self._database.rows(plan.statement, parameters, timeout=self.settings.query_timeout_s)
        tables = [ById()] * len(plan.tables)
        if plan.tables and rows:
            tables = [ById((one[0], one) for one in table) for table in rows[0].pop()]
        if plan.is_lookup:
            _check_single([row[1] for row in rows])
            return [rows[0][0] if rows else None], tables
        if len(rows[0]) > 1:
            _check_single(rows[0][1] or ())
        return rows[0][0], tables


def _check_single(ids: Sequence[str]) -> None:
    if len(ids) > 1:
        found = " and ".join(repr(identity) for identity in ids)
        raise BadInput(f"Several nodes have this identifier, {found} among them.", hint="Look it up by `id`.")


def _reshaped(plan: Plan, row: list[Any], given: Given, key: str) -> Answer:
    try:
        return plan.made(row, given), []
    except NonNullBroken:
        made, problems = complete(plan.shape, row, given, ())
        return (made or {}).get(KEY), [{**told, "path": [key, *told["path"][1:]]} for told in problems]


def _oracle(database: Database, settings: Settings, schema: GraphQLSchema) -> Oracle:
    from .oracle import Oracle

    return Oracle(database, settings, schema)
