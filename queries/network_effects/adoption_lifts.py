"""Lifts as they are stored: which pairs, in what words, and what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .histories import Histories
from .lift import ACTIVITY_BANDS, MAX_PARTNERS_OF_ACCOUNT, MIN_CO_ACCOUNTS, Lifts, lifts

MIN_EVENTS = 5
MOST_OF_PARTNER = 50
METHOD = "Mantel–Haenszel rate ratio over person-time, by industry × segment × activity; Greenland–Robins"
PARAMETERS = {
    "minCoAccounts": MIN_CO_ACCOUNTS,
    "minEvents": MIN_EVENTS,
    "maxPartnersOfAccount": MAX_PARTNERS_OF_ACCOUNT,
    "mostOfPartner": MOST_OF_PARTNER,
    "strata": ["industry", "segment", "activity"],
    "activityBands": ACTIVITY_BANDS,
    "method": METHOD,
}


@dataclass(frozen=True)
class StoredLifts:
    """Edges to store, by positions of partners, and what was left out in words."""

    edges: Sequence[dict[str, Any]]
    excluded: Sequence[str]


def stored_lifts(histories: Histories) -> StoredLifts:
    """The pairs whose interval lies above 1, at most `MOST_OF_PARTNER` for each first partner, surest first."""
    thinned, busy = histories.without_busy(MAX_PARTNERS_OF_ACCOUNT)
    found = lifts(thinned)
    low = np.nan_to_num(found.ratio.low, nan=0.0)
    clear = (low > 1) & (found.events >= MIN_EVENTS) & np.isfinite(found.ratio.high)
    q = found.q
    order = np.lexsort((found.target, -low, q))
    order = order[clear[order]]
    rank = _rank_within(found.source[order])
    kept = order[rank < MOST_OF_PARTNER]
    excluded = [
        f"Pairs of partners with fewer than {MIN_CO_ACCOUNTS} accounts in common.",
        f"{int((~clear).sum()):,} of {clear.size:,} pairs with more: the interval holds 1 or lies below it, or fewer "
        f"than {MIN_EVENTS} accounts took on the second partner after the first.",
    ]
    if busy:
        excluded.append(f"{busy:,} accounts with more than {MAX_PARTNERS_OF_ACCOUNT} partners.")
    if kept.size < order.size:
        excluded.append(f"{order.size - kept.size:,} pairs beyond the {MOST_OF_PARTNER} surest of their first partner.")
    return StoredLifts([_edge(found, low, q, int(at)) for at in kept], excluded)


def _rank_within(groups: np.ndarray[Any, np.dtype[np.int64]]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The place of each entry among those of its group, in their order."""
    order = np.argsort(groups, kind="stable")
    starts = np.searchsorted(groups[order], groups[order])
    rank = np.empty(groups.size, dtype=np.int64)
    rank[order] = np.arange(groups.size) - starts
    return rank


def _edge(found: Lifts, low: Any, q: Any, at: int) -> dict[str, Any]:
    return {
        "source": int(found.source[at]),
        "target": int(found.target[at]),
        "rateRatio": float(found.ratio.value[at]),
        "low": float(low[at]),
        "high": float(found.ratio.high[at]),
        "naiveLift": float(found.naive[at]),
        "coAccounts": int(found.co_accounts[at]),
        "events": int(found.events[at]),
        "expected": float(found.ratio.expected[at]),
        "q": float(q[at]),
    }
