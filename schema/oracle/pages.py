"""Pages of lists, worked out over all rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cmp_to_key
from typing import Any

from ...graph.model import ValueType
from ...queries import catalog
from ..compiler.cursors import decoded, encode, signature
from ..compiler.identity import label_of_id
from ..spec import CallConnection, Connection, Embedded, OrderKey
from .filters import Filters, stored
from .reading import Reader, Thing, plain

_PAGE = ("first", "after")


@dataclass(frozen=True)
class Key:
    """What rows are ordered by; `values` beside a row are in the order of its keys."""

    kind: ValueType | None
    is_descending: bool = False
    is_nullable: bool = False
    has_nulls_first: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a list, with what it is ordered by."""

    thing: Thing
    keys: tuple[Any, ...]


@dataclass(frozen=True)
class Page:
    """One page of a list, and what is asked of the list as a whole."""

    rows: Sequence[Row]
    signed: str
    has_more: bool
    has_previous: bool
    total: int
    about: Thing

    def cursor(self, row: Row) -> str:
        """Where a row stands."""
        return encode([self.signed, *(str(key) if isinstance(key, date) else key for key in row.keys)])

    @property
    def info(self) -> dict[str, Any]:
        """The fields of PageInfo."""
        return {
            "hasNextPage": self.has_more,
            "hasPreviousPage": self.has_previous,
            "startCursor": self.cursor(self.rows[0]) if self.rows else None,
            "endCursor": self.cursor(self.rows[-1]) if self.rows else None,
        }


class Pages:
    """Makes pages."""

    def __init__(self, reader: Reader, types: Mapping[str, Any]) -> None:
        self._reader, self._filters = reader, Filters(reader, types)

    async def page(
        self, outer: Thing, spec: Connection | CallConnection, where: str, filtered: Any, arguments: Mapping[str, Any]
    ) -> Page:
        """The page that is asked for, of the list at this field, whose filter speaks of this GraphQL type."""
        things = await (
            self._reader.candidates(outer, spec)
            if isinstance(spec, Connection)
            else self._rows_of_call(outer, spec, arguments)
        )
        kept = [thing for thing in things if await self._filters.passes(thing, filtered, arguments.get("where"))]
        keys = keys_of(spec, arguments)
        rows = [Row(thing, await self._keys(thing, spec, arguments)) for thing in kept]
        if not (isinstance(spec, CallConnection) and spec.is_cut_inside):
            rows.sort(key=cmp_to_key(lambda a, b: _compare(keys, a.keys, b.keys)))
        signed = signed_by(where, arguments, outer.day)
        beyond = rows
        if arguments.get("after") is not None:
            place = cursor_of(arguments["after"], signed, keys)
            beyond = [row for row in rows if _compare(keys, row.keys, place) > 0]
        first = arguments["first"]
        about = {**outer.values, "total": len(rows)}
        if isinstance(spec, CallConnection):
            about["why"] = await self._why(outer, spec, len(things), len(rows))
            for name, template in spec.about.items():
                about[name] = await self._reader.value(outer, template, arguments)
        more, before = len(beyond) > first, len(beyond) < len(rows)
        return Page(beyond[:first], signed, more, before, len(rows), Thing(about, outer.day))

    async def _rows_of_call(self, outer: Thing, spec: CallConnection, arguments: Mapping[str, Any]) -> list[Thing]:
        values = dict(outer.values)
        for name, argument in spec.start.items():
            identity = arguments[argument]
            found = await self._reader.matched(
                Thing({"id": identity}), f"MATCH (<that>:{label_of_id(identity)} {{id: <id>}})", ("that",)
            )
            if not found:
                return []
            values[name] = found[0][0]
        limit = arguments["first"] + 1 if spec.is_cut_inside else None
        names = list(catalog()[spec.call.query].columns)
        rows = await self._reader.call(Thing(values, outer.day), spec.call, arguments, limit)
        return [Thing(dict(zip(names, row, strict=True)), outer.day) for row in rows]

    async def _keys(
        self, thing: Thing, spec: Connection | CallConnection, arguments: Mapping[str, Any]
    ) -> tuple[Any, ...]:
        orders = _asked(arguments)
        asked = [await self._key(thing, stored(order["by"])) for order in orders]
        return (*asked, *[await self._reader.value(thing, template) for template, _, _ in _own(spec, orders)])

    async def _key(self, thing: Thing, by: OrderKey) -> Any:
        if isinstance(by.spec, Connection):
            return len(await self._reader.candidates(thing, by.spec))
        if by.currencies is not None:
            return await self._reader.worth(thing, by.spec, by.currencies)
        assert not isinstance(by.spec, Embedded)
        found = await self._reader.compared(thing, by.spec)
        return date.fromisoformat(found) if by.type is ValueType.DATE and isinstance(found, str) else plain(found)

    async def _why(self, outer: Thing, spec: CallConnection, everything: int, total: int) -> Any:
        if total or spec.why is None:
            return None
        if everything:
            return "The filter lets none through."
        rows = await self._reader.call(outer, spec.why, {})
        return rows[0][0] if rows else None


def keys_of(spec: Connection | CallConnection, arguments: Mapping[str, Any]) -> list[Key]:
    """What the list is ordered by."""
    keys = []
    orders = _asked(arguments)
    for order in orders:
        by: OrderKey = stored(order["by"])
        down, first = stored(order["direction"]) == "DESC", stored(order["nulls"]) == "FIRST"
        keys.append(Key(by.type, down, by.is_nullable, first))
    return [*keys, *(Key(kind, down) for _, down, kind in _own(spec, orders))]


def _asked(arguments: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return arguments.get("orderBy") or ()


def _own(
    spec: Connection | CallConnection, orders: Sequence[Mapping[str, Any]]
) -> list[tuple[str, bool, ValueType | None]]:
    """The order of the list itself, without what is asked for in any case."""
    asked = {getattr(stored(order["by"]).spec, "cypher", None) for order in orders}
    own: list[tuple[str, bool, ValueType | None]]
    if isinstance(spec, Connection):
        own = [(template, False, ValueType.STRING) for template in spec.ties]
    else:
        own = [(template, down, None) for template, down in spec.order]
    return [key for key in own if key[0].replace("<that>", "<it>") not in asked]


def signed_by(where: str, arguments: Mapping[str, Any], day: date | None) -> str:
    """What cursors of the list begin with."""
    return signature(where, {name: value for name, value in arguments.items() if name not in _PAGE}, day)


def cursor_of(cursor: str, signed: str, keys: Sequence[Key]) -> tuple[Any, ...]:
    """The keys of the row at which the page before ended.

    Raises:
        CursorStale: the cursor is not one of this list.
    """
    kinds = tuple((key.kind, key.is_nullable) for key in keys)
    return tuple(decoded(cursor, signed, kinds, at) for at in range(len(kinds)))


def _compare(keys: Sequence[Key], left: Sequence[Any], right: Sequence[Any]) -> int:
    for key, a, b in zip(keys, left, right, strict=True):
        if a is None or b is None:
            if (a is None) != (b is None):
                return -1 if (a is None) == key.has_nulls_first else 1
        elif a != b:
            return (-1 if a < b else 1) * (-1 if key.is_descending else 1)
    return 0
