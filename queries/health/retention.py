"""Retention over a period: which share of customers, and of their revenue, stayed, with and without integrations.

Customers of the first day are told apart by the partner-built integrations that they had enabled on that day. Logo
retention is the share that are customers on the last day too (Wilson's interval). Net revenue retention is their ARR of
the last day over that of the first, gross revenue retention the same with each account's ARR counted up to that of
the first day; the interval of these ratios follows from the spread of accounts about them (W. G. Cochran, "Sampling
Techniques", 3rd edition, Wiley 1977, section 2.11). Several currencies are brought to one by the rates of the first
day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..estimate import Estimate, SuppressionReason, Z, estimated, suppressed
from ..rates import wilson

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

LOGO_METHOD = "share of customers of the first day that are customers on the last; Wilson"
NET_METHOD = "ARR of the last day over ARR of the first; linearised ratio"
GROSS_METHOD = "ARR of the last day, up to that of the first, over ARR of the first; linearised ratio"
MIN_ACCOUNTS = 30
"""Accounts with ARR that a ratio of revenues must rest on."""


@dataclass(frozen=True)
class Cohort:
    """The customers of the first day: `before` and `after` are their ARR in one unit, NaN where it is not known."""

    exposed: Bools
    stayed: Bools
    before: Floats
    after: Floats
    revenue_note: str | None = None


class Group(NamedTuple):
    """What became of some of the customers."""

    logo: Estimate
    net: Estimate
    gross: Estimate


def retention(cohort: Cohort) -> tuple[Group, Group]:
    """Retention of customers with the integrations and of those without."""
    return _group(cohort, cohort.exposed), _group(cohort, ~cohort.exposed)


def _group(cohort: Cohort, chosen: Bools) -> Group:
    count, stayed = int(chosen.sum()), int(cohort.stayed[chosen].sum())
    if count:
        low, high = wilson(stayed, count)
        logo = estimated(stayed / count, low, high, method=LOGO_METHOD, n=count)
    else:
        logo = suppressed(SuppressionReason.TOO_FEW_EXPOSED, method=LOGO_METHOD, n=0, note="There is no such customer.")
    known = chosen & np.isfinite(cohort.before) & (cohort.before > 0)
    before, after = cohort.before[known], cohort.after[known]
    has_history = bool(np.isfinite(cohort.before).any())
    note = cohort.revenue_note or f"Of {count:,} customers, {before.size:,} have an ARR by day."
    return Group(
        logo,
        _ratio(before, after, NET_METHOD, note, has_history),
        _ratio(before, np.minimum(after, before), GROSS_METHOD, note, has_history, most=1.0),
    )


def _ratio(before: Floats, after: Floats, method: str, note: str, has_history: bool, most: float = np.inf) -> Estimate:
    if before.size < MIN_ACCOUNTS:
        reason = SuppressionReason.TOO_FEW_EXPOSED if has_history else SuppressionReason.MISSING_DATA
        needed = f" {MIN_ACCOUNTS} are needed." if has_history else " Import one with `ecograph import table --as arr`."
        return suppressed(reason, method=method, n=before.size, note=note + needed)
    ratio = after.sum() / before.sum()
    spread = np.square(after - ratio * before).sum() * before.size / (before.size - 1)
    half = Z * float(np.sqrt(spread)) / before.sum()
    return estimated(ratio, max(0.0, ratio - half), min(ratio + half, most), method=method, n=before.size, note=note)
