"""Reading what is declared of one object, a statement for each."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from neo4j.graph import Node
from neo4j.time import Date

from ...graph.connection import Database
from ...graph.settings import Settings
from ...graph.version import GraphVersion
from ...queries import catalog
from ..compiler.context import Environment
from ..compiler.select import aggregates
from ..exchange import Exchange, Exchanges
from ..spec import Call, Column, Connection, Embedded, Items, One, Ref, Rows, Scalar, Template, template_of
from ..visibility import guard
from .binding import Binding

_NONE: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Thing:
    """An object of the response: what the places of its fields' templates stand for, and the day, if one was asked."""

    values: Mapping[str, Any]
    day: date | None = None

    @property
    def labels(self) -> frozenset[str]:
        """The labels of its node."""
        node = self.values.get("it")
        return frozenset(node.labels) if isinstance(node, Node) else frozenset()


class Reader:
    """Runs the small statements."""

    def __init__(self, database: Database, environment: Environment, settings: Settings, version: GraphVersion) -> None:
        self._database, self._environment, self._version = database, environment, version
        self._timeout = settings.query_timeout_s
        self._exchanges = Exchanges(database, settings)

    def _binding(self, thing: Thing) -> Binding:
        return Binding(self._environment, thing.values, thing.day)

    async def _rows(self, statement: str, binding: Binding) -> list[list[Any]]:
        viewer = self._environment.viewer
        parameters = {**binding.parameters, **viewer.parameters}
        parameters = await self._exchanges.filled(parameters, self._version, self._environment.as_of)
        return await self._database.rows(guard(statement, viewer), parameters, timeout=self._timeout)

    async def value(self, thing: Thing, template: Template, arguments: Mapping[str, Any] = _NONE) -> Any:
        """What a template is for this object."""
        binding = self._binding(thing)
        expression = binding.fill(template_of(template, arguments))
        # By the rule of `give`: 5.26 wants what an aggregation is made of beside it.
        returned = (
            f"WITH *, {expression} AS value RETURN value" if aggregates(expression) else f"RETURN {expression} AS value"
        )
        rows = await self._rows(binding.statement(returned), binding)
        return rows[0][0] if rows else None

    async def column(self, thing: Thing, spec: Column, arguments: Mapping[str, Any]) -> Any:
        """A stored or simple value as it leaves for JSON."""
        found = await self._value(thing, spec, arguments)
        return spec.convert(found) if spec.convert and found is not None else found

    async def scalar(self, thing: Thing, spec: Scalar, arguments: Mapping[str, Any]) -> Any:
        """The one value of a named query."""
        rows = await self.call(thing, spec.call, arguments)
        found = rows[0][0] if rows else None
        return spec.convert(found) if spec.convert and found is not None else found

    async def compared(self, thing: Thing, spec: Column | Scalar) -> Any:
        """The value as filters and orders take it: days are days."""
        if isinstance(spec, Scalar):
            return plain(await self.scalar(thing, spec, {}))
        if spec.native is not None:
            return plain(await self.value(thing, spec.native))
        return plain(await self._value(thing, spec, _NONE))

    async def _value(self, thing: Thing, spec: Column, arguments: Mapping[str, Any]) -> Any:
        template = spec.as_of if spec.as_of is not None and thing.day is not None else spec.cypher
        return await self.value(thing, template, arguments)

    async def worth(self, thing: Thing, spec: Column | Scalar | Embedded, currencies: str) -> Any:
        """Amounts of money in the one currency in which those of the query `currencies` are compared."""
        known = {"factors": Exchange(currencies, thing.day)}
        factors = await self._exchanges.filled(known, self._version, self._environment.as_of)
        if not isinstance(spec, Embedded):
            return await self.compared(Thing({**thing.values, **factors}, thing.day), spec)
        money = await self.embedded(thing, spec, _NONE)
        return None if money is None else money.values["minor"] * factors["factors"][money.values["currency"]]

    async def embedded(self, thing: Thing, spec: Embedded, arguments: Mapping[str, Any]) -> Thing | None:
        """An object of the same row."""
        templates = spec.as_of if spec.as_of is not None and thing.day is not None else spec.scope
        values = {name: await self.value(thing, text, arguments) for name, text in templates.items()}
        values |= {name: of.of(arguments) for name, of in spec.given.items()}
        made = Thing(values, thing.day)
        if spec.present is not None:
            seen = Thing({**thing.values, **made.values}, thing.day)
            if await self.value(seen, spec.present if "<" in spec.present else f"<{spec.present}>") is None:
                return None
        return made

    async def ref(self, thing: Thing, spec: Ref) -> Thing | None:
        """The other node that a MATCH finds; the first by id of several."""
        found = sorted(
            (row[0] for row in await self.matched(thing, spec.match, ("that",))), key=lambda node: node["id"]
        )
        return Thing({"it": found[0]}, thing.day) if found else None

    async def items(self, thing: Thing, spec: Items, arguments: Mapping[str, Any]) -> list[Thing]:
        """One object for each element of a list."""
        found = await self.value(thing, spec.cypher, arguments)
        return [Thing({"it": item, "item": item}, thing.day) for item in found]

    async def one(self, thing: Thing, spec: One, arguments: Mapping[str, Any]) -> Thing | None:
        """The only row of a named query as an object."""
        found = await self.rows(thing, Rows(spec.call), arguments)
        return found[0] if found else None

    async def rows(self, thing: Thing, spec: Rows, arguments: Mapping[str, Any]) -> list[Thing]:
        """One object for each row of a named query."""
        names = list(catalog()[spec.call.query].columns)
        rows = await self.call(thing, spec.call, arguments)
        return [Thing(dict(zip(names, row, strict=True)), thing.day) for row in rows]

    async def matched(self, thing: Thing, match: str, names: Sequence[str]) -> list[list[Any]]:
        """All that a MATCH binds to these places."""
        binding = self._binding(thing)
        for name in names:
            binding.bind(name)
        clause = binding.fill(match)
        return await self._rows(binding.statement(f"{clause} RETURN {', '.join(names)}"), binding)

    async def candidates(self, thing: Thing, spec: Connection) -> list[Thing]:
        """All rows of a list that hold on the day."""
        names = ("that",) if spec.is_root else ("that", "edge")
        found = []
        for row in await self.matched(thing, spec.match, names):
            edge = None if spec.is_root else row[1]
            if not spec.is_dated or self._holds(edge, thing.day or self._environment.as_of):
                found.append(Thing({"it": row[0], "that": row[0], "edge": edge}, thing.day))
        return found

    @staticmethod
    def _holds(edge: Any, day: date) -> bool:
        since, until = plain(edge.get("since")), plain(edge.get("until"))
        return (since is None or since <= day) and (until is None or until > day)

    async def call(
        self, thing: Thing, call: Call, arguments: Mapping[str, Any], limit: int | None = None
    ) -> list[list[Any]]:
        """The rows of a named query."""
        binding = self._binding(thing)
        given = dict(call.bind(arguments)) if call.bind else {}
        if limit is not None:
            given["limit"] = limit
        return await self._rows(binding.query(catalog()[call.query], call.inputs, given), binding)


def plain(value: Any) -> Any:
    """The driver's days as Python's, and no numbers that are none."""
    if isinstance(value, Date):
        return value.to_native()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
