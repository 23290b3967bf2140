"""Rates and risks compared over strata, after Mantel and Haenszel.

Everything is over arrays whose last axis is the strata, so that many comparisons are made at once.

Sources: N. Mantel, W. Haenszel, "Statistical aspects of the analysis of data from retrospective studies of disease",
Journal of the National Cancer Institute 22 (1959) 719–748. S. Greenland, J. M. Robins, "Estimation of a common effect
parameter from sparse follow-up data", Biometrics 41 (1985) 55–68. E. B. Wilson, "Probable inference, the law of
succession, and statistical inference", Journal of the American Statistical Association 22 (1927) 209–212.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .estimate import Z

Floats = NDArray[np.float64]
Array = NDArray[Any]


class Ratios(NamedTuple):
    """Common rate ratios: NaN or infinite where the strata do not tell."""

    value: Floats
    log_error: Floats
    """Standard error of the natural logarithm of the value."""
    expected: Floats
    """Events of the first group if both had the same rates."""

    @property
    def low(self) -> Floats:
        return self._end(-Z)

    @property
    def high(self) -> Floats:
        return self._end(Z)

    def _end(self, errors: float) -> Floats:
        with np.errstate(invalid="ignore", over="ignore"):
            return np.asarray(self.value * np.exp(errors * self.log_error))


class Differences(NamedTuple):
    """Common risk differences and their standard errors; NaN where the strata do not tell."""

    value: Floats
    error: Floats


def rate_ratios(events: Array, time: Array, other_events: Array, other_time: Array) -> Ratios:
    """The rate of the first group against the rate of the other: Mantel–Haenszel over strata, for person-time.

    Args:
        events: events of the first group, per stratum (last axis).
        time: person-time of the first group, in any unit.
        other_events: events of the other group.
        other_time: person-time of the other group, in the same unit.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        total = time + other_time
        share, other_share = np.where(total > 0, time / total, 0.0), np.where(total > 0, other_time / total, 0.0)
        above = (events * other_share).sum(axis=-1)
        below = (other_events * share).sum(axis=-1)
        both = events + other_events
        variance = (both * share * other_share).sum(axis=-1) / (above * below)
        return Ratios(np.asarray(above / below), np.sqrt(variance), (both * share).sum(axis=-1))


def risk_differences(events: Array, people: Array, other_events: Array, other_people: Array) -> Differences:
    """The risk of the first group minus the risk of the other: Mantel–Haenszel over strata, for people.

    The standard error is that of Greenland and Robins.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        total = people + other_people
        is_both = (people > 0) & (other_people > 0)
        weight = np.where(is_both, people * other_people / total, 0.0)
        difference = np.where(is_both, events / people - other_events / other_people, 0.0)
        spread = np.where(
            is_both,
            (
                events * (people - events) * other_people**3.0
                + other_events * (other_people - other_events) * people**3.0
            )
            / (people * other_people * total**2.0),
            0.0,
        )
        weights = weight.sum(axis=-1)
        return Differences((weight * difference).sum(axis=-1) / weights, np.sqrt(spread.sum(axis=-1)) / weights)


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """Wilson's interval for a share; of no trials, the whole range."""
    if trials == 0:
        return 0.0, 1.0
    share, z2 = successes / trials, Z * Z
    middle = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    half = Z / (1 + z2 / trials) * math.sqrt(share * (1 - share) / trials + z2 / (4 * trials * trials))
    return max(0.0, middle - half), min(1.0, middle + half)
