"""The health metrics on many days at once: what holds when is pulled once, and counted by day."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ..days import ALWAYS, NEVER, Ints, days_of
from ..rows import Rows, flat


def holding(since: Sequence[int], until: Sequence[int], days: Ints) -> Ints:
    """How many of these spans hold on each day."""
    begun, ended = np.sort(days_of(since)), np.sort(days_of(until, NEVER))
    return (np.searchsorted(begun, days, side="right") - np.searchsorted(ended, days, side="right")).astype(np.int64)


def active_partners(rows: Rows, days: Ints, within: int | None) -> Ints:
    """How many partners of `timeline_partners.cypher` are in the program and did something in the days before each day.

    Args:
        within: how many days before; None where no activity is dated, and to be in the program is enough.
    """
    count = np.zeros(days.size, dtype=np.int64)
    joined, left = (days_of([row[at] for row in rows], missing) for at, missing in ((0, ALWAYS), (1, NEVER)))
    for (_, _, active), first, last in zip(rows, joined, left, strict=True):
        holds = (first <= days) & (days < last)
        if within is not None:
            acted = days_of(active)
            holds &= np.searchsorted(acted, days, side="right") > np.searchsorted(acted, days - within, side="right")
        count += holds
    return count


def users(rows: Rows, days: Ints) -> Ints:
    """How many accounts of `timeline_uses.cypher` use any product on each day."""
    account, _, since, until = _uses(rows)
    return np.array([np.unique(account[(since <= day) & (day < until)]).size for day in days], dtype=np.int64)


def won_between(days: Sequence[int], amounts: Sequence[int], bounds: Ints) -> list[int]:
    """Sums of the amounts of the days from each bound up to, and without, the next."""
    place = np.searchsorted(bounds, days_of(days), side="right") - 1
    sums = [0] * (bounds.size - 1)
    for at, amount in zip(place.tolist(), amounts, strict=True):
        if 0 <= at < len(sums):
            sums[at] += amount
    return sums


def integration_depth(uses: Rows, integrations: Rows, days: Ints) -> list[float | None]:
    """Integration depth on each day, as `integration_depth.cypher` defines it; None where nothing can be joined.

    Args:
        uses: of `timeline_uses.cypher`.
        integrations: of `timeline_integrations.cypher`.
    """
    account, product, since, until = _uses(uses)
    joins = np.array([[at, *join] for at, row in enumerate(integrations) for join in row[2]], np.int64).reshape(-1, 4)
    switched = np.array([[at, *on] for at, row in enumerate(integrations) for on in row[3]], np.int64).reshape(-1, 4)
    launched, retired = days_of([row[0] for row in integrations]), days_of([row[1] for row in integrations], NEVER)
    candidates = _joinable(account, product, joins[:, 0], joins[:, 1])
    pair, use, join = candidates
    keys, place = np.unique(pair, return_inverse=True)
    who, what = keys // (len(integrations) or 1), keys % (len(integrations) or 1)
    begin = np.maximum(since[use], days_of(joins[join, 2]))
    end = np.minimum(until[use], days_of(joins[join, 3], NEVER))
    on_place, on_since, on_until = _switched(keys, switched, len(integrations))
    found: list[float | None] = []
    for day in days:
        holds = (begin <= day) & (day < end)
        joined = np.bincount(place[holds], minlength=keys.size) >= 2
        joined &= (launched[what] <= day) & (day < retired[what])
        enabled = np.zeros(keys.size, dtype=np.bool_)
        enabled[on_place[(on_since <= day) & (day < on_until)]] = True
        found.append(_mean_share(who[joined], enabled[joined]))
    return found


def _uses(rows: Rows) -> tuple[Ints, Ints, Ints, Ints]:
    product = np.repeat([row[0] for row in rows], [len(row[1]) for row in rows]).astype(np.int64)
    return flat(rows, 1), product, days_of(flat(rows, 2)), days_of(flat(rows, 3), NEVER)


def _joinable(account: Ints, product: Ints, integration: Ints, joined: Ints) -> tuple[Ints, Ints, Ints]:
    """Uses of products that an integration joins, for accounts that may use two: pair of the two, use, join.

    Any two products of an integration include one that is not its most used: accounts are looked up from these, for
    everybody uses the platform, which most integrations join.
    """
    use = pl.DataFrame({"account": account, "product": product}).with_row_index("use")
    popular = use.group_by("product").len("users")
    join = (
        pl.DataFrame({"integration": integration, "product": joined})
        .with_row_index("join")
        .join(popular, on="product", how="left")
        .with_columns(pl.col("users").fill_null(0))
    )
    place, last = pl.int_range(pl.len()).over("integration"), pl.len().over("integration") - 1
    rarer = join.sort("users", "product").filter(place < last)
    candidates = use.join(rarer, on="product").select("account", "integration").unique()
    rows = candidates.join(join, on="integration").join(use, on=["account", "product"])
    rows = rows.sort("account", "integration", "use")
    count = int(integration.max(initial=-1)) + 1
    pair = rows["account"].to_numpy().astype(np.int64) * max(count, 1) + rows["integration"].to_numpy()
    return pair, rows["use"].to_numpy().astype(np.int64), rows["join"].to_numpy().astype(np.int64)


def _switched(keys: Ints, switched: Ints, integrations: int) -> tuple[Ints, Ints, Ints]:
    key = switched[:, 1] * max(integrations, 1) + switched[:, 0]
    place = np.searchsorted(keys, key)
    known = (place < keys.size) & (keys[np.minimum(place, max(keys.size - 1, 0))] == key) if keys.size else key < key
    return place[known], days_of(switched[known, 2]), days_of(switched[known, 3], NEVER)


def _mean_share(who: Ints, enabled: NDArray[np.bool_]) -> float | None:
    accounts, place = np.unique(who, return_inverse=True)
    if not accounts.size:
        return None
    available = np.bincount(place)
    return float((np.bincount(place, weights=enabled.astype(np.float64)) / available).mean())
