"""How deals go with accounts that have a partner, against like accounts without it.

Deals are told apart by the segment and the industry of their accounts (strata), and only strata with deals of both
sorts are compared. What is expected of accounts without the partner is standardised directly: their share or mean of
each stratum, weighted by the deals with the partner (K. J. Rothman, S. Greenland, T. L. Lash, "Modern Epidemiology",
3rd edition, Lippincott 2008, chapter 15). Intervals: Wilson's for a share; for a standardised share the normal one
with variances after A. Agresti, B. Caffo, "Simple and effective confidence intervals for proportions", The American
Statistician 54 (2000) 280–288; for means Student's t with the variance within strata. A deal is with the partner when
its account had it on the day on which the deal was opened, or when the partner sourced it: what came later may follow
from how the deal went.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..estimate import LEVEL, Estimate, SuppressionReason, Z, estimated, suppressed
from ..rates import wilson

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

MIN_WON = 10
"""Won deals that a number must rest on."""
SHARE = "share of closed deals that were won; Wilson"
STANDARD_SHARE = "share of closed deals that were won, standardised by segment and industry; normal approximation"
MEAN = "mean of won deals; Student's t"
STANDARD_MEAN = "mean of won deals, standardised by segment and industry; Student's t"


class Shares(NamedTuple):
    """Deals by stratum."""

    won: Floats
    closed: Floats


class Moments(NamedTuple):
    """A value of won deals by stratum: how many, their sum, and the sum of their squares."""

    deals: Floats
    total: Floats
    squares: Floats

    def of(self, kept: NDArray[np.bool_]) -> Moments:
        """Those of some strata."""
        return Moments(self.deals[kept], self.total[kept], self.squares[kept])


class Compared(NamedTuple):
    """With the partner, and what is expected of like accounts without it."""

    own: Estimate
    comparable: Estimate


def win_rates(own: Shares, others: Shares) -> Compared:
    """The share of closed deals that were won."""
    kept, note = _kept(own.closed, others.closed)
    won, closed = int(own.won[kept].sum()), int(own.closed[kept].sum())
    if won < MIN_WON:
        first = _too_few(SHARE, won, "with")
    else:
        first = estimated(won / closed, *wilson(won, closed), method=SHARE, n=closed, note=note)
    meet = _meet(own.closed, others.closed)
    refused = _refused(STANDARD_SHARE, meet, others.won)
    if refused is not None:
        return Compared(first, refused)
    there, count = others.won[meet], others.closed[meet]
    weight = own.closed[meet] / own.closed[meet].sum()
    value = float((weight * there / count).sum())
    likely = (there + 1) / (count + 2)
    half = Z * math.sqrt(float((np.square(weight) * likely * (1 - likely) / (count + 2)).sum()))
    low, high = max(0.0, value - half), min(1.0, value + half)
    return Compared(first, estimated(value, low, high, method=STANDARD_SHARE, n=int(count.sum()), note=note))


def means(own: Moments, others: Moments) -> Compared:
    """The mean of a value of won deals."""
    kept, note = _kept(own.deals, others.deals)
    if own.deals[kept].sum() < MIN_WON:
        first = _too_few(MEAN, int(own.deals[kept].sum()), "with")
    else:
        chosen = own.of(kept & (own.deals > 0))
        first = _mean(chosen, chosen.deals, MEAN, note)
    meet = _meet(own.deals, others.deals)
    refused = _refused(STANDARD_MEAN, meet, others.deals)
    return Compared(first, refused or _mean(others.of(meet), own.deals[meet], STANDARD_MEAN, note))


def _mean(values: Moments, weights: Floats, method: str, note: str | None) -> Estimate:
    weight, count = weights / weights.sum(), values.deals
    value = float((weight * values.total / count).sum())
    free = float(count.sum()) - count.size
    within = float((values.squares - np.square(values.total) / count).sum())
    spread = max(within, 0.0) / free if free > 0 else math.nan
    from scipy.special import stdtrit  # here, as it takes longer to load than all the rest

    half = float(stdtrit(free, (1 + LEVEL) / 2)) * math.sqrt(spread * float((np.square(weight) / count).sum()))
    return estimated(value, max(0.0, value - half), value + half, method=method, n=int(count.sum()), note=note)


def _meet(own: Floats, others: Floats) -> Bools:
    return (own > 0) & (others > 0)


def _kept(own: Floats, others: Floats) -> tuple[Bools, str | None]:
    """The strata in which deals can be compared, all where there are none, and what a reader should know of it."""
    meet = _meet(own, others)
    left = int(own[~meet].sum())
    if not meet.any():
        return np.ones_like(meet), None
    if not left:
        return meet, None
    of_all = f"{left:,} of {int(own.sum()):,} deals are left out"
    return meet, f"{of_all}: no deal without the partner is of their segment and industry."


def _too_few(method: str, won: int, which: str) -> Estimate:
    note = f"{won} won deals {which} the partner; {MIN_WON} are needed."
    return suppressed(SuppressionReason.TOO_FEW_EVENTS, method=method, n=won, note=note)


def _refused(method: str, meet: Bools, won: Floats) -> Estimate | None:
    if not meet.any():
        note = "No deals with and without the partner are of one segment and industry."
        return suppressed(SuppressionReason.NOT_IDENTIFIED, method=method, n=0, note=note)
    count = int(won[meet].sum())
    return _too_few(method, count, "of like accounts without") if count < MIN_WON else None
