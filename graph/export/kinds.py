"""The columns of an export: what their values are as JSON has them, and what they become where types are native."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson
import polars as pl


@dataclass(frozen=True)
class Leaf:
    """A single value; `native` makes it of the JSON value where that is not the same."""

    type: pl.DataType
    native: Callable[[Any], Any] | None = None
    is_number: bool = False

    def of(self, value: Any) -> Any:
        return value if value is None or self.native is None else self.native(value)


@dataclass(frozen=True)
class Many:
    """A list."""

    item: Kind

    @property
    def type(self) -> pl.DataType:
        return pl.List(self.item.type)

    def of(self, value: Any) -> Any:
        return None if value is None else [self.item.of(item) for item in value]


@dataclass(frozen=True)
class Record:
    """An object within a list."""

    fields: Mapping[str, Kind]

    @property
    def type(self) -> pl.DataType:
        return pl.Struct({name: kind.type for name, kind in self.fields.items()})

    def of(self, value: Any) -> Any:
        return None if value is None else {name: kind.of(value.get(name)) for name, kind in self.fields.items()}


Kind = Leaf | Many | Record

TEXT = Leaf(pl.String())
INTEGER = Leaf(pl.Int64(), is_number=True)
FLOAT = Leaf(pl.Float64(), float, is_number=True)
BOOLEAN = Leaf(pl.Boolean())
DATE = Leaf(pl.Date(), date.fromisoformat)
DATETIME = Leaf(pl.Datetime("us", "UTC"), datetime.fromisoformat)
DECIMAL = Leaf(pl.Decimal(38, 3), Decimal, is_number=True)
"""An amount; three digits are the most that a currency has."""
JSON = Leaf(pl.String(), lambda value: orjson.dumps(value).decode())
"""Any JSON value, as text."""


@dataclass(frozen=True)
class Column:
    """One column: its name and its kind."""

    name: str
    kind: Kind


Row = Sequence[Any]
"""Values in the order of the columns, as JSON has them."""


def frame(columns: Sequence[Column], rows: Sequence[Row]) -> pl.DataFrame:
    """The rows with native types."""
    return pl.DataFrame(
        [
            pl.Series(column.name, [column.kind.of(row[at]) for row in rows], column.kind.type, strict=True)
            for at, column in enumerate(columns)
        ]
    )
