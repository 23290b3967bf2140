"""Retention with partner-built integrations, the network effect, and switching costs, in GraphQL."""

from __future__ import annotations

from typing import Any

import strawberry

from ...graph.errors import BadInput
from ...queries.days import day_of
from ...queries.network_effects import arr_series, growth_series, read_customers
from ...queries.network_effects.growth import CrossSide, cross_side, exponents
from ...queries.network_effects.retention_lift import HORIZON, LANDMARK, YEARS, retention_lift
from ...queries.survival import Curve
from ..asked import Asked, Tree
from ..declare import field
from ..provenance import provenance
from ..spec import Column
from .estimates import Estimate
from .measures import Provenance

_NOT_A_CAUSE = "An association: accounts that like the product may both enable more and stay longer."


@strawberry.type(description="One point of a survival curve (Kaplan–Meier).")
class SurvivalPoint:
    exposed: bool = strawberry.field(description="Of accounts with the integrations (exposed), or of those without.")
    day: int = strawberry.field(description="Days after the landmark.")
    surviving: float = strawberry.field(description="Share that are still customers.")
    low: float = strawberry.field(description="Lower end of the 95 % interval.")
    high: float = strawberry.field(description="Upper end of the 95 % interval.")
    atRisk: int = strawberry.field(description="Accounts still followed on that day.")


@strawberry.type(
    description="How the rate of leaving differs with partner-built integrations (exposed) from without. Exposed is an "
    "account from the day after its `minIntegrations`-th partner-built integration on. An association, not a cause."
)
class RetentionLift:
    rateRatio: Estimate = strawberry.field(
        description="Rate of leaving with integration over that without, among accounts of one segment, size and year "
        "as a customer; below 1: those with integration leave less often."
    )
    riskDifference: Estimate = strawberry.field(
        description=f"Share that left within {HORIZON} days of the landmark (day {LANDMARK}), with minus without."
    )
    naiveRiskRatio: float | None = strawberry.field(
        description="Share that ever left, of those ever exposed over those never exposed. Wrong, and shown because it "
        "is what is usually shown: it credits integrations with the time that an account had to stay to enable them."
    )
    exposed: int = strawberry.field(description="Accounts that were exposed for a day or longer.")
    unexposed: int = strawberry.field(description="Accounts that never were.")
    minIntegrations: int = strawberry.field(description="From which partner-built integration on an account counts.")
    survival: list[SurvivalPoint] = strawberry.field(
        description="Curves of both groups as they stood at the landmark, every 30 days; empty where there are too few."
    )
    provenance: Provenance = strawberry.field(description="Where it came from.")


@strawberry.type(
    description="How monthly growth of partners and of accounts went together, so many months apart. Description only."
)
class CrossSideGrowth:
    lag: int = strawberry.field(description="Months between the two.")
    partnersThenAccounts: float | None = strawberry.field(
        description="Correlation of the growth of partners with that of accounts `lag` months later, −1 to 1."
    )
    accountsThenPartners: float | None = strawberry.field(
        description="Correlation of the growth of accounts with that of partners `lag` months later, −1 to 1."
    )


@strawberry.type(
    description="The exponent b of V = c · n^b, n being the partners in the program and V what `fittedOn` says. Above "
    "1: V grew faster than the partners. An association: both may follow from demand."
)
class NetworkEffect:
    exponent: Estimate = strawberry.field(description="By monthly differences: read this one.")
    levelExponent: Estimate = strawberry.field(
        description="By levels. Any two things that grow agree well: a good fit is no evidence."
    )
    fittedOn: str = strawberry.field(description="What V and n are, and the months.")
    currency: str | None = strawberry.field(description="Of V, where V is revenue.")
    crossSide: list[CrossSideGrowth] = strawberry.field(description="Which side grew first, month by month.")
    provenance: Provenance = strawberry.field(description="Where it came from.")


@strawberry.type(description="Switching cost (moat): what an account would lose beside us if it left.")
class Moat:
    partnersLost: int = field(Column("<partnersLost>"), "Partners that it has by more than account lists.")
    irreplaceable: float = field(
        Column("<irreplaceable>"),
        "Σ 1/(1 + alternatives) over these partners; alternatives are others of the same type and sector in the "
        "program.",
    )
    enabledIntegrations: int = field(Column("<enabledIntegrations>"), "Integrations that it has switched on.")
    isSolePartner: bool = field(Column("<isSolePartner>"), "True when it has a single partner.")


def min_integrations(asked: Asked) -> int:
    """From which partner-built integration on an account counts.

    Raises:
        BadInput: it is below 1.
    """
    least: int = asked.arguments["minIntegrations"]
    if least < 1:
        raise BadInput("`minIntegrations` is below 1.", hint="Give 1 or more.")
    return least


async def compute_retention_lift(asked: Asked) -> Tree:
    """RetentionLift from the customers of the graph."""
    least = min_integrations(asked)
    rows = await asked.rows("customers", place=least - 1)
    customers = read_customers(rows, day_of(asked.as_of))
    found = retention_lift(customers, _NOT_A_CAUSE)
    return {
        "rateRatio": found.rate_ratio.to_dict(),
        "riskDifference": found.risk_difference.to_dict(),
        "naiveRiskRatio": found.naive_risk_ratio,
        "exposed": found.exposed,
        "unexposed": found.unexposed,
        "minIntegrations": least,
        "survival": [
            point
            for curve, exposed in zip(found.curves or (), (False, True), strict=False)
            for point in _points(curve, exposed=exposed)
        ],
        "provenance": provenance(
            asked,
            {
                "minIntegrations": least, "strata": ["segment", "size", "year as a customer"], "years": list(YEARS),
                "landmark": LANDMARK, "horizon": HORIZON,
            },
            ["Accounts without a first day as a customer."],
        ),
    }  # fmt: skip


def _points(curve: Curve, *, exposed: bool) -> list[dict[str, Any]]:
    columns = (column.tolist() for column in curve)
    return [
        {"exposed": exposed, "day": day, "surviving": surviving, "low": low, "high": high, "atRisk": at_risk}
        for day, surviving, low, high, at_risk in zip(*columns, strict=True)
    ]


async def compute_network_effect(asked: Asked) -> Tree:
    """NetworkEffect from the days on which partners and accounts came and went."""
    currency = asked.arguments.get("currency")
    end = day_of(asked.as_of)
    series = growth_series(await asked.rows("growth_of_accounts"), end)
    what = "accounts that had become customers (those that left too)"
    if currency is not None:
        rows = await asked.rows("arr_of_accounts", currency=currency)
        series, has_history = arr_series(rows, series, end)
        what = f"ARR in {currency} of the customers of the day" + (
            ", by day where it was imported" if has_history else ", at today's ARR of each"
        )
    found = exponents(series.partners, series.value, f"V: {what}. {_BOTH}")
    months = [series.months[at].isoformat() for at in found.months[[0, -1]]] if found.months.size else []
    return {
        "exponent": found.exponent.to_dict(),
        "levelExponent": found.level_exponent.to_dict(),
        "fittedOn": f"V: {what}; n: partners in the program; on the first day of each month"
        + (f" from {months[0]} to {months[1]}." if months else "."),
        "currency": currency,
        "crossSide": [_side(row) for row in cross_side(series.partners, series.value)],
        "provenance": provenance(asked, {"currency": currency}, series.excluded),
    }


_BOTH = "An association: partners and accounts may both follow from demand."


def _side(row: CrossSide) -> dict[str, Any]:
    return {
        "lag": row.lag,
        "partnersThenAccounts": row.partners_then_accounts,
        "accountsThenPartners": row.accounts_then_partners,
    }
