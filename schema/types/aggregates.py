"""`PartnerAggregate` and its like: what is counted, summed and grouped by follows from the fields of the type."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any

import strawberry
from strawberry.types.field import StrawberryField

from ...graph.model import ValueType, from_minor, mean
from ..declare import field
from ..spec import METADATA, Column, Connection, Embedded, Figures, GroupKey, Groups, Ref, Scalar
from .common import Money, Period
from .inputs import ENTITIES
from .orders import upper_snake
from .relations import make_type
from .where import declared, unwrapped

_IDENTIFYING = frozenset({"id", "key", "name", "domain"})

_Keys = strawberry.argument(description="What to group by: one group for each combination of values.")
_PeriodArgument = Annotated[
    Period | None,
    strawberry.argument(description="What the days among the keys are gathered into; each day by itself if unset."),
]
_First = Annotated[int, strawberry.argument(description="How many groups to return at most, the largest first.")]


@strawberry.type(description="Figures of a whole number over rows; null where no row has one.")
class IntStats:
    sum: int | None = field(Column("CASE WHEN <n> > 0 THEN <sum> END"), "Sum.")
    avg: float | None = field(Column("CASE WHEN <n> > 0 THEN toFloat(<sum>) / <n> END"), "Mean of the rows with one.")
    median: float | None = field(Column("((<low> + <high>) / 2.0)"), "Median: of an even number, the mean of the two.")
    min: int | None = field(Column("<min>"), "Least.")
    max: int | None = field(Column("<max>"), "Greatest.")


@strawberry.type(
    description="Figures of the amounts in one currency. Mean and median are rounded to the currency's digits, half to "
    "even; everything else is exact."
)
class MoneyStats:
    currency: str = field(Column("<currency>"), "ISO 4217 code.")
    sum: Decimal = field(Column("[<sum>, <currency>]", lambda pair: from_minor(*pair)), "Sum.")
    avg: Decimal = field(
        Column("[<sum>, <n>, <currency>]", lambda found: from_minor(mean(found[0], found[1]), found[2])), "Mean."
    )
    median: Decimal = field(
        Column("[<low>, <high>, <currency>]", lambda found: from_minor(mean(found[0] + found[1], 2), found[2])),
        "Median: of an even number, the mean of the two in the middle.",
    )
    min: Decimal = field(Column("[<min>, <currency>]", lambda pair: from_minor(*pair)), "Least.")
    max: Decimal = field(Column("[<max>, <currency>]", lambda pair: from_minor(*pair)), "Greatest.")


@strawberry.type(description="First and last day over rows; null where no row has one.")
class DateStats:
    min: date | None = field(Column("toString(<min>)"), "First day.")
    max: date | None = field(Column("toString(<max>)"), "Last day.")


_STATS: dict[ValueType, Any] = {
    ValueType.DATE: DateStats,
    ValueType.INTEGER: IntStats,
    ValueType.MONEY: list[MoneyStats],
}


@dataclass(frozen=True)
class Key:
    """A value that rows can be grouped by, its GraphQL type, and what it says."""

    spec: GroupKey
    type: Any
    description: str


def related(owner: type, relation: str, other: type, name: str | None = None) -> Key:
    """Grouping by the nodes that a relation of the owner leads to, or by a value of theirs."""
    via: Ref | Connection = _field(owner, relation).metadata[METADATA]
    if name is None:
        return Key(GroupKey(None, via), other, f"The {other.__name__.lower()}.")
    key = _key_of(_field(other, name))
    return replace(key, spec=replace(key.spec, via=via))


def aggregate_types(entity: type, **more: Key) -> None:
    """The types of `aggregate` for connections of an entity; `more` are keys from related nodes."""
    name = entity.__name__
    figures: dict[str, tuple[Any, Any]] = {"count": (int, field(Column("<count>"), "Number of rows."))}
    keys: dict[str, Key] = {}
    for value, spec in declared(entity):
        if isinstance(spec, (Column, Scalar, Embedded)) and value.python_name not in _IDENTIFYING:
            figures |= _figures_of(value)
            keys |= _keys_of(value)
    keys |= more
    _key_types(name, keys)
    make_type(
        f"{name}Group",
        f"The {name} rows that share a key.",
        {"key": (f"{name}Key", strawberry.field(description="What they share.")), **figures},
    )
    make_type(
        f"{name}Groups",
        f"Groups of {name} rows: the largest first, equal ones by their keys.",
        {
            "nodes": (f"list[{name}Group]", strawberry.field(description="The groups.")),
            "truncated": (bool, strawberry.field(description="There are more groups than these.")),
        },
    )
    make_type(
        f"{name}Aggregate",
        f"Figures over the rows of a list of {name} nodes; a node that stands in the list twice counts twice.",
        {**figures, "groupBy": (f"{name}Groups", _group_by(name))},
    )


def _key_types(name: str, keys: dict[str, Key]) -> None:
    members = {upper_snake(key): strawberry.enum_value(key, description=made.description) for key, made in keys.items()}
    group_key = Enum(f"{name}GroupKey", members, module=ENTITIES)  # type: ignore[misc]
    strawberry.enum(group_key, description=f"What {name} rows can be grouped by.")
    setattr(sys.modules[ENTITIES], f"{name}GroupKey", group_key)
    make_type(
        f"{name}Key",
        "What the rows of a group share; null too for what was not grouped by.",
        {key: (made.type | None, field(made.spec, made.description)) for key, made in keys.items()},
    )


def _group_by(name: str) -> Any:
    def resolver(keys: Any, period: Any = strawberry.UNSET, first: int = 100) -> Any: ...

    resolver.__annotations__ = {
        "keys": Annotated[list[getattr(sys.modules[ENTITIES], f"{name}GroupKey")], _Keys],  # type: ignore[misc]
        "period": _PeriodArgument,
        "first": _First,
        "return": f"{name}Groups",
    }
    resolver.__module__ = ENTITIES
    description = (
        "The rows in groups. A row with several values of a key (types, partners) stands once in the group of each, "
        "a row without any in the group of null."
    )
    return strawberry.field(resolver=resolver, description=description, metadata={METADATA: Groups()})


def _field(cls: type, name: str) -> StrawberryField:
    return next(value for value, _ in declared(cls) if value.python_name == name)


def _figures_of(value: StrawberryField) -> Iterator[tuple[str, tuple[Any, Any]]]:
    kind, _, is_list = unwrapped(value)
    types = {date: ValueType.DATE, int: ValueType.INTEGER, Money: ValueType.MONEY}
    if not is_list and kind in types:
        found = types[kind]
        spec = Figures(value.metadata[METADATA], found)
        yield value.python_name, (_STATS[found], field(spec, f"Of: {value.description}"))


def _keys_of(value: StrawberryField) -> Iterator[tuple[str, Key]]:
    kind, _, is_list = unwrapped(value)
    if kind is Money:
        money: Embedded = value.metadata[METADATA]
        as_of = money.as_of["currency"] if money.as_of else None
        spec = GroupKey(Column(money.scope["currency"], as_of=as_of))
        yield "currency", Key(spec, str, "The currency of its amount.")
    elif (kind in (str, bool, date) and not is_list) or (isinstance(kind, type) and issubclass(kind, Enum)):
        yield value.python_name, _key_of(value)


def _key_of(value: StrawberryField) -> Key:
    kind, _, is_list = unwrapped(value)
    spec = GroupKey(value.metadata[METADATA], is_date=kind is date, is_list=is_list)
    return Key(spec, kind, value.description or "")
