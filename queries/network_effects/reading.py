"""From the rows of the queries to arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..days import NEVER, Ints, date_of, day_of, days_of, first_days
from ..rows import Rows, flat
from .histories import Histories
from .retention_lift import Customers

Floats = NDArray[np.float64]
_SIZES = 3


def read_customers(rows: Rows, end: int) -> Customers:
    """Customers of `customers.cypher`, in strata of segment × third of ARR within segment and currency.

    Args:
        rows: one for each segment and currency.
        end: the day up to which is seen.
    """
    segments = {segment: place for place, segment in enumerate(dict.fromkeys(row[0] for row in rows))}
    parts = [_group(row, segments[row[0]] * (_SIZES + 1), end) for row in rows]
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)] if parts else [np.zeros(0, np.int64)] * 5
    start, stop, left, exposed, stratum = columns
    return Customers(start, stop, left.astype(np.bool_), exposed, stratum)


def _group(row: Sequence[Any], first: int, end: int) -> tuple[NDArray[Any], ...]:
    _, _, arr, since, churned, enabled = row
    start, left = days_of(since), days_of(churned, NEVER)
    return start, np.minimum(left, end), left < NEVER, days_of(enabled, NEVER), first + _thirds(np.array(arr))


def _thirds(arr: Ints) -> Ints:
    """Which third of the known amounts each is in, 0 to 2; 3 for an amount below 0, which is none."""
    known = arr[arr >= 0]
    edges = np.quantile(known, np.arange(1, _SIZES) / _SIZES) if known.size else np.zeros(0)
    return np.where(arr < 0, _SIZES, np.searchsorted(edges, arr)).astype(np.int64)


@dataclass(frozen=True)
class Series:
    """Partners in the program and a value on the first day of each month; `excluded` says what is not counted."""

    months: tuple[date, ...]
    partners: Floats
    value: Floats
    excluded: tuple[str, ...]


def growth_series(rows: Rows, end: int) -> Series:
    """Partners, and accounts that had become customers, of `growth_of_accounts.cypher`."""
    joined, left, since, undated = rows[0]
    came, went, gained = np.sort(days_of(joined)), np.sort(days_of(left, NEVER)), np.sort(days_of(since))
    firsts = first_days(int(came.min()), end) if came.size else np.zeros(0, np.int64)
    count = [np.searchsorted(days, firsts, side="right").astype(np.float64) for days in (came, went, gained)]
    excluded = (f"{undated:,} partners without a day on which they joined.",) if undated else ()
    return Series(tuple(date_of(int(day)) for day in firsts), count[0] - count[1], count[2], excluded)


def arr_series(rows: Rows, of: Series, end: int) -> tuple[Series, bool]:
    """The same months with the ARR of the day for value, of `arr_of_accounts.cypher`; and whether any is by day."""
    since, churned, arr, days, values = rows[0]
    start, stop = days_of(since), np.minimum(days_of(churned, NEVER), end + 1)
    steps = [
        (max(int(day), int(first)), amount)
        for first, dated, amounts in zip(start, days, values, strict=True)
        for day, amount in _changes(days_of(dated), amounts)
        if amount
    ]
    known = np.array([bool(dated) for dated in days], dtype=np.bool_)
    last = np.array([amounts[-1] if amounts else now for amounts, now in zip(values, arr, strict=True)], np.float64)
    today = np.where(known, 0.0, last)
    at = np.concatenate([np.array([day for day, _ in steps], np.int64), start, stop])
    change = np.concatenate([np.array([amount for _, amount in steps], np.float64), today, -last])
    order = np.argsort(at, kind="stable")
    total = np.concatenate([[0.0], np.cumsum(change[order])])
    firsts = np.array([day_of(month) for month in of.months], np.int64)
    value = total[np.searchsorted(at[order], firsts, side="right")]
    return Series(of.months, of.partners, value, of.excluded), bool(known.any())


def _changes(days: Ints, amounts: Sequence[int]) -> list[tuple[int, int]]:
    before = 0
    found = []
    for day, amount in zip(days.tolist(), amounts, strict=True):
        found.append((day, amount - before))
        before = amount
    return found


def read_histories(adopters: Rows, adoptions: Rows, end: int) -> Histories:
    """Who took on whom, of `adopters.cypher` and `adoptions.cypher`, up to a day; partners in the rows' order."""
    numbers, group = flat(adopters, 2), np.repeat(np.arange(len(adopters)), [len(row[2]) for row in adopters])
    start, stop = days_of(flat(adopters, 3)), np.minimum(days_of(flat(adopters, 4), NEVER), end)
    order = np.argsort(numbers)
    partner = np.repeat(np.arange(len(adoptions)), [len(row[3]) for row in adoptions])
    account = order[np.searchsorted(numbers[order], flat(adoptions, 3))] if partner.size else partner
    day = days_of(flat(adoptions, 4))
    # A pair that came back has several intervals: the first counts.
    entries = np.lexsort((day, partner, account))
    is_first = np.ones(entries.size, dtype=np.bool_)
    is_first[1:] = (np.diff(account[entries]) != 0) | (np.diff(partner[entries]) != 0)
    kept = entries[is_first]
    joined, left = days_of([row[1] for row in adoptions]), days_of([row[2] for row in adoptions], NEVER)
    first = int(start.min()) if start.size else end
    days = end - first

    def seen(day: Ints) -> Ints:
        return np.clip(day - first, 0, days)

    return Histories(
        days, seen(start), seen(stop), group, seen(joined), seen(left), account[kept], partner[kept], seen(day[kept])
    )
