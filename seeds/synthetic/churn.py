"""When customers leave, with a planted hazard ratio of partner-built integrations."""

from __future__ import annotations

import numpy as np

from .accounts import Accounts
from .draws import Floats, Ints, Random
from .span import NEVER, Span

_HAZARD_PER_YEAR = np.array([0.25, 0.15, 0.08])
"""Of a customer of each segment without partner-built integrations, from its second year on."""
_FIRST_YEAR = 1.3
_SIZE_EXPONENT = -0.15


def churn_days(rng: Random, accounts: Accounts, exposed_from: Ints, hazard_ratio: float, span: Span) -> Ints:
    """The day on which each account leaves; NEVER for those that stay, and those that are no customers.

    The hazard falls with segment and size and after the first year, and is multiplied by `hazard_ratio` from the day
    in `exposed_from` on.
    """
    customers = np.arange(accounts.customers)
    since = accounts.since[customers].astype(np.float64)
    base = _HAZARD_PER_YEAR[accounts.segment[customers]] / 365 * accounts.relative_size[customers] ** _SIZE_EXPONENT
    settled = since + 365
    exposed = np.maximum(exposed_from[customers].astype(np.float64), since)
    knots = np.stack([since, np.minimum(settled, exposed), np.maximum(settled, exposed)])
    hazards = np.stack(
        [base * np.where(t < settled, _FIRST_YEAR, 1.0) * np.where(t < exposed, 1.0, hazard_ratio) for t in knots]
    )
    times = _invert(rng.exponential(size=customers.size), knots, hazards)
    days = np.full(accounts.count, NEVER, dtype=np.int64)
    drawn = np.floor(np.minimum(times, NEVER)).astype(np.int64) + 1
    days[customers] = np.where(drawn < span.days, drawn, NEVER)
    return days


def _invert(wanted: Floats, knots: Floats, hazards: Floats) -> Floats:
    """The time at which the cumulated hazard reaches what is wanted; `hazards[i]` holds from `knots[i]` on."""
    times = np.empty_like(wanted)
    cumulated = np.zeros_like(wanted)
    reached = np.zeros(wanted.size, dtype=np.bool_)
    for at in range(len(knots)):
        length = knots[at + 1] - knots[at] if at + 1 < len(knots) else np.full_like(wanted, np.inf)
        here = ~reached & (cumulated + hazards[at] * length > wanted)
        times[here] = (knots[at] + (wanted - cumulated) / hazards[at])[here]
        reached |= here
        cumulated = cumulated + hazards[at] * np.where(np.isinf(length), 0.0, length)
    return times
