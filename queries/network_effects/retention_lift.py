"""Retention with partner-built integrations: how the rate of leaving differs from the k-th integration on.

Accounts are followed from their first day as customers. Each counts as unexposed until the day on which it enabled its
k-th partner-built integration, and as exposed from the next day on. To compare those that ever enabled one with those
that never did would credit integrations with the time that an account had to stay in order to enable them ("immortal
time": S. Suissa, "Immortal time bias in pharmacoepidemiology", American Journal of Epidemiology 167 (2008) 492–499).

Three readings of the same: the rate ratio over person-time, in strata of segment × size × year as a customer (Mantel–
Haenszel); the risk difference after a landmark (J. R. Anderson, K. C. Cain, R. D. Gelber, "Analysis of survival by
tumor response", Journal of Clinical Oncology 1 (1983) 710–719), in strata of segment × size; and Kaplan–Meier curves
from that landmark on. An association, not a cause: who likes the product enables more and stays longer.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..estimate import Estimate, SuppressionReason, Z, estimated, suppressed
from ..rates import rate_ratios, risk_differences
from ..survival import Curve, kaplan_meier

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

MIN_EXPOSED = 30
MIN_EVENTS = 5
LANDMARK = 180
"""Days after the first one on which accounts are told apart for the risk difference and the curves."""
HORIZON = 365
"""Days after the landmark over which the risk is compared."""
YEARS = (365, 730, 1095)
"""Where tenure bands begin, beside 0."""
_STEP = 30
RATE_METHOD = "Mantel–Haenszel rate ratio over person-time, by segment × size × year as a customer; Greenland–Robins"
RISK_METHOD = "Mantel–Haenszel risk difference after a landmark, by segment × size; Greenland–Robins"


@dataclass(frozen=True)
class Customers:
    """Accounts from their first day on; days are counted on one calendar.

    Attributes:
        start: first day as a customer.
        end: first day after what is seen of it: the day on which it left, or the last day of all.
        left: it left on `end`.
        exposed: day on which it enabled its k-th partner-built integration; `end` or later where it did not.
        stratum: segment × size, from 0 on.
    """

    start: Ints
    end: Ints
    left: Bools
    exposed: Ints
    stratum: Ints

    @property
    def turn(self) -> Ints:
        """First exposed day, between `start` and `end`."""
        return np.clip(self.exposed + 1, self.start, self.end)

    @property
    def ever(self) -> Bools:
        """Whether it was exposed for a day or longer."""
        return np.asarray(self.turn < self.end)


class RetentionLift(NamedTuple):
    """What was found; `curves` are without exposure and with it, in days from the landmark, empty where suppressed."""

    rate_ratio: Estimate
    risk_difference: Estimate
    naive_risk_ratio: float | None
    exposed: int
    unexposed: int
    curves: tuple[Curve, Curve] | None


def retention_lift(customers: Customers, note: str | None = None) -> RetentionLift:
    """The rate of leaving with exposure against that without, the risk difference, and curves."""
    ever = customers.ever
    exposed, unexposed = int(ever.sum()), int((~ever).sum())
    if min(exposed, unexposed) < MIN_EXPOSED:
        why = f"{exposed} accounts with exposure and {unexposed} without; {MIN_EXPOSED} of each are needed."
        ratio, difference = (
            suppressed(SuppressionReason.TOO_FEW_EXPOSED, method=method, n=ever.size, note=why)
            for method in (RATE_METHOD, RISK_METHOD)
        )
        return RetentionLift(ratio, difference, None, exposed, unexposed, None)
    landmark = _at_landmark(customers)
    enough = min(int(landmark.exposed.sum()), int((~landmark.exposed).sum())) >= MIN_EXPOSED
    return RetentionLift(
        _rate_ratio(customers, note),
        _risk_difference(landmark),
        _naive(customers.left, ever),
        exposed,
        unexposed,
        _curves(landmark) if enough else None,
    )


def _rate_ratio(customers: Customers, note: str | None) -> Estimate:
    bands = np.array([0, *YEARS, np.iinfo(np.int64).max // 4])
    cells = (int(customers.stratum.max(initial=-1)) + 1) * (bands.size - 1)
    sums = np.zeros((4, cells))
    for band, (low, high) in enumerate(itertools.pairwise(bands)):
        begin, end = customers.start + low, np.minimum(customers.end, customers.start + high)
        end = np.maximum(end, begin)
        turn = np.clip(customers.turn, begin, end)
        # The day on which it left is `end` itself, which no longer counts as observed: the day before does.
        here = customers.left & (customers.end > begin) & (customers.end <= customers.start + high)
        is_exposed = customers.turn < customers.end
        cell = customers.stratum * (bands.size - 1) + band
        parts = (here & is_exposed, end - turn, here & ~is_exposed, turn - begin)
        for row, part in enumerate(parts):
            sums[row] += np.bincount(cell, weights=part.astype(np.float64), minlength=cells)
    events, other_events = int(sums[0].sum()), int(sums[2].sum())
    if min(events, other_events) < MIN_EVENTS:
        return suppressed(
            SuppressionReason.TOO_FEW_EVENTS,
            method=RATE_METHOD,
            n=customers.left.size,
            note=f"{events} left with exposure and {other_events} without; {MIN_EVENTS} of each are needed.",
        )
    found = rate_ratios(*sums)
    return estimated(
        float(found.value), float(found.low), float(found.high), method=RATE_METHOD, n=customers.left.size, note=note
    )


@dataclass(frozen=True)
class _Landmark:
    """Accounts that were customers on the landmark: days seen after it, whether they left, exposure by then."""

    duration: Ints
    left: Bools
    exposed: Bools
    stratum: Ints
    follow_up: Ints


def _at_landmark(customers: Customers) -> _Landmark:
    day = customers.start + LANDMARK
    last = int(customers.end.max(initial=0))
    there = customers.end > day
    return _Landmark(
        (customers.end - day)[there],
        customers.left[there],
        (customers.exposed <= day)[there],
        customers.stratum[there],
        (last - day)[there],
    )


def _risk_difference(landmark: _Landmark) -> Estimate:
    full = landmark.follow_up >= HORIZON
    event = landmark.left & (landmark.duration <= HORIZON)
    note = (
        f"Share that left within {HORIZON} days of the landmark, {LANDMARK} days after the first one, with exposure by "
        "the landmark minus without; what was enabled later counts as without."
    )
    counts = {
        (what, exposed): np.bincount(landmark.stratum[chosen], minlength=int(landmark.stratum.max(initial=0)) + 1)
        for exposed in (True, False)
        for what, chosen in (
            ("left", full & event & (landmark.exposed == exposed)),
            ("all", full & (landmark.exposed == exposed)),
        )
    }
    n = int(full.sum())
    if min(counts["all", True].sum(), counts["all", False].sum()) < MIN_EXPOSED:
        return suppressed(SuppressionReason.TOO_FEW_EXPOSED, method=RISK_METHOD, n=n, note=note)
    found = risk_differences(counts["left", True], counts["all", True], counts["left", False], counts["all", False])
    value, half = float(found.value), Z * float(found.error)
    return estimated(value, value - half, value + half, method=RISK_METHOD, n=n, note=note)


def _curves(landmark: _Landmark) -> tuple[Curve, Curve]:
    days = np.arange(0, int(landmark.duration.max(initial=0)), _STEP)
    without, exposed = (
        kaplan_meier(landmark.duration[group], landmark.left[group], days)
        for group in (~landmark.exposed, landmark.exposed)
    )
    return without, exposed


def _naive(left: Bools, ever: Bools) -> float | None:
    """Share that left of those ever exposed, over that of those never exposed."""
    risk, other = left[ever].mean(), left[~ever].mean()
    return float(risk / other) if other > 0 else None
