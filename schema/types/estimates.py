"""Estimates in GraphQL."""

from __future__ import annotations

import strawberry

from ...queries.estimate import SuppressionReason

strawberry.enum(
    SuppressionReason,
    description="Why a number is not given: too few accounts in one of the groups compared, too few leavings or "
    "adoptions, too few months, nothing that differs and could be compared, or data that was not imported.",
)


@strawberry.type(
    description="A number with its interval, or the reason why there is none. An association, never a cause."
)
class Estimate:
    value: float | None = strawberry.field(description="The number; null where it cannot stand.")
    low: float | None = strawberry.field(description="Lower end of the interval; null where there is none.")
    high: float | None = strawberry.field(description="Upper end of the interval; null where there is none.")
    level: float = strawberry.field(
        description="Share of such intervals that hold the truth, if the assumptions of the method hold."
    )
    method: str = strawberry.field(description="How it was estimated.")
    n: int = strawberry.field(description="How many accounts, months or deals it rests on.")
    reason: SuppressionReason | None = strawberry.field(description="Why there is no value.")
    note: str | None = strawberry.field(description="What a reader should know.")
