"""Rows of queries that hold lists, as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .work import Ints

Rows = Sequence[Sequence[Any]]


def flat(rows: Rows, at: int) -> Ints:
    """The numbers in the lists of one column, one list after the other."""
    return np.concatenate([np.empty(0, np.int64), *(np.array(row[at], np.int64) for row in rows)])
