"""Answering a GraphQL request: checked, counted, planned, then run; what is asked again is run at once."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from graphql import GraphQLError, GraphQLSchema, OperationType, get_variable_values
from graphql.execution.values import VariableValues

from ..graph.connection import Database
from ..graph.errors import EcographError
from ..graph.jobs import Jobs
from ..graph.settings import Settings
from ..graph.sharing import rules_of
from ..graph.version import GraphVersion, VersionReader
from .answering import Answer, Answering
from .changing import perform
from .compiler.context import Environment
from .compiler.measured import measured
from .compiler.traced import NeedsValue
from .cost import Costs
from .documents import MAX_ERRORS, Documents, root_type
from .introspection import asks_schema, without_suggestion
from .limits import Limits
from .planning import Planner
from .problems import from_graphql, ours, problem
from .ready import Prepared, Ready, ReadyRequests, Request, today
from .response import Response, refused
from .sdl import graphql_schema
from .spec import Changing
from .ticks import on_tick
from .tracing import span
from .viewer import LOCAL, Forbidden, Scope, View, Viewer

if TYPE_CHECKING:
    from .oracle import Oracle


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
        self._answering = Answering(database, settings, self.schema)
        self._documents = Documents(self.schema, settings.max_tokens, Limits.of(settings))
        self._costs = Costs(self.schema, settings)
        self.planner = Planner(self.schema)
        self._ready = ReadyRequests()
        self._secret = secrets.token_bytes(16)
        self._oracle = _oracle(database, settings, self.schema) if use_oracle else None

    async def warm(self) -> None:
        """Reads what every answer needs: the first need not wait for it. An error is left to who asks."""
        with suppress(EcographError):
            await self._answering.warm(await self.version.current())

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
        given = variables or {}
        request = Request.of(text, given, operation_name, only_queries, introspection, viewer)
        response = await self._again(request)
        if response is None:
            prepared = self.prepare(
                text, given, operation_name, only_queries=only_queries, viewer=viewer, introspection=introspection
            )
            if isinstance(prepared, Response):
                return prepared
            response = await self._first(request, prepared, given, viewer)
        if viewer.view is View.PARTNER:
            await on_tick(began, self.settings.partner_tick_ms / 1_000)
        return response

    async def _again(self, request: Request | None) -> Response | None:
        """The answer to a request that was run before on the same version of the graph."""
        ready = self._ready.get(request)
        if ready is None:
            return None
        with suppress(EcographError, NeedsValue):  # then it is asked as if for the first time, and told there
            if await self.version.current() == ready.version:
                self.planner.hits += 1
                return await self._answering.answer(ready)
        return None

    async def _first(
        self, request: Request | None, prepared: Prepared, variables: Mapping[str, Any], viewer: Viewer
    ) -> Response:
        try:
            version = await self.version.current()
            if viewer.partner is not None:
                viewer = viewer.under(await rules_of(self._database, viewer.partner))
        except EcographError as error:
            return refused([ours(error)])
        environment = self._environment(version, viewer)
        response = await self._run(request, prepared, variables, version, environment)
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
            as_of=today(),
            active_within=self.settings.active_within_days,
            has_dated_activity=version.has_dated_activity,
            has_customer_dates=version.has_customer_dates,
            measured=measured(version),
        )

    async def _run(
        self, request: Request | None, prepared: Prepared, raw: Mapping[str, Any], version: GraphVersion,
        environment: Environment,
    ) -> Response:  # fmt: skip
        document, operation, variables = prepared.document, prepared.operation, prepared.variables
        try:
            cost = self._costs.of(document, operation, variables, environment)
        except GraphQLError as error:
            return refused([from_graphql(error, "BAD_USER_INPUT")])
        except EcographError as error:
            return refused([ours(error)])
        if self._oracle is not None and not prepared.is_mutation:
            data, problems = await self._oracle.answer(document, operation, raw, variables, environment, version)
            return Response(data, problems, {"graphVersion": str(version)}, cost=cost)
        while True:
            try:
                with span("compile", record_exception=False, set_status_on_exception=False):
                    roots = self.planner.plan(document, operation, variables, environment)
                ready = Ready(prepared, version, environment, cost, roots)
                if prepared.is_mutation:
                    return await self._changed(ready)
                response = await self._answering.answer(ready)
            except NeedsValue as needs:
                self.planner.learn(document, operation, variables, environment, needs.paths)
                continue
            self._ready.put(request, ready)
            return response

    async def _changed(self, ready: Ready) -> Response:
        """The answer to a mutation: its fields one after the other, up to the first that fails."""
        variables = ready.prepared.variables
        root_fields = root_type(self.schema, ready.prepared.operation).fields
        changing = Changing(self._database, self.settings, self.jobs, ready.environment.viewer.name)
        answers: dict[str, Answer] = {}
        for root in ready.roots:
            if root.plan is None and root.problem is None:
                continue
            made, failed = await perform(changing, root, root_fields[root.name], variables)
            self.version.forget()
            try:
                ready = replace(ready, version=await self.version.current())
            except EcographError as error:
                failed = failed or ours(error, (root.key,))
            if failed is not None:
                answers[root.key] = None, [failed]
                break
            answers[root.key] = await self._answering.root(ready, root, made)
            if answers[root.key][1]:
                break
        done = [root for root in ready.roots if root.key in answers or (root.plan is None and root.problem is None)]
        return self._answering.response(replace(ready, roots=done), answers)


def _oracle(database: Database, settings: Settings, schema: GraphQLSchema) -> Oracle:
    from .oracle import Oracle

    return Oracle(database, settings, schema)
