"""Random draws that the parts of the generator share, all over whole arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Random = np.random.Generator


def stream(seed: int, part: str) -> Random:
    """The random numbers of one part of the generator: a change in one part leaves the others as they were."""
    return np.random.default_rng([seed, *part.encode()])


def zipf(count: int, exponent: float) -> Floats:
    """Weights of ranks 1 to `count` that fall as rank^-exponent; they sum to 1."""
    weights = np.arange(1, count + 1, dtype=np.float64) ** -exponent
    return np.asarray(weights / weights.sum())


def pick(rng: Random, weights: Floats, size: int) -> Ints:
    """`size` indexes, each with a probability in proportion to its weight."""
    cumulative = np.cumsum(weights)
    return np.asarray(np.searchsorted(cumulative, rng.random(size) * cumulative[-1], side="right"))


def pick_by_row(rng: Random, weights: Floats, rows: Ints) -> Ints:
    """For each row number one column of `weights`, with a probability in proportion to that row's weights."""
    picked = np.empty(rows.size, dtype=np.int64)
    order = np.argsort(rows, kind="stable")
    ends = np.searchsorted(rows[order], np.arange(weights.shape[0] + 1))
    for row in range(weights.shape[0]):
        members = order[ends[row] : ends[row + 1]]
        if members.size:
            picked[members] = pick(rng, weights[row], members.size)
    return picked


def pick_flagged(rng: Random, flags: Bools, weights: Floats) -> Ints:
    """For each row one of its true columns, in proportion to the columns' weights; -1 where none is true."""
    scores = np.log(weights) + rng.gumbel(size=flags.shape)
    chosen = np.argmax(np.where(flags, scores, -np.inf), axis=1)
    return np.where(flags.any(axis=1), chosen, -1).astype(np.int64)


def chance(rng: Random, probability: float | Floats, size: int) -> Bools:
    """True with this probability, for each."""
    return np.asarray(rng.random(size) < probability)


def days_within(rng: Random, first: Ints, last: Ints) -> Ints:
    """A day from `first` to `last`, both included, for each; `first` where the interval is empty."""
    width = np.maximum(last - first + 1, 1)
    return np.asarray(first + np.floor(rng.random(first.size) * width), dtype=np.int64)


def wait(rng: Random, mean: float, size: int) -> Ints:
    """Whole days, 1 or more, exponential beyond the first."""
    return 1 + np.floor(rng.exponential(mean, size)).astype(np.int64)


def lognormal_days(rng: Random, median: Floats, sigma: float) -> Ints:
    """Whole days, 1 or more, lognormal about the median of each."""
    return np.maximum(1, np.rint(median * np.exp(sigma * rng.standard_normal(median.size)))).astype(np.int64)


def first_of_pair(left: Ints, right: Ints, days: Ints) -> Ints:
    """The positions of the earliest day of each (left, right) pair, in order of left, then right."""
    order = np.lexsort((days, right, left))
    is_new = np.ones(order.size, dtype=np.bool_)
    is_new[1:] = (left[order][1:] != left[order][:-1]) | (right[order][1:] != right[order][:-1])
    return np.asarray(order[is_new], dtype=np.int64)


def joined(*parts: NDArray[Any]) -> NDArray[Any]:
    """The arrays end to end."""
    return np.concatenate(parts)
