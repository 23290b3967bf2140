"""Scalars of the contract."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NewType

import strawberry

JSON = NewType("JSON", object)


def parse_date(value: Any) -> date:
    """A day from its ISO 8601 form."""
    if isinstance(value, str) and len(value) == 10:
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError(f"{value!r} is no date; write it as 2026-01-31.")


def _parse_datetime(value: Any) -> datetime:
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError(f"{value!r} is no time; write it as 2026-01-31T12:00:00Z.")


def _parse_decimal(value: Any) -> Decimal:
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite():
            return number
    raise ValueError(f'{value!r} is no decimal number; write it as a string such as "1234.50".')


SCALARS: dict[object, Any] = {
    date: strawberry.scalar(
        name="Date", description="A day, as 2026-01-31.", serialize=str, parse_value=parse_date
    ),
    datetime: strawberry.scalar(
        name="DateTime", description="A point in time, as 2026-01-31T12:00:00Z.", serialize=str,
        parse_value=_parse_datetime,
    ),
    Decimal: strawberry.scalar(
        name="Decimal", description="An exact decimal number, as a string.", serialize=str, parse_value=_parse_decimal
    ),
    JSON: strawberry.scalar(name="JSON", description="Any JSON value.", serialize=lambda v: v, parse_value=lambda v: v),
}  # fmt: skip
