"""What filters mean, one row at a time: a value that is missing is equal to nothing, and differs from everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from graphql import get_named_type

from ...graph.model import to_minor
from ..compiler.context import metadata_of, spec_of
from ..spec import Column, Connection, Embedded, Items, Operator, Scalar
from .reading import Reader, Thing, plain

_Test = Callable[[Any, Any], bool]
_OF_A_VALUE: dict[str, _Test] = {
    "eq": lambda x, given: _same(x, given),
    "in": lambda x, given: any(_same(x, item) for item in given),
    "contains": lambda x, given: given in x,
    "startsWith": lambda x, given: x.startswith(given),
    "lt": lambda x, given: x < given,
    "lte": lambda x, given: x <= given,
    "gt": lambda x, given: x > given,
    "gte": lambda x, given: x >= given,
}
_TESTS: dict[str, _Test] = {
    "ne": lambda x, given: x is None or not _same(x, given),
    "isNull": lambda x, given: (x is None) == given,
    "has": lambda x, given: given in x,
    "hasAny": lambda x, given: any(item in x for item in given),
    "hasAll": lambda x, given: all(item in x for item in given),
    "isEmpty": lambda x, given: (not x) == given,
}


def _same(x: Any, given: Any) -> bool:
    """Equal, where true is not 1."""
    return isinstance(x, bool) == isinstance(given, bool) and bool(x == given)


def _test(name: str, x: Any, given: Any) -> bool:
    if name in _OF_A_VALUE:
        return x is not None and _OF_A_VALUE[name](x, given)
    return _TESTS[name](x, given)


def stored(value: Any) -> Any:
    """What was given as it is stored: members of enums as strings."""
    if isinstance(value, list):
        return [stored(item) for item in value]
    return getattr(value, "value", value)


class Filters:
    """Decides which objects pass a filter."""

    def __init__(self, reader: Reader, types: Mapping[str, Any]) -> None:
        self._reader, self._types = reader, types

    async def passes(self, thing: Thing, of: Any, where: Mapping[str, Any] | None) -> bool:
        """Whether an object of this GraphQL type passes."""
        for name, given in (where or {}).items():
            if given is not None and not await self._passes(thing, of, name, given):
                return False
        return True

    async def _passes(self, thing: Thing, of: Any, name: str, given: Any) -> bool:
        if name in ("and", "or"):
            found = [await self.passes(thing, of, part) for part in given]
            return all(found) if name == "and" else any(found)
        if name == "not":
            return not await self.passes(thing, of, given)
        field = of.fields.get(name)
        if field is None:
            return await self._operator(thing, metadata_of(self._types[f"{of.name}Where"].fields[name]), given)
        spec, named = spec_of(field), get_named_type(field.type)
        if isinstance(spec, Connection):
            return await self._relation(thing, spec, named, given)
        if isinstance(spec, Embedded):
            inner = await self._reader.embedded(thing, spec, {})
            if "currency" in given:
                return _money(inner, given)
            if inner is not None and "x" in inner.values:
                return _all(plain(inner.values["x"]), given, stored)
            return inner is not None and await self.passes(inner, named, given)
        if isinstance(spec, Items):
            return _all(await self._reader.value(thing, spec.cypher), given, _external)
        if "path" in given:
            return self._custom(thing, given)
        assert isinstance(spec, (Column, Scalar))
        x = await self._reader.compared(thing, spec)
        return _all(date.fromisoformat(x) if named.name == "Date" and isinstance(x, str) else x, given, stored)

    async def _operator(self, thing: Thing, operator: Operator, given: Any) -> bool:
        """A condition on the object as a whole, which only its template says."""
        sent = operator.convert(given, {}) if operator.convert else stored(given)
        return await self._reader.value(Thing({**thing.values, "value": sent}, thing.day), operator.cypher) is True

    async def _relation(self, thing: Thing, spec: Connection, connection: Any, given: Mapping[str, Any]) -> bool:
        nodes, edges = (get_named_type(connection.fields[name].type) for name in ("nodes", "edges"))
        rows = [
            row
            for row in await self._reader.candidates(thing, spec)
            if await self.passes(row, edges, given.get("edge"))
        ]
        for name in ("some", "none", "all"):
            if given.get(name) is None:
                continue
            found = [await self.passes(row, nodes, given[name]) for row in rows]
            if not {"some": any(found), "none": not any(found), "all": all(found)}[name]:
                return False
        return _all(len(rows), given.get("count") or {}, stored)

    def _custom(self, thing: Thing, given: Mapping[str, Any]) -> bool:
        x = plain(thing.values["it"].get(f"custom.{given['path']}"))
        x = x.isoformat() if isinstance(x, date) else x
        return _all(x, {name: value for name, value in given.items() if name != "path"}, lambda value: value)


def _all(x: Any, given: Mapping[str, Any], convert: Callable[[Any], Any]) -> bool:
    return all(_test(name, x, convert(value)) for name, value in given.items() if value is not None)


def _money(money: Thing | None, given: Mapping[str, Any]) -> bool:
    currency = given["currency"]
    has_it = money is not None and money.values["currency"] == currency
    x = money.values["minor"] if money is not None and has_it else None
    return all(
        _test(name, x, value if name == "isNull" else to_minor(value, currency))
        for name, value in given.items()
        if value is not None and name != "currency"
    )


def _external(value: Any) -> Any:
    if isinstance(value, list):
        return [_external(item) for item in value]
    return f"{value['system']}:{value['id']}" if isinstance(value, Mapping) else value
