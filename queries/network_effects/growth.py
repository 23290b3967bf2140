"""The network effect: the exponent b in V = c · n^b, from how the value V of the whole and the partners n grew.

First differences come first: months in which more partners joined than usual are compared with months in which fewer
did, after what both grow by in a usual month. A fit of the levels agrees with any two things that grow, so it is second
and its R² is no evidence. Neither says that partners brought the accounts: both may follow from demand.

The interval of the first differences uses White's heteroskedasticity-consistent variance in the form HC3 and Student's
t; over simulated ecosystems it held the truth as often as it says, where Newey and West's (HAC) and a block bootstrap
held it less often (docs/measures/network-effect.md). That of the levels takes their errors to add up from month to
month (a random walk) with steps as large as the differences show; the usual one held the truth in one case of three.

Sources: J. G. MacKinnon, H. White, "Some heteroskedasticity-consistent covariance matrix estimators with improved
finite sample properties", Journal of Econometrics 29 (1985) 305–325. C. W. J. Granger, P. Newbold, "Spurious
regressions in econometrics", Journal of Econometrics 2 (1974) 111–120.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..estimate import LEVEL, Estimate, SuppressionReason, estimated, suppressed

Floats = NDArray[np.float64]

MIN_MONTHS = 12
"""Differences that there must be."""
DIFFERENCE_METHOD = "least squares on monthly differences of logarithms with a constant; HC3, Student's t"
LEVEL_METHOD = "least squares on logarithms of monthly levels; variance for errors that add up, Student's t"


class Exponents(NamedTuple):
    """The exponent by differences and by levels, and the months (positions) that they rest on."""

    exponent: Estimate
    level_exponent: Estimate
    months: NDArray[np.int64]


def exponents(partners: Floats, value: Floats, note: str | None = None) -> Exponents:
    """The exponent of growth.

    Args:
        partners: n, partners in the program on the first day of each month.
        value: V on the same days.
        note: what V is, for the reader.
    """
    months = np.flatnonzero((partners > 0) & (value > 0))
    # Months in between without partners or value end what can be compared: the last unbroken stretch is used.
    breaks = np.flatnonzero(np.diff(months) > 1)
    months = months[breaks[-1] + 1 :] if breaks.size else months
    n, v = np.log(partners[months]), np.log(value[months])
    steps, grown = np.diff(n), np.diff(v)
    reason = (
        SuppressionReason.TOO_FEW_PERIODS
        if steps.size < MIN_MONTHS
        else SuppressionReason.NOT_IDENTIFIED
        if steps.std() < 1e-9
        else None
    )
    if reason is not None:
        why = f"{steps.size} monthly differences; {MIN_MONTHS} are needed, and the number of partners must change."
        first, second = (
            suppressed(reason, method=m, n=steps.size, note=why) for m in (DIFFERENCE_METHOD, LEVEL_METHOD)
        )
        return Exponents(first, second, months)
    return Exponents(_differences(steps, grown, note), _levels(n, v, steps, grown, note), months)


def _differences(steps: Floats, grown: Floats, note: str | None) -> Estimate:
    design = np.stack([np.ones_like(steps), steps], axis=1)
    slope, inverse, left = _least_squares(design, grown)
    leverage = np.minimum(np.einsum("ij,jk,ik->i", design, inverse, design), 1 - 1e-9)
    scores = design * (left / (1 - leverage))[:, None]
    error = np.sqrt((inverse @ scores.T @ scores @ inverse)[1, 1])
    return _with_interval(slope, error, steps.size, 2, DIFFERENCE_METHOD, note)


def _levels(n: Floats, v: Floats, steps: Floats, grown: Floats, note: str | None) -> Estimate:
    design = np.stack([np.ones_like(n), n], axis=1)
    slope, inverse, _ = _least_squares(design, v)
    left = grown - slope * steps
    step_variance = left @ left / (steps.size - 1)
    place = np.arange(n.size)
    walk = step_variance * np.minimum.outer(place, place)
    reach = inverse @ design.T
    error = np.sqrt((reach @ walk @ reach.T)[1, 1])
    return _with_interval(slope, error, steps.size, 1, LEVEL_METHOD, note)


def _least_squares(design: Floats, y: Floats) -> tuple[float, Floats, Floats]:
    """The slope, the inverse of the design's cross product, and the residuals."""
    inverse: Floats = np.linalg.pinv(design.T @ design).astype(np.float64)
    fitted = inverse @ design.T @ y
    return float(fitted[1]), inverse, y - design @ fitted


def _with_interval(slope: float, error: float, n: int, fitted: int, method: str, note: str | None) -> Estimate:
    from scipy.special import stdtrit  # here, as it takes longer to load than all the rest

    half = float(stdtrit(n - fitted, (1 + LEVEL) / 2)) * error
    return estimated(slope, slope - half, slope + half, method=method, n=n, note=note)


class CrossSide(NamedTuple):
    """How growth of the two sides went together `lag` months apart: correlations, None where nothing varies."""

    lag: int
    partners_then_accounts: float | None
    accounts_then_partners: float | None


def cross_side(partners: Floats, value: Floats, most: int = 6) -> list[CrossSide]:
    """Correlations of the monthly growth (differences of logarithms) of both sides at lags of 0 to `most` months."""
    both = (partners > 0) & (value > 0)
    if not both.any():
        return []
    first = int(np.argmax(both))
    steps, grown = np.diff(np.log(np.maximum(partners[first:], 1e-9))), np.diff(np.log(np.maximum(value[first:], 1e-9)))
    lags = range(min(most, steps.size - MIN_MONTHS) + 1)
    return [
        CrossSide(
            lag,
            _correlation(steps[: steps.size - lag], grown[lag:]),
            _correlation(grown[: grown.size - lag], steps[lag:]),
        )
        for lag in lags
    ]


def _correlation(x: Floats, y: Floats) -> float | None:
    x, y = x - x.mean(), y - y.mean()
    scale = float(np.sqrt((x @ x) * (y @ y)))
    return float(x @ y) / scale if scale > 1e-12 else None
