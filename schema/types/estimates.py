"""Estimates in GraphQL."""

from __future__ import annotations

import strawberry

from ...queries.estimate import LEVEL, SuppressionReason
from ..declare import field
from ..spec import Column

strawberry.enum(
    SuppressionReason,
    description="Why a number is not given: too few accounts in one of the groups compared, too few leavings or "
    "adoptions, too few months, nothing that differs and could be compared, or data that was not imported.",
)


@strawberry.type(
    description="A number with its interval, or the reason why there is none. An association, never a cause."
)
class Estimate:
    value: float | None = field(Column("<x>"), "The number; null where it cannot stand.")
    low: float | None = field(Column("<low>"), "Lower end of the interval; null where there is none.")
    high: float | None = field(Column("<high>"), "Upper end of the interval; null where there is none.")
    level: float = field(
        Column(f"{LEVEL}"), "Share of such intervals that hold the truth, if the assumptions of the method hold."
    )
    method: str = field(Column("<method>"), "How it was estimated.")
    n: int = field(Column("<n>"), "How many accounts, months or deals it rests on.")
    reason: SuppressionReason | None = field(Column("<reason>"), "Why there is no value.")
    note: str | None = field(Column("<note>"), "What a reader should know.")
