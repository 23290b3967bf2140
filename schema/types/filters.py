"""The filters on one value. An operator that is null counts as not given, and several are joined by AND."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

import strawberry

from ...graph.errors import BadInput
from ...graph.model import is_currency, to_minor
from ..declare import operator
from ..spec import METADATA, Subject
from .common import ExternalId, ExternalIdInput, Money
from .inputs import make_input
from .scalars import JSON

_EQ, _NE, _IN = "<x> = <value>", "(<x> IS NULL OR <x> <> <value>)", "<x> IN <value>"
_HAS, _ANY, _ALL = (
    "<value> IN <x>", "any(given IN <value> WHERE given IN <x>)", "all(given IN <value> WHERE given IN <x>)",
)  # fmt: skip
_IS_NULL = "(<x> IS NULL) = <value>"
_EMPTY = "(size(<x>) = 0) = <value>"
_COMPARED = {
    "lt": ("<", "Less than."),
    "lte": ("<=", "At most."),
    "gt": (">", "More than."),
    "gte": (">=", "At least."),
}
EQUAL, OTHER, AMONG, MISSING = (
    "Equal to it.", "Another value, or none.", "One of these.", "Whether there is no value.",
)  # fmt: skip


def _compared(
    name: str, cypher: str = "<x> {0} <value>", convert: Callable[[Any, Mapping[str, Any]], Any] | None = None
) -> Any:
    sign, description = _COMPARED[name]
    return operator(cypher.format(sign), description, convert)


@strawberry.input(description="A condition on a text; upper and lower case differ.")
class StringFilter:
    eq: str | None = operator(_EQ, EQUAL)
    ne: str | None = operator(_NE, OTHER)
    in_: list[str] | None = operator(_IN, AMONG, name="in")
    contains: str | None = operator("<x> CONTAINS <value>", "It is part of the text.")
    startsWith: str | None = operator("<x> STARTS WITH <value>", "The text begins with it.")
    isNull: bool | None = operator(_IS_NULL, MISSING)


@strawberry.input(description="A condition on an id.")
class IDFilter:
    eq: strawberry.ID | None = operator(_EQ, EQUAL)
    ne: strawberry.ID | None = operator(_NE, OTHER)
    in_: list[strawberry.ID] | None = operator(_IN, AMONG, name="in")


@strawberry.input(description="A condition on a whole number.")
class IntFilter:
    eq: int | None = operator(_EQ, EQUAL)
    ne: int | None = operator(_NE, OTHER)
    in_: list[int] | None = operator(_IN, AMONG, name="in")
    lt: int | None = _compared("lt")
    lte: int | None = _compared("lte")
    gt: int | None = _compared("gt")
    gte: int | None = _compared("gte")
    isNull: bool | None = operator(_IS_NULL, MISSING)


@strawberry.input(description="A condition on a number.")
class FloatFilter:
    lt: float | None = _compared("lt")
    lte: float | None = _compared("lte")
    gt: float | None = _compared("gt")
    gte: float | None = _compared("gte")
    isNull: bool | None = operator(_IS_NULL, MISSING)


@strawberry.input(description="A condition on a day.")
class DateFilter:
    eq: date | None = operator(_EQ, EQUAL)
    ne: date | None = operator(_NE, OTHER)
    in_: list[date] | None = operator(_IN, AMONG, name="in")
    lt: date | None = _compared("lt")
    lte: date | None = _compared("lte")
    gt: date | None = _compared("gt")
    gte: date | None = _compared("gte")
    isNull: bool | None = operator(_IS_NULL, MISSING)


@strawberry.input(description="A condition on what is true or false.")
class BooleanFilter:
    eq: bool | None = operator(_EQ, EQUAL)
    isNull: bool | None = operator(_IS_NULL, MISSING)


def _currency(code: str) -> str:
    if not is_currency(code):
        raise BadInput(f"{code!r} is no currency.", hint="Give an ISO 4217 code such as USD.")
    return code


def _minor(amount: Decimal, given: Mapping[str, Any]) -> int:
    try:
        return to_minor(amount, given["currency"])
    except ValueError as error:
        raise BadInput(
            f"{amount} {given['currency']} {error}.", hint="Compare with an amount that can exist in this currency."
        ) from error


_AMOUNT = "(<currency> = <subject> AND <minor> {0} <value>)"


@strawberry.input(
    description="A condition on the amount in one currency: an amount in another is no value here. Amounts are "
    "compared exactly."
)
class MoneyFilter:
    currency: str = strawberry.field(description="ISO 4217 code.", metadata={METADATA: Subject(_currency)})
    lt: Decimal | None = _compared("lt", _AMOUNT, _minor)
    lte: Decimal | None = _compared("lte", _AMOUNT, _minor)
    gt: Decimal | None = _compared("gt", _AMOUNT, _minor)
    gte: Decimal | None = _compared("gte", _AMOUNT, _minor)
    isNull: bool | None = operator(
        "(coalesce(<currency> = <subject>, false) AND <minor> IS NOT NULL) <> <value>",
        "Whether there is no amount in this currency.",
    )


@strawberry.input(description="A condition on a list of texts.")
class StringListFilter:
    has: str | None = operator(_HAS, "It is in the list.")
    hasAny: list[str] | None = operator(_ANY, "One of these at least is in the list.")
    hasAll: list[str] | None = operator(_ALL, "All of these are in the list.")
    isEmpty: bool | None = operator(_EMPTY, "Whether nothing is in the list.")


def _external(value: Any, _given: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_external(item, _given) for item in value]
    return f"{value['system']}:{value['id']}"


@strawberry.input(description="A condition on the ids in other systems.")
class ExternalIdFilter:
    has: ExternalIdInput | None = operator(_HAS, "It is one of them.", _external)
    hasAny: list[ExternalIdInput] | None = operator(_ANY, "One of these at least is one of them.", _external)


_BIGGEST = 2**63


def _json(value: Any, _given: Mapping[str, Any]) -> Any:
    """JSON as Cypher can take it: whole numbers beyond 64 bits as the nearest floating-point number."""
    if isinstance(value, list):
        return [_json(item, _given) for item in value]
    if isinstance(value, dict):
        return {name: _json(item, _given) for name, item in value.items()}
    if isinstance(value, int) and not -_BIGGEST <= value < _BIGGEST:
        try:
            return float(value)
        except OverflowError:
            return float("inf") if value > 0 else float("-inf")
    return value


_CUSTOM = "<it>[<subject>]"
_CUSTOM_JSON = f"CASE valueType({_CUSTOM}) STARTS WITH 'DATE' WHEN true THEN toString({_CUSTOM}) ELSE {_CUSTOM} END"


@strawberry.input(
    description="A condition on one further column. Numbers are compared as numbers, days by their text 2026-01-31."
)
class JSONFilter:
    path: str = strawberry.field(
        description="Name of the column, as `custom` has it.",
        metadata={METADATA: Subject(lambda name: f"custom.{name}")},
    )
    eq: JSON | None = operator(f"{_CUSTOM_JSON} = <value>", EQUAL, _json)
    in_: list[JSON] | None = operator(f"{_CUSTOM_JSON} IN <value>", AMONG, _json, name="in")
    isNull: bool | None = operator(f"({_CUSTOM} IS NULL) = <value>", MISSING)


PLAIN: dict[Any, type] = {
    str: StringFilter, strawberry.ID: IDFilter, int: IntFilter, float: FloatFilter, date: DateFilter,
    bool: BooleanFilter, Money: MoneyFilter, JSON: JSONFilter,
}  # fmt: skip
LISTS: dict[Any, type] = {str: StringListFilter, ExternalId: ExternalIdFilter}


def filter_of(kind: Any, *, is_list: bool) -> type | None:
    """The filter on values, or lists of values, of a type; None where there is none."""
    known = LISTS if is_list else PLAIN
    if kind not in known and isinstance(kind, type) and issubclass(kind, Enum):
        known[kind] = _enum_list_filter(kind) if is_list else _enum_filter(kind)
    return known.get(kind)


def _enum_filter(kind: type[Enum]) -> type:
    return make_input(
        f"{kind.__name__}Filter",
        f"A condition on a {kind.__name__}.",
        {
            "eq": (kind | None, operator(_EQ, EQUAL)),
            "ne": (kind | None, operator(_NE, OTHER)),
            "in_": (list[kind] | None, operator(_IN, AMONG, name="in")),  # type: ignore[valid-type]
            "isNull": (bool | None, operator(_IS_NULL, MISSING)),
        },
        __name__,
    )


def _enum_list_filter(kind: type[Enum]) -> type:
    return make_input(
        f"{kind.__name__}sFilter",
        f"A condition on a list of {kind.__name__}.",
        {
            "has": (kind | None, operator(_HAS, "It is in the list.")),
            "hasAny": (list[kind] | None, operator(_ANY, "One of these at least is in the list.")),  # type: ignore[valid-type]
            "hasAll": (list[kind] | None, operator(_ALL, "All of these are in the list.")),  # type: ignore[valid-type]
            "isEmpty": (bool | None, operator(_EMPTY, "Whether nothing is in the list.")),
        },
        __name__,
    )
