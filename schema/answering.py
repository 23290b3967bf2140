"""Answers to planned requests: each root field is one Cypher statement, and several run at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from graphql import GraphQLError, GraphQLSchema
from opentelemetry import trace

from ..graph.connection import Database
from ..graph.errors import BadInput, EcographError, Internal, Unavailable
from ..graph.settings import Settings
from ..graph.version import GraphVersion
from .compiler.complete import complete
from .compiler.computed import keys_of
from .compiler.roots import KEY, Bound, Plan
from .compiler.shapes import ById, Given, Vanished
from .compiler.trees import NonNullBroken
from .computing import Computing, Reading
from .documents import root_type
from .exchange import Exchanges
from .introspection import Introspection
from .planning import Root
from .problems import Problem, from_graphql, ours
from .ready import Ready
from .response import Response
from .spec import MADE
from .survivors import Survivors
from .tracing import span

log = logging.getLogger("ecograph.schema")

Answer = tuple[Any, list[Problem]]
_TRIES = 3


class Answering:
    """Runs the plans of requests over one database and makes their answers."""

    def __init__(self, database: Database, settings: Settings, schema: GraphQLSchema) -> None:
        self._database, self._schema = database, schema
        self._timeout_s = settings.query_timeout_s
        self._computing = Computing(database, settings)
        self._exchanges = Exchanges(database, settings)
        self._survivors = Survivors(database)
        self._introspection = Introspection(schema)

    async def warm(self, version: GraphVersion) -> None:
        """Reads what every answer needs.

        Raises:
            EcographError: the database could not answer.
        """
        await self._survivors.at(version)

    async def answer(self, ready: Ready) -> Response:
        """The answer to a query.

        Raises:
            NeedsValue: its plan depends on more of the variables than was known.
        """
        asked = [root for root in ready.roots if root.plan or root.problem]
        if len(asked) == 1:
            return self.response(ready, {asked[0].key: await self.root(ready, asked[0])})
        found = await asyncio.gather(*(self.root(ready, root) for root in asked))
        return self.response(ready, {root.key: one for root, one in zip(asked, found, strict=True)})

    def response(self, ready: Ready, answers: Mapping[str, Answer]) -> Response:
        """The answers of root fields, in the order of the request, with what is told of the schema."""
        document, operation, variables = ready.prepared.document, ready.prepared.operation, ready.prepared.variables
        introspected = self._introspection.answers(document, operation, ready.roots, variables)
        data: dict[str, Any] | None = {}
        errors: list[Problem] = []
        for root in ready.roots:
            if root.key in answers:
                value, problems = answers[root.key]
                errors.extend(problems)
            else:
                value = introspected.get(root.key) if root.is_introspection else root_type(self._schema, operation).name
            if value is None and root.is_non_null:
                data = None
            if data is not None:
                data[root.key] = value
        return Response(data, errors, {"graphVersion": str(ready.version)}, cost=ready.cost)

    async def root(self, ready: Ready, root: Root, made: str | None = None) -> Answer:
        """The answer of one root field; `made` is the id of what it has just written."""
        if root.plan is None:
            return None, [root.problem] if root.problem else []
        try:
            bound, parameters = ready.bound.get(root.key) or await self._bind(ready, root, root.plan)
            if made is not None:
                parameters = {name: made if value is MADE else value for name, value in parameters.items()}
            for _ in range(_TRIES):
                with suppress(Vanished):
                    return await self._made(ready, root.plan, bound, parameters, root.key)
            raise Unavailable("What was asked for changes too fast to be read.", hint="Try again.")
        except GraphQLError as error:
            return None, [from_graphql(error, "BAD_USER_INPUT", (root.key,))]
        except EcographError as error:
            return None, [ours(error, (root.key,))]
        except Exception:
            log.exception("root field %s", root.name)
            return None, [ours(Internal("Something went wrong in Ecograph; its log says what."), (root.key,))]

    async def _bind(self, ready: Ready, root: Root, plan: Plan) -> tuple[Bound, Mapping[str, Any]]:
        environment, version = ready.environment, ready.version
        bound = plan.bind(ready.prepared.variables.coerced, environment)
        parameters: Mapping[str, Any] = await self._exchanges.filled(bound.parameters, version, environment.as_of)
        if plan.identities:
            parameters = await self._survivors.replaced(parameters, plan.identities, version, environment.viewer)
        ready.bound[root.key] = bound, parameters
        return bound, parameters

    async def _made(self, ready: Ready, plan: Plan, bound: Bound, parameters: Mapping[str, Any], key: str) -> Answer:
        row, tables = await self._row(plan, parameters)
        given = Given(bound.slots, tables=tables)
        if bound.computations:
            keys: dict[int, dict[Any, None]] = {}
            keys_of(plan.shape, row, bound.slots, keys)
            for shape, table in zip(plan.tables, tables, strict=True):
                for one in table.values():
                    keys_of(shape, one, bound.slots, keys)
            reading = Reading(ready.version, ready.environment.viewer, bound.parameters)
            outcomes = await self._computing.outcomes(bound.computations, keys, reading)
            given = Given(bound.slots, outcomes, tables)
        return _reshaped(plan, row, given, key)

    async def _row(self, plan: Plan, parameters: Mapping[str, Any]) -> tuple[list[Any], list[ById]]:
        """The only row of a statement, and its tables."""
        if plan.statement is None:
            return [], []
        with span("statement", kind=trace.SpanKind.CLIENT):
            rows = await self._database.rows(plan.statement, parameters, timeout=self._timeout_s)
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
