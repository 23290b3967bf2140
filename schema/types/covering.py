"""Coverage in GraphQL: how concentrated the covered value is, and what is left of it as partners leave."""

from __future__ import annotations

import asyncio
from typing import Any

import strawberry

from ...queries.centrality.concentration import hhi, top_share
from ...queries.centrality.coverage import coverage_values, covered
from ...queries.centrality.robustness import RemovalOrder, robustness
from ...queries.work import Work
from ..asked import Asked, Tree
from ..spec import Computed
from .measures import ValueBasis

COVERED_QUERIES = ("partner_accounts", "account_values", "exchange_rates")

strawberry.enum(RemovalOrder, description="Who leaves first.")


def _top_share_of(top: int = 10) -> float: ...  # type: ignore[empty-body]


@strawberry.type(description="How much of the covered value hangs on a few partners, by their fair shares (Shapley).")
class Concentration:
    hhi: float = strawberry.field(
        description="Herfindahl–Hirschman index, Σ share²: from 1/N where all are equal to 1 where one has all."
    )
    basis: ValueBasis = strawberry.field(description="What value is counted in.")

    topShare: float = strawberry.field(
        resolver=_top_share_of, description="The share of the largest `top` partners, 0 to 1."
    )


@strawberry.type(description="What is left when so many partners have left.")
class RobustnessPoint:
    removed: int = strawberry.field(description="Partners that have left.")
    coveredShare: float = strawberry.field(description="Share of the value still covered by some partner, 0 to 1.")


@strawberry.type(description="What is left of the covered value as partners leave in some order.")
class Robustness:
    order: RemovalOrder = strawberry.field(description="Who leaves first.")
    points: list[RobustnessPoint] = strawberry.field(description="At most 201 points of the curve; the first is 0, 1.")
    rIndex: float = strawberry.field(description="Mean covered share after each removal.")
    rIndexRandom: float = strawberry.field(description="The same for 20 random orders: the number to compare with.")
    basis: ValueBasis = strawberry.field(description="What value is counted in.")


def work_of(asked: Asked) -> Work:
    """A run of the numeric steps for one answer."""
    return Work(
        asked.database, asked.settings, asked.as_of, has_customer_dates=asked.version.has_customer_dates,
        timeout=asked.settings.query_timeout_s,
    )  # fmt: skip


async def _concentration(asked: Asked) -> Tree:
    accounts, values, of = await covered(work_of(asked))
    shares = coverage_values(accounts, values)[0]
    if shares.sum() <= 0:
        return None
    return {"hhi": hhi(shares), "topShare": lambda top: top_share(shares, top), "basis": of.basis}


async def _robustness(asked: Asked) -> Tree:
    accounts, values, of = await covered(work_of(asked))
    order = RemovalOrder(_value(asked.arguments["order"]))
    found = await asyncio.to_thread(robustness, accounts, values, order)
    if found is None:
        return None
    points = [{"removed": removed, "coveredShare": share} for removed, share in found.points]
    return {
        "order": order.value,
        "points": points,
        "rIndex": found.r_index,
        "rIndexRandom": found.r_index_random,
        "basis": of.basis,
    }


def _value(member: Any) -> Any:
    return getattr(member, "value", member)


CONCENTRATION = Computed(_concentration, COVERED_QUERIES)
ROBUSTNESS = Computed(_robustness, COVERED_QUERIES, cost=1_000)
