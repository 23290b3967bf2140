"""How much of the covered value hangs on a few partners."""

from __future__ import annotations

import numpy as np

from ..work import Floats


def hhi(values: Floats) -> float:
    """Herfindahl–Hirschman index: Σ of the squared shares, 1/N where all are equal to 1 where one has all; NaN where
    there is nothing to share (Hirschman 1964)."""
    total = values.sum()
    return float(((values / total) ** 2).sum()) if total > 0 else float("nan")


def top_share(values: Floats, top: int) -> float:
    """The share of the largest `top` values in all."""
    total = values.sum()
    largest = np.sort(values)[::-1][: max(top, 0)]
    return float(largest.sum() / total) if total > 0 else float("nan")
