"""What was planted in a synthetic ecosystem, so that measures can be held against it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, NamedTuple

from ...graph.model import from_minor


class LiftPair(NamedTuple):
    """Accounts that have `source` take on `target` at `rate_ratio` times the rate of like accounts that do not."""

    source: str
    target: str
    rate_ratio: float


@dataclass(frozen=True)
class Truth:
    """The planted truth.

    Attributes:
        lift_pairs: every pair that lifts; of all other pairs none does, in either direction.
        retention_hazard_ratio: factor on an account's rate of churn from the day on which it enabled its
            `retention_min_integrations`-th partner-built integration, other things equal.
        growth_exponent: b in V = c * n^b on the first day of each month, where V is all accounts that had become
            customers by then (churned ones too) and n the partners in the program (joined and not left).
        sourced_revenue: minor units of won deals that have a SOURCED edge, each deal once, by currency.
        influenced_revenue: the same of INFLUENCED; the two overlap.
        won_revenue: minor units of all won deals, by currency.
        opens_on: first day of the ecosystem.
        ends_on: the day after its last.
    """

    lift_pairs: tuple[LiftPair, ...]
    retention_hazard_ratio: float
    retention_min_integrations: int
    growth_exponent: float
    sourced_revenue: dict[str, int]
    influenced_revenue: dict[str, int]
    won_revenue: dict[str, int]
    opens_on: date
    ends_on: date

    def lines(self) -> list[str]:
        """The truth in words, a line for each."""
        return [
            f"From {self.opens_on} up to and without {self.ends_on}.",
            *(
                f"Lift: accounts with {source} take on {target} at {ratio:g} times the rate."
                for source, target, ratio in self.lift_pairs
            ),
            f"Retention: the rate of churn is {self.retention_hazard_ratio:g} times as high from the "
            f"{_ordinal(self.retention_min_integrations)} partner-built integration on.",
            f"Growth: customers gained grow as partners in the program to the power of {self.growth_exponent:g}.",
            f"Partner-sourced won revenue: {_money(self.sourced_revenue)}.",
            f"Partner-influenced won revenue: {_money(self.influenced_revenue)}.",
            f"Won revenue: {_money(self.won_revenue)}.",
        ]

    def to_dict(self) -> dict[str, Any]:
        """The truth as JSON takes it: dates in ISO 8601, money as integer minor units by currency."""
        return {
            **asdict(self),
            "lift_pairs": [pair._asdict() for pair in self.lift_pairs],
            "opens_on": self.opens_on.isoformat(),
            "ends_on": self.ends_on.isoformat(),
        }


def _money(minor: dict[str, int]) -> str:
    return ", ".join(f"{from_minor(amount, currency)} {currency}" for currency, amount in minor.items())


def _ordinal(number: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(number, f"{number}th")
