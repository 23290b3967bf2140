"""How deals go with accounts that have a partner, in GraphQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import strawberry

from ...graph.model.money import digits, from_minor
from ...queries.overlap.performance import Compared, Floats, Moments, Shares, means, win_rates
from ...queries.rows import Rows
from ..asked import Asked, Tree
from ..spec import Computed
from .common import Money
from .estimates import Estimate

_MONTHS = 12


@strawberry.type(description="An estimate of an amount of money in one currency, in its whole units.")
class MoneyEstimate:
    currency: str = strawberry.field(description="ISO 4217 code.")
    amount: Estimate = strawberry.field(description="With the partner.")
    comparable: Estimate = strawberry.field(description="Expected of like accounts without the partner.")


@strawberry.type(
    description="How deals go with accounts that have a partner, and what is expected of accounts of the same segments "
    "and industries without it. A deal is with the partner when the account had it as the deal was opened, or when the "
    "partner sourced it. Numbers need 10 won deals. Associations, not causes."
)
class PartnerPerformance:
    sourcedRevenue: list[Money] = strawberry.field(description="Won deals that it sourced, per currency.")
    influencedRevenue: list[Money] = strawberry.field(description="Won deals that it influenced, per currency.")
    sourcedPipeline: list[Money] = strawberry.field(description="Open deals that it sourced, per currency.")
    winRate: Estimate = strawberry.field(description="Share of closed deals that were won, with the partner.")
    comparableWinRate: Estimate = strawberry.field(description="The same, expected without the partner.")
    dealSize: list[MoneyEstimate] = strawberry.field(description="Mean amount of won deals, per currency.")
    daysToClose: Estimate = strawberry.field(description="Mean days from opening to winning, with the partner.")
    comparableDaysToClose: Estimate = strawberry.field(description="The same, expected without the partner.")
    coverage: float | None = strawberry.field(
        description="Share of the active accounts that have the partner, 0 to 1; null where there are none."
    )
    engagement: float | None = strawberry.field(
        description=f"Share of the {_MONTHS} months up to the day with a dated activity of the partner, 0 to 1; null "
        "where no activity has a date at all."
    )


async def _performance(asked: Asked) -> Mapping[str, Tree]:
    partners, after = list(asked.keys), asked.as_of + timedelta(days=1)
    period = {
        "partners": partners,
        "start": asked.arguments.get("from") or date.min,
        "end": min(asked.arguments.get("to") or after, after),
    }
    deals = await asked.rows("closed_deals", **period)
    bookings = await asked.rows("partner_bookings", **period)
    reach = {key: (accounts, months) for key, accounts, months in await asked.rows("partner_reach", partners=partners)}
    ((active,),) = await asked.rows("active_accounts")
    everywhere = [row for row in deals if row[0] is None]
    made = {}
    for key in partners:
        accounts, months = reach.get(key, (0, 0))
        made[key] = {
            **_booked([row for row in bookings if row[0] == key]),
            **_compared([row for row in deals if row[0] == key], everywhere),
            "coverage": accounts / active if active else None,
            "engagement": months / _MONTHS if asked.version.has_dated_activity else None,
        }
    return made


def _booked(rows: Rows) -> dict[str, Tree]:
    fields = {"SOURCED": "sourcedRevenue", "INFLUENCED": "influencedRevenue", "PIPELINE": "sourcedPipeline"}
    return {
        name: [{"amount": from_minor(minor, code), "currency": code} for _, of, minor, code in rows if of == kind]
        for kind, name in fields.items()
    }


def _compared(own: Rows, everywhere: Rows) -> dict[str, Tree]:
    """The figures of a partner's deals against those of all others."""
    strata = sorted({_stratum(row) for row in everywhere}, key=repr)
    here, whole = _by_stratum(own, strata), _by_stratum(everywhere, strata)
    rest = whole - here
    rates = win_rates(Shares(here[1], here[0]), Shares(rest[1], rest[0]))
    days = means(Moments(here[1], here[2], here[3]), Moments(rest[1], rest[2], rest[3]))
    return {
        "winRate": rates.own.to_dict(),
        "comparableWinRate": rates.comparable.to_dict(),
        "daysToClose": days.own.to_dict(),
        "comparableDaysToClose": days.comparable.to_dict(),
        "dealSize": [
            {"currency": code, "amount": size.own.to_dict(), "comparable": size.comparable.to_dict()}
            for code, size in _sizes(own, everywhere, strata)
        ],
    }


def _sizes(own: Rows, everywhere: Rows, strata: Sequence[Any]) -> list[tuple[str, Compared]]:
    found = []
    for code in sorted({row[3] for row in own if row[8]}):
        here, whole = (_by_stratum([row for row in rows if row[3] == code], strata)[4:] for rows in (own, everywhere))
        unit = 10.0 ** digits(code)
        scale = np.array([[1.0], [unit], [unit * unit]])
        found.append((code, means(Moments(*(here / scale)), Moments(*((whole - here) / scale)))))
    return found


def _stratum(row: Sequence[Any]) -> tuple[Any, Any]:
    return row[1], row[2]


def _by_stratum(rows: Rows, strata: Sequence[Any]) -> Floats:
    """Closed, won, days, their squares, priced, amount and its squares: a line each, with a column for each stratum."""
    sums: dict[Any, Floats] = defaultdict(lambda: np.zeros(7))
    for row in rows:
        sums[_stratum(row)] += np.array(row[4:], float)
    return np.array([sums[stratum] for stratum in strata]).reshape(len(strata), 7).T


PERFORMANCE = Computed(
    _performance, ("closed_deals", "partner_bookings", "partner_reach", "active_accounts"), key="<it>.id", cost=1_000
)
