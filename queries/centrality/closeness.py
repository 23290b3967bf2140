"""Harmonic closeness: Σ 1/distance to every other node, in edges; nodes out of reach add nothing.

Sixty-four breadth-first searches at a time, one bit each (Then et al. 2014, The More the Merrier). In large graphs the
sum is estimated from evenly drawn nodes (Eppstein and Wang 2004).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..work import Floats
from .graphs import Graph

EXACT_UP_TO = 25_000
"""Nodes of a graph up to which the sum is exact."""
SAMPLES = 2_048
_BITS = 64


@dataclass(frozen=True)
class Closeness:
    """Harmonic closeness; `samples` is None where it is exact, and `error` the standard error of the largest value,
    as a share of it."""

    values: Floats
    samples: int | None = None
    error: float | None = None


def harmonic_closeness(graph: Graph, seed: int = 0, exact_up_to: int = EXACT_UP_TO) -> Closeness:
    """Harmonic closeness of each node."""
    n = graph.nodes
    if n <= exact_up_to:
        return Closeness(_sums(graph, np.arange(n))[0])
    sources = np.random.default_rng(seed).choice(n, SAMPLES, replace=False)
    sums, squares = _sums(graph, sources)
    values = sums * (n / SAMPLES)
    top = int(values.argmax())
    variance = squares[top] / SAMPLES - (sums[top] / SAMPLES) ** 2
    error = n * float(np.sqrt(max(variance, 0.0) / SAMPLES)) / max(float(values[top]), 1e-300)
    return Closeness(values, SAMPLES, error)


def _sums(graph: Graph, sources: np.ndarray) -> tuple[Floats, Floats]:
    """Per node, Σ 1/distance to the sources, and Σ 1/distance²."""
    sums, squares = np.zeros(graph.nodes), np.zeros(graph.nodes)
    connected = np.flatnonzero(graph.degree)
    if not len(connected):
        return sums, squares
    indices, starts = graph.weights.indices, graph.weights.indptr[:-1][connected]
    for at in range(0, len(sources), _BITS):
        batch = sources[at : at + _BITS]
        frontier = np.zeros(graph.nodes, np.uint64)
        frontier[batch] = np.left_shift(np.uint64(1), np.arange(len(batch), dtype=np.uint64))
        seen = frontier.copy()
        distance = 1
        while True:
            reached = np.bitwise_or.reduceat(frontier[indices], starts)
            new = reached & ~seen[connected]
            if not new.any():
                break
            count = np.bitwise_count(new)
            sums[connected] += count / distance
            squares[connected] += count / distance**2
            seen[connected] |= new
            frontier[:] = 0
            frontier[connected] = new
            distance += 1
    return sums, squares
