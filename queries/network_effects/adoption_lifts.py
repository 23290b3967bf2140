"""Lifts as they are stored: which pairs, and what was left out in words."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import numpy as np

from ...graph.model.measured import LIFTS
from ..days import day_of
from ..measure import Measure
from ..work import NUMPY, Computed, Floats, Ints, Work
from .histories import Histories
from .lift import ACTIVITY_BANDS, MAX_PARTNERS_OF_ACCOUNT, MIN_CO_ACCOUNTS, Lifts, lifts
from .reading import read_histories

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


def stored_lifts(ids: Sequence[str], histories: Histories) -> Computed:
    """The pairs whose interval lies above 1, at most `MOST_OF_PARTNER` for each first partner, surest first.

    Args:
        ids: of the partners of `histories`.
    """
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
    reverse = _reverse(found, low, len(ids))
    edges = [_edge(ids, found, low, q, reverse, int(at)) for at in kept]
    return Computed(NUMPY, edges=edges, parameters=PARAMETERS, excluded=excluded)


def _rank_within(groups: Ints) -> Ints:
    """The place of each entry among those of its group, in their order."""
    order = np.argsort(groups, kind="stable")
    starts = np.searchsorted(groups[order], groups[order])
    rank = np.empty(groups.size, dtype=np.int64)
    rank[order] = np.arange(groups.size) - starts
    return rank


def _reverse(found: Lifts, low: Floats, partners: int) -> Floats:
    """For each pair, the ratio of the pair the other way round where its interval lies above 1, else NaN."""
    pair, turned = found.source * partners + found.target, found.target * partners + found.source
    order = np.argsort(pair)
    other = order[np.searchsorted(pair[order], turned)]  # both ways have the same accounts in common, so both are there
    return np.where(low[other] > 1, found.ratio.value[other], np.nan)


def _edge(ids: Sequence[str], found: Lifts, low: Floats, q: Floats, reverse: Floats, at: int) -> dict[str, Any]:
    return {
        "from": ids[found.source[at]],
        "to": ids[found.target[at]],
        "rateRatio": float(found.ratio.value[at]),
        "low": float(low[at]),
        "high": float(found.ratio.high[at]),
        "naiveLift": float(found.naive[at]),
        "coAccounts": int(found.co_accounts[at]),
        "events": int(found.events[at]),
        "q": float(q[at]),
        "reverse": float(reverse[at]) if np.isfinite(reverse[at]) else None,
    }


async def _lifts(work: Work) -> Computed:
    adoptions = await work.rows("adoptions")
    histories = read_histories(await work.rows("adopters"), adoptions, day_of(work.as_of))
    return await asyncio.to_thread(stored_lifts, [row[0] for row in adoptions], histories)


LIFT = Measure(
    "lift",
    LIFTS,
    "Which partners' accounts take on which other partner faster than accounts without the first.",
    "Mantel and Haenszel 1959; Greenland and Robins 1985, Estimation of a common effect parameter from sparse "
    "follow-up data, Biometrics 41",
    _lifts,
)
