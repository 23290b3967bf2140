"""Days under observation, counted by stratum and day."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def days_after(begin: Ints, end: Ints, stratum: Ints, strata: int, days: int) -> Floats:
    """How many days of the intervals [begin, end) of each stratum lie on or after each day.

    Args:
        begin, end: days from 0 to `days`; an interval with `begin >= end` is empty.
        stratum: of each interval, below `strata`.

    Returns:
        Shape (strata, days + 1). What lies in [x, y) is the difference of columns x and y.
    """
    kept = begin < end
    width = days + 1
    begun = np.bincount(stratum[kept] * width + begin[kept], minlength=strata * width)
    ended = np.bincount(stratum[kept] * width + end[kept], minlength=strata * width)
    observed = np.cumsum((begun - ended).reshape(strata, width), axis=1)
    return np.cumsum(observed[:, ::-1], axis=1)[:, ::-1].astype(np.float64)


def cell_sums(row: Ints, column: Ints, rows: int, columns: int, weight: NDArray[np.float64] | None = None) -> Floats:
    """Sums of the weights (counts without them) by row and column."""
    sums = np.bincount(row * columns + column, weights=weight, minlength=rows * columns)
    return sums.reshape(rows, columns).astype(np.float64)
