"""All pages of a connection, one after another."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from graphql import OperationType, VariableNode, get_argument_values

from ...graph.errors import BadInput, EcographError, UnknownId
from ...graph.export import Column, Row
from ..execute import Executor
from ..response import Response
from ..viewer import LOCAL, Viewer
from .columns import Keys, columns_of, value_at
from .find import Reading, Way, find
from .prune import CURSOR, PAGE, TOTAL, Pruned, prune

Run = Callable[[str, Mapping[str, Any]], Awaitable[Response]]
"""Answers a document with its variables."""


class ExportFailed(EcographError):
    """The document, or one of the pages, was answered with errors; `response` has them all."""

    code = "EXPORT_FAILED"

    def __init__(self, response: Response) -> None:
        first = response.errors[0]
        super().__init__(str(first["message"]), hint=first.get("extensions", {}).get("hint"))
        self.response = response


@dataclass(frozen=True)
class Table:
    """The rows of one connection of a document."""

    columns: list[Column]
    _run: Run
    _way: Way
    _keys: list[Keys]
    _pruned: Pruned
    _variables: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The response key of the connection."""
        return self._way.steps[-1].key

    async def pages(self) -> AsyncGenerator[list[Row], None]:
        """The rows of each page, in the order of the list, to its end.

        Raises:
            ExportFailed: a page was answered with errors.
            UnknownId: there is nothing where the list should be.
        """
        start = self._pruned.after
        cursor = self._variables.get(start.name.value) if isinstance(start, VariableNode) else start
        while True:
            connection = await self._ask(self._pruned.page, {CURSOR: cursor})
            found = connection[self._way.rows.key]
            yield [[value_at(row, keys) for keys in self._keys] for row in found]
            if not connection[PAGE]["hasNextPage"]:
                return
            cursor = connection[PAGE]["endCursor"]

    async def total(self) -> int:
        """How many rows the list has, whatever page the document begins at.

        Raises:
            ExportFailed: the question was answered with errors.
            UnknownId: there is nothing where the list should be.
        """
        return int((await self._ask(self._pruned.total, {}))[TOTAL])

    async def _ask(self, text: str, more: Mapping[str, Any]) -> Any:
        response = await self._run(text, {**self._variables, **more})
        if response.errors:
            raise ExportFailed(response)
        found: Any = response.data
        for step in self._way.steps:
            found = found.get(step.key)
            if found is None:
                raise UnknownId(f"There is no `{step.key}` to export from.", hint="Look up by an id that exists.")
        return found


def open_table(
    executor: Executor, text: str, variables: Mapping[str, Any] | None = None, operation_name: str | None = None,
    path: str | None = None, *, viewer: Viewer = LOCAL, introspection: bool = True, run: Run | None = None,
) -> Table:  # fmt: skip
    """The table that a document asks for.

    Args:
        executor: what answers.
        text: the GraphQL document.
        variables: values of its variables, as JSON has them.
        operation_name: which of several operations.
        path: response keys joined by dots, such as `partner.deals`, where the operation has several connections.
        viewer: who asks; they see their part of the graph.
        introspection: suggest names for unknown ones.
        run: what answers the pages; the executor, for this viewer, if unset.

    Raises:
        ExportFailed: the document is wrong, or the viewer may not read.
        BadInput: it has no such connection, or its page size is 0.
    """
    prepared = executor.prepare(text, variables, operation_name, viewer=viewer, introspection=introspection)
    if isinstance(prepared, Response):
        raise ExportFailed(prepared)
    if prepared.operation.operation is not OperationType.QUERY:
        raise BadInput("Only the lists of a query can be exported.", hint="Send a mutation to /graphql.")
    reading = Reading(executor.schema, prepared.document.fragments, prepared.variables)
    way = find(reading, prepared.operation, path)
    _check_page(reading, way)
    columns = columns_of(reading, way)
    return Table(
        columns=[column for _, column in columns],
        _run=run or partial(executor.execute, viewer=viewer),
        _way=way,
        _keys=[keys for keys, _ in columns],
        _pruned=prune(reading, prepared.operation, way),
        _variables=dict(variables or {}),
    )


def _check_page(reading: Reading, way: Way) -> None:
    connection = way.steps[-1]
    definition = connection.parent.fields[connection.nodes[0].name.value]
    if get_argument_values(definition, connection.nodes[0], reading.variables).get("first") == 0:
        raise BadInput("`first` is 0, which would never come to an end.", hint="It is the page size; leave it out.")
