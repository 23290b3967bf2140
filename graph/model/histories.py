"""Dated values: what an attribute was on a day, and exchange rates."""

from __future__ import annotations

from dataclasses import dataclass

from .kinds import NodeKind, Property
from .nodes import ACCOUNT, DEAL, PARTNER
from .values import ValueType


@dataclass(frozen=True)
class HistoryKind:
    """Values of one attribute by day, stored as `(:HistoryEntry)<-[:HAD]-(node)`; with `of` None, exchange rates."""

    table: str
    description: str
    of: NodeKind | None
    value: Property


_ON = Property("on", ValueType.DATE, "First day on which the value holds.", required=True)

HISTORIES: tuple[HistoryKind, ...] = (
    HistoryKind("arr", "Annual recurring revenue of an account by day.", ACCOUNT, ACCOUNT.property("arr")),
    HistoryKind("tier", "Tier of a partner by day.", PARTNER, PARTNER.property("tier")),
    HistoryKind("stage", "Stage of a deal by day.", DEAL, DEAL.property("stage")),
    HistoryKind(
        "rate",
        "Exchange rate by day: one unit of `from` is `rate` units of `to`.",
        None,
        Property("rate", ValueType.FLOAT, "Units of `to` for one unit of `from`.", required=True, low=0),
    ),
)
HISTORY_DATE = _ON
