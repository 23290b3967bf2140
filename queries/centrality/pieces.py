"""Long lists of pairs, a piece at a time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..work import Ints

MOST = 4_000_000


def pieces(sizes: Ints, most: int = MOST) -> Iterator[tuple[int, int]]:
    """Ranges of places whose sizes add up to at most `most`, or of one place that alone is larger."""
    total = np.cumsum(sizes)
    at = 0
    while at < len(sizes):
        before = int(total[at - 1]) if at else 0
        to = max(int(np.searchsorted(total, before + most, side="right")), at + 1)
        yield at, to
        at = to
