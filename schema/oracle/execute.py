"""Executing a request by graphql-core, a resolver for each kind of declaration."""

from __future__ import annotations

import asyncio
import inspect
import logging
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLResolveInfo,
    GraphQLSchema,
    OperationDefinitionNode,
    build_schema,
    execute,
    get_argument_values,
    print_schema,
)
from graphql.execution.values import VariableValues

from ...graph.connection import Database
from ...graph.errors import BadInput, EcographError, Internal
from ...graph.settings import Settings
from ...graph.version import GraphVersion
from ..asked import Asked
from ..compiler.collect import collect
from ..compiler.context import Context, Environment, spec_of
from ..compiler.identity import given_identifier, identifier, label_of_id, lookup_match
from ..compiler.where import filtered_type
from ..documents import Document
from ..problems import BROKEN, Problem, ours, problem
from ..spec import (
    CallConnection,
    Column,
    Computed,
    Connection,
    Embedded,
    Items,
    Lookup,
    Lookups,
    One,
    Ref,
    Rows,
    Scalar,
)
from ..survivors import Survivors
from .faults import faults
from .pages import Page, Pages, Row
from .reading import Reader, Thing

log = logging.getLogger("ecograph.schema")


class Oracle:
    """Answers operations over one database without the compiler."""

    def __init__(self, database: Database, settings: Settings, schema: GraphQLSchema) -> None:
        self._database, self._settings, self._schema = database, settings, schema
        self._plain = build_schema(print_schema(schema))
        self._survivors = Survivors(database)

    async def answer(
        self, document: Document, operation: OperationDefinitionNode, raw: Mapping[str, Any],
        variables: VariableValues, environment: Environment, version: GraphVersion,
    ) -> tuple[dict[str, Any] | None, list[Problem]]:  # fmt: skip
        """The data and the errors of a valid operation; `raw` are its variables as they came."""
        assert document.node is not None
        resolving = _Resolving(self, document, operation, variables, environment, version)
        name = operation.name.value if operation.name else None
        result: Any = execute(
            self._plain, document.node, variable_values=dict(raw), operation_name=name,
            field_resolver=resolving.begin, type_resolver=resolving.type_of,
        )  # fmt: skip
        if inspect.isawaitable(result):
            result = await result
        # Of the root fields that run beside each other, graphql-core tells no errors after one that leaves no data.
        problems = [ours(found[0], (key,)) for key, found in resolving.faults.items() if found]
        problems += [told for error in result.errors or () if (told := _told(error)) not in problems]
        roots = list(resolving.faults)
        return result.data, sorted(problems, key=lambda told: roots.index(told["path"][0]))

    def reader(self, environment: Environment, version: GraphVersion) -> Reader:
        """What reads for one request."""
        return Reader(self._database, environment, self._settings, version)

    async def replaced(
        self, wanted: Mapping[str, Any], environment: Environment, version: GraphVersion
    ) -> Mapping[str, Any]:
        """What a node is looked up by, with the ids of merged accounts replaced."""
        return await self._survivors.replaced(wanted, wanted, version, environment.viewer)

    def asked(self, thing: Thing, arguments: Mapping[str, Any], environment: Environment, version: GraphVersion,
              keys: tuple[Any, ...]) -> Asked:  # fmt: skip
        """A call of a computed field."""
        day = thing.day or environment.as_of
        return Asked(self._database, self._settings, version, day, arguments, keys)

    @property
    def schema(self) -> GraphQLSchema:
        """The schema that carries the declarations."""
        return self._schema


@dataclass(frozen=True)
class _Edge:
    page: Page
    row: Row


def _taken_note_of(task: asyncio.Task[Any]) -> None:
    if not task.cancelled():
        task.exception()


