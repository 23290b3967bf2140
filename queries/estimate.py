"""Estimates: a number with its interval, or the reason why there is none."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from enum import StrEnum
from statistics import NormalDist
from typing import Any

LEVEL = 0.95
Z = NormalDist().inv_cdf((1 + LEVEL) / 2)
"""Standard errors on either side of an estimate that make an interval of `LEVEL`."""


class SuppressionReason(StrEnum):
    """Why a number is not given."""

    TOO_FEW_EXPOSED = "TOO_FEW_EXPOSED"
    TOO_FEW_EVENTS = "TOO_FEW_EVENTS"
    TOO_FEW_PERIODS = "TOO_FEW_PERIODS"
    NOT_IDENTIFIED = "NOT_IDENTIFIED"
    MISSING_DATA = "MISSING_DATA"


@dataclass(frozen=True)
class Estimate:
    """A number, its interval and what it rests on; without a value there is a reason.

    Attributes:
        value: the estimate; None where it cannot stand.
        low, high: ends of the interval; None where there is none, at that side.
        level: what share of such intervals hold the truth, if the assumptions of `method` hold.
        method: how it was estimated.
        n: how many units (accounts, months, deals) it rests on.
        reason: why there is no value.
        note: what a reader should know, in a sentence or two.
    """

    value: float | None
    low: float | None
    high: float | None
    method: str
    n: int
    reason: SuppressionReason | None = None
    note: str | None = None
    level: float = LEVEL

    def __post_init__(self) -> None:
        for number in (self.value, self.low, self.high):
            if number is not None and not math.isfinite(number):
                raise ValueError(f"{number} is no number to give: use `estimated`")
        if (self.value is None) == (self.reason is None):
            raise ValueError("an estimate has either a value or a reason")

    def to_dict(self) -> dict[str, Any]:
        """By the field names of GraphQL."""
        return asdict(self)


def estimated(
    value: float, low: float, high: float, *, method: str, n: int, note: str | None = None,
    otherwise: SuppressionReason = SuppressionReason.NOT_IDENTIFIED,
) -> Estimate:  # fmt: skip
    """An estimate of these numbers; suppressed for the reason `otherwise` where the value is not finite.

    An end of the interval that is not finite is left out.
    """
    if not math.isfinite(value):
        return suppressed(otherwise, method=method, n=n, note=note)
    return Estimate(float(value), _finite(low), _finite(high), method, n, note=note)


def suppressed(reason: SuppressionReason, *, method: str, n: int, note: str | None = None) -> Estimate:
    """No number, and why."""
    return Estimate(None, None, None, method, n, reason, note)


def _finite(number: float) -> float | None:
    return float(number) if math.isfinite(number) else None
