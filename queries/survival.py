"""Kaplan–Meier curves.

Sources: E. L. Kaplan, P. Meier, "Nonparametric estimation from incomplete observations", Journal of the American
Statistical Association 53 (1958) 457–481. The interval is Greenwood's on the scale of log(−log S): J. D. Kalbfleisch,
R. L. Prentice, "The Statistical Analysis of Failure Time Data" (2nd edition, Wiley 2002), section 1.4.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .estimate import Z

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Curve(NamedTuple):
    """Survival on some days: the share still there, its interval, and how many were at risk just before that day."""

    day: Ints
    surviving: Floats
    low: Floats
    high: Floats
    at_risk: Ints


def kaplan_meier(duration: Ints, is_event: Bools, days: Ints) -> Curve:
    """The survival curve on these days.

    Args:
        duration: days under observation, one for each account.
        is_event: it ended with the event; else it was cut off (censored) then.
        days: in ascending order.
    """
    times = np.unique(duration[is_event])
    ordered = np.sort(duration)
    at_risk = duration.size - np.searchsorted(ordered, times)
    events = np.bincount(np.searchsorted(times, duration[is_event]), minlength=times.size)
    with np.errstate(divide="ignore", invalid="ignore"):
        survival = np.concatenate([[1.0], np.cumprod(1 - events / at_risk)])
        greenwood = np.concatenate([[0.0], np.cumsum(events / (at_risk * (at_risk - events)))])
        spread = Z * np.sqrt(greenwood) / np.abs(np.log(survival))
        low = np.where(survival < 1, survival ** np.exp(spread), 1.0)
        high = np.where(survival < 1, survival ** np.exp(-spread), 1.0)
    # Where nobody is left, Greenwood's sum is infinite: the interval is then all that is below the day before.
    ends = survival == 0
    low, high = np.where(ends, 0.0, low), np.where(ends, np.concatenate([[1.0], high[:-1]]), high)
    at = np.searchsorted(times, days, side="right")
    left = duration.size - np.searchsorted(ordered, days)
    return Curve(days, survival[at], low[at], high[at], left.astype(np.int64))
