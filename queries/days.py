"""Days as whole numbers: Cypher gives year · 10000 + month · 100 + day, which costs far less than dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
_EPOCH = date(1970, 1, 1).toordinal()
ALWAYS = -(1 << 40)
"""The day of what has always been: 0 in Cypher."""
NEVER = 1 << 40
"""The day of what has not come: 0 in Cypher."""


def days_of(numbers: Sequence[int] | Ints, missing: int = ALWAYS) -> Ints:
    """Days since 1970 of numbers such as 20260131; `missing` for 0."""
    given = np.array(numbers, dtype=np.int64)
    months = np.maximum(given // 10_000, 1) * 12 + np.maximum(given // 100 % 100, 1) - 1 - 1970 * 12
    firsts = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return np.where(given == 0, missing, firsts + given % 100 - 1)


def day_of(day: date) -> int:
    """Days since 1970."""
    return day.toordinal() - _EPOCH


def date_of(day: int) -> date:
    """The date so many days after the first of 1970."""
    return date.fromordinal(day + _EPOCH)


def first_days(start: int, end: int, months: int = 1) -> Ints:
    """The first days of calendar months from `start` to `end`, both included where they are first days.

    Args:
        months: 1 for months, 3 for quarters, 12 for years.
    """
    first = date_of(start)
    month = (first.year * 12 + first.month - 1 + (first.day > 1) + months - 1) // months * months
    last = date_of(end)
    stop = last.year * 12 + last.month - 1
    count = np.arange(month, stop + 1, months) - 1970 * 12
    return count.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
