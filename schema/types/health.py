"""Retention, exchange among partners, maturity and the health metrics over time, in GraphQL."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import numpy as np
import strawberry

from ...graph.errors import BadInput, MixedCurrency
from ...graph.model import from_minor
from ...queries.currencies import rates_of
from ...queries.days import date_of, day_of, days_of, first_days
from ...queries.estimate import Estimate as Found
from ...queries.health.maturity import ACTIVE, CRITERIA, EXPONENT, INTEGRATED, SOURCED, YEARS
from ...queries.health.retention import Cohort, retention
from ...queries.health.timeline import active_partners, holding, integration_depth, users, won_between
from ...queries.network_effects import growth_series
from ...queries.network_effects.growth import exponents
from ..asked import Asked, Tree
from ..declare import field
from ..exchange import factors
from ..spec import Column
from .common import Money, Period
from .estimates import Estimate
from .network_effects import min_integrations

MOST_POINTS = 600


@strawberry.type(description="Which share of the customers of a first day, and of their revenue, stayed to a last day.")
class Retention:
    withIntegrations: Estimate = strawberry.field(
        description="Share of customers that stayed, of those with integration: `minIntegrations` or more "
        "partner-built integrations enabled on the first day."
    )
    withoutIntegrations: Estimate = strawberry.field(description="The same of those without.")
    netRevenueWith: Estimate = strawberry.field(
        description="ARR of the last day over ARR of the first (1 for unchanged), of customers with integration."
    )
    netRevenueWithout: Estimate = strawberry.field(description="The same of those without.")
    grossRevenueWith: Estimate = strawberry.field(
        description="The same with each account's ARR counted up to that of the first day: losses without growth."
    )
    grossRevenueWithout: Estimate = strawberry.field(description="The same of those without.")
    minIntegrations: int = strawberry.field(description="From how many integrations on an account counts as with.")
    from_: date = strawberry.field(name="from", description="The first day.")
    to: date = strawberry.field(description="The last day.")


@strawberry.type(description="What partners exchange with each other.")
class Exchange:
    partnerToPartnerIntegrations: int = field(
        Column("<integrations>"), "Available integrations that join products of two or more partners."
    )
    dealsWithSeveralPartners: int = field(Column("<deals>"), "Deals that two or more partners sourced or influenced.")
    accountsWithSeveralPartnerTypes: int = field(
        Column("<accounts>"), "Active accounts that have two or more partners, of two or more types together."
    )


@strawberry.type(description="One criterion of maturity. Each stands by itself: there is no total.")
class MaturityCriterion:
    name: str = strawberry.field(description="What is looked at.")
    value: float | None = strawberry.field(description="What it is; null where it is not known.")
    unit: str = strawberry.field(description="Of value and threshold.")
    threshold: float | None = strawberry.field(description="From which value on it is met.")
    met: bool | None = strawberry.field(description="Whether it is; null where that is not known.")
    origin: str = strawberry.field(description="Where the threshold comes from.")
    description: str = strawberry.field(description="Why it is looked at, and how it is counted.")


@strawberry.type(description="The health metrics on one day.")
class EcosystemPoint:
    asOf: date = strawberry.field(description="The day.")
    activePartners: int = strawberry.field(description="Partners with a dated activity in the window before the day.")
    activeAccounts: int = strawberry.field(description="Our customers on the day.")
    activeIntegrations: int = strawberry.field(description="Integrations available on the day.")
    integrationDepth: float | None = strawberry.field(description="Integration depth on the day, 0 to 1.")
    partnerSourcedRevenue: list[Money] = strawberry.field(
        description="Bookings of partner-sourced deals in the period before the day, per currency."
    )
    wonRevenue: list[Money] = strawberry.field(description="Bookings of all deals in the period before the day.")


async def compute_retention(asked: Asked) -> Tree:
    """Retention from one day to another; a year up to the day that is asked for, unless given."""
    least = min_integrations(asked)
    end = min(asked.arguments.get("to") or asked.as_of, asked.as_of)
    start = asked.arguments.get("from") or end - timedelta(days=365)
    if start >= end:
        raise BadInput(f"The period from {start} to {end} is empty.", hint="Give `from` before `to`.")
    rows, rates = await asyncio.gather(
        asked.rows("retention_cohort", start=start, end=end, least=least), asked.rows("exchange_rates", asOf=start)
    )
    chosen, without = retention(_cohort(rows[0][0], rates, asked.settings.reporting_currency))
    trees = {
        f"{name}{which}": found.to_dict()
        for which, group in (("With", chosen), ("Without", without))
        for name, found in (("netRevenue", group.net), ("grossRevenue", group.gross))
    }
    logos = {"withIntegrations": chosen.logo.to_dict(), "withoutIntegrations": without.logo.to_dict()}
    return {**trees, **logos, "minIntegrations": least, "from": start, "to": end}


def _cohort(rows: list[list[Any]], rates: list[list[Any]], reporting: str | None) -> Cohort:
    """Customers with their ARR in one unit; several currencies are joined by the rates of the first day."""
    known = sorted({row[2] for row in rows if row[2] is not None})
    note = None
    try:
        by_currency = factors(known, rates_of(rates), reporting)
    except MixedCurrency:
        by_currency = {}
        note = f"ARR by day is in {', '.join(known)}, and no exchange rates of the first day lead to one currency."
    unit = np.array([by_currency.get(row[2], np.nan) for row in rows], float)
    before, after = (np.array([np.nan if row[at] is None else row[at] for row in rows], float) for at in (3, 4))
    exposed, stayed = (np.array([row[at] for row in rows], dtype=np.bool_) for at in (0, 1))
    return Cohort(exposed, stayed, before * unit, after * unit, note)


async def compute_maturity(asked: Asked) -> Tree:
    """The criteria of maturity, in their order."""
    facts, partners, growth = await asyncio.gather(
        asked.rows("maturity_facts"), asked.rows("active_partners"), asked.rows("growth_of_accounts")
    )
    first, won, accounts, integrated = facts[0]
    series = growth_series(growth, day_of(asked.as_of))
    exponent = exponents(series.partners, series.value).exponent
    largest = max(won, key=lambda row: row[1], default=None)
    values: dict[str, tuple[float | None, bool | None]] = {
        YEARS.name: _met(None if first is None else (asked.as_of - first.to_native()).days / 365.25, YEARS.threshold),
        SOURCED.name: _met(largest[2] / largest[1] if largest and largest[1] else None, SOURCED.threshold),
        ACTIVE.name: _met(partners[0][0], ACTIVE.threshold),
        INTEGRATED.name: _met(integrated / accounts if accounts else None, INTEGRATED.threshold),
        EXPONENT.name: (exponent.value, _above(exponent, EXPONENT.threshold)),
    }
    return [
        {
            "name": criterion.name,
            "value": values[criterion.name][0],
            "met": values[criterion.name][1],
            "unit": criterion.unit,
            "threshold": criterion.threshold,
            "origin": criterion.origin.value,
            "description": criterion.description,
        }
        for criterion in CRITERIA
    ]


def _met(value: float | None, threshold: float) -> tuple[float | None, bool | None]:
    return (None, None) if value is None else (float(value), value >= threshold)


def _above(found: Found, threshold: float) -> bool | None:
    return None if found.value is None else found.low is not None and found.low > threshold


async def compute_integration_depth(asked: Asked) -> Tree:
    """Read once for each version of the graph and day: it looks at all that every account uses."""
    ((depth,),) = await asked.rows("integration_depth")
    return depth


async def compute_timeline(asked: Asked) -> Tree:
    """The points of the timeline, each on the first day of a period."""
    partners, spans, uses, integrations = await asyncio.gather(
        *(asked.rows(f"timeline_{what}") for what in ("partners", "spans", "uses", "integrations"))
    )
    since, churned, launched, retired, won = spans[0]
    has_dates = asked.version.has_customer_dates
    bounds = _bounds(asked, since if has_dates else [row[0] for row in partners])
    days = bounds[1:]
    within = asked.settings.active_within_days if asked.version.has_dated_activity else None
    depth = await asyncio.to_thread(integration_depth, uses, integrations, days)
    counts = {
        "activePartners": active_partners(partners, days, within).tolist(),
        "activeAccounts": (holding(since, churned, days) if has_dates else users(uses, days)).tolist(),
        "activeIntegrations": holding(launched, retired, days).tolist(),
        "integrationDepth": depth,
        "wonRevenue": _money(won, bounds),
        "partnerSourcedRevenue": _money([row for row in won if row[1]], bounds),
    }
    return [
        {"asOf": date_of(day), **{name: values[at] for name, values in counts.items()}}
        for at, day in enumerate(days.tolist())
    ]


def _bounds(asked: Asked, begun: list[int]) -> Any:
    """First days of periods: of the one before the first point, and of all points."""
    end = day_of(min(asked.arguments.get("to") or asked.as_of, asked.as_of))
    known = days_of([day for day in begun if day])
    start = asked.arguments.get("from")
    first = day_of(start) if start else int(known.min()) if known.size else end
    if first > end:
        raise BadInput("The period is empty.", hint="Give `from` before `to`.")
    every = asked.arguments["every"]
    days = _starts(every if isinstance(every, Period) else Period(every), first, end)
    if days.size > MOST_POINTS + 1:
        raise BadInput(
            f"These are {days.size - 1:,} points; at most {MOST_POINTS} are given.",
            hint="Ask for a longer `every` or a later `from`.",
        )
    return days


def _starts(every: Period, first: int, end: int) -> Any:
    if every is Period.WEEK:
        # Weeks begin on Monday; the first day of 1970 was a Thursday.
        monday = first + (-(first + 3)) % 7
        return np.arange(monday - 7, end + 1, 7)
    months = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}[every]
    days = first_days(first, end, months)
    earliest = int(days[0]) if days.size else first
    return np.concatenate([first_days(earliest - 32 * months, earliest - 1, months)[-1:], days])


def _money(won: list[list[Any]], bounds: Any) -> list[list[dict[str, str]]]:
    sums: dict[str, list[int]] = {}
    for currency, _, days, amounts in won:
        found = won_between(days, amounts, bounds)
        sums[currency] = [a + b for a, b in zip(sums.get(currency, [0] * len(found)), found, strict=True)]
    return [
        [
            {"amount": from_minor(minor[at], currency), "currency": currency}
            for currency, minor in sorted(sums.items())
            if minor[at]
        ]
        for at in range(bounds.size - 1)
    ]