class _Resolving:
    def __init__(
        self, oracle: Oracle, document: Document, operation: OperationDefinitionNode, variables: VariableValues,
        environment: Environment, version: GraphVersion,
    ) -> None:  # fmt: skip
        self._oracle, self._variables, self._environment, self._version = oracle, variables, environment, version
        self._reader = oracle.reader(environment, version)
        self._pages = Pages(self._reader, oracle.schema.type_map)
        context = Context(oracle.schema, document.fragments, variables, environment)
        query = oracle.schema.query_type
        assert query is not None
        self.faults = {
            key: list(faults(context, query, nodes))
            for key, nodes in collect(context, query, [operation.selection_set]).items()
        }

    def type_of(self, value: Any, _info: GraphQLResolveInfo[Any], abstract: Any) -> str | None:
        """The name of the type of an object of an interface or a union."""
        if isinstance(value, Mapping):
            return str(value["__typename"])
        possible = (one.name for one in self._oracle.schema.get_possible_types(self._real(abstract.name)))
        return next((name for name in possible if name in value.labels), None)

    def _real(self, name: str) -> Any:
        return self._oracle.schema.type_map[name]

    def begin(self, source: Any, info: GraphQLResolveInfo[Any], **_: Any) -> asyncio.Task[Any]:
        """The value of one field of one object, on its way: graphql-core may drop it when a field beside it fails."""
        task = asyncio.ensure_future(self._resolve(source, info))
        task.add_done_callback(_taken_note_of)
        return task

    async def _resolve(self, source: Any, info: GraphQLResolveInfo[Any]) -> Any:
        name, parent = info.field_name, self._real(info.parent_type.name)
        if info.path.prev is None:
            for fault in self.faults[str(info.path.key)]:
                raise fault
        if isinstance(source, Mapping):
            return _of_tree(source, name, self._arguments(parent.fields[name], info))
        if isinstance(source, Page):
            special = self._of_page(source, name)
            if special is not None:
                return special[0]
            source = source.about
        if isinstance(source, _Edge):
            if name in ("cursor", "node"):
                return source.page.cursor(source.row) if name == "cursor" else source.row.thing
            source = source.row.thing
        return await self._field(source or Thing({}), parent, name, info)

    @staticmethod
    def _of_page(page: Page, name: str) -> tuple[Any] | None:
        values: dict[str, Callable[[], Any]] = {
            "nodes": lambda: [row.thing for row in page.rows],
            "edges": lambda: [_Edge(page, row) for row in page.rows],
            "pageInfo": lambda: page.info,
            "totalCount": lambda: page.total,
            "truncated": lambda: page.has_more,
        }
        make = values.get(name)
        return (make(),) if make is not None else None

    def _arguments(self, field: Any, info: GraphQLResolveInfo[Any]) -> dict[str, Any]:
        return get_argument_values(field, info.field_nodes[0], self._variables)

    async def _field(self, thing: Thing, parent: Any, name: str, info: GraphQLResolveInfo[Any]) -> Any:
        field = parent.fields[name]
        spec, arguments, reader = spec_of(field), self._arguments(field, info), self._reader
        if arguments.get("asOf") is not None:
            thing = Thing(thing.values, arguments["asOf"])
        if isinstance(spec, Column):
            return await reader.column(thing, spec, arguments)
        if isinstance(spec, Scalar):
            return await reader.scalar(thing, spec, arguments)
        if isinstance(spec, Embedded):
            return await reader.embedded(thing, spec, arguments)
        if isinstance(spec, Ref):
            return await reader.ref(thing, spec)
        if isinstance(spec, Items):
            return await reader.items(thing, spec, arguments)
        if isinstance(spec, One):
            return await reader.one(thing, spec, arguments)
        if isinstance(spec, Rows):
            return await reader.rows(thing, spec, arguments)
        if isinstance(spec, (Connection, CallConnection)):
            connection = self._real(str(info.return_type).rstrip("!"))
            filtered = filtered_type(self._oracle.schema, field, connection)
            return await self._pages.page(thing, spec, f"{parent.name}.{name}", filtered, arguments)
        if isinstance(spec, Lookup):
            label = spec.label or label_of_id(arguments["id"])
            return await self._lookup(label, arguments, arguments.get("asOf"))
        if isinstance(spec, Lookups):
            return [await self._lookup(spec.label, key, None) for key in arguments["keys"]]
        if isinstance(spec, Computed):
            return await self._computed(thing, spec, arguments)
        raise Internal(f"{parent.name}.{name} has no spec.")

    async def _lookup(self, label: str, arguments: Mapping[str, Any], day: date | None) -> Thing | None:
        match = lookup_match(label, "<that>", given_identifier(arguments)).replace("%", "<identifier>")
        wanted = {"identifier": identifier(label, arguments)}
        known = Thing(await self._oracle.replaced(wanted, self._environment, self._version), day)
        found = sorted((row[0] for row in await self._reader.matched(known, match, ("that",))), key=lambda n: n["id"])
        if len(found) > 1:
            ids = " and ".join(repr(node["id"]) for node in found[:2])
            raise BadInput(f"Several nodes have this identifier, {ids} among them.", hint="Look it up by `id`.")
        return Thing({"it": found[0]}, day) if found else None

    async def _computed(self, thing: Thing, spec: Computed, arguments: Mapping[str, Any]) -> Any:
        given = {name: value for name, value in arguments.items() if name != "asOf"}
        key = None if spec.key is None else await self._reader.value(thing, spec.key)
        keys = () if spec.key is None else (key,)
        made = await spec.compute(self._oracle.asked(thing, given, self._environment, self._version, keys))
        return _json(made if spec.key is None else made.get(key))


def _of_tree(tree: Mapping[str, Any], name: str, arguments: Mapping[str, Any]) -> Any:
    value = tree[name]
    return _json(value(**arguments) if callable(value) else value)


def _json(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, list):
        return [_json(item) for item in value]
    return str(value) if isinstance(value, date) else value


def _told(error: GraphQLError) -> Problem:
    path = tuple(error.path or ())
    if isinstance(error.original_error, EcographError):
        return ours(error.original_error, path)
    if error.message.startswith("Cannot return null"):
        return problem(error.message, BROKEN, path)
    log.error("oracle: %s", error.message, exc_info=error.original_error)
    return ours(Internal("Something went wrong in Ecograph; its log says what."), path)
