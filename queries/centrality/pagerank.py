"""Weighted PageRank, which sums to 1: x = d·(Wᵀ D⁻¹ x + (x of nodes without edges)/N) + (1 − d)/N."""

from __future__ import annotations

import numpy as np

from ..work import Floats
from .graphs import Graph

DAMPING = 0.85
TOLERANCE = 1e-14
ROUNDS = 1_000


def page_rank(graph: Graph) -> Floats:
    """PageRank of each node; by power iteration until the sum of changes is at most 1e-14."""
    n = graph.nodes
    strength = np.asarray(graph.weights.sum(axis=1)).ravel()
    connected = strength > 0
    inverse = np.divide(1.0, strength, out=np.zeros(n), where=connected)
    rank = np.full(n, 1 / max(n, 1))
    for _ in range(ROUNDS):
        lost = rank[~connected].sum()
        new = DAMPING * (graph.weights @ (rank * inverse) + lost / max(n, 1)) + (1 - DAMPING) / max(n, 1)
        change = np.abs(new - rank).sum()
        rank = new
        if change <= TOLERANCE:
            break
    return np.asarray(rank / rank.sum() if n else rank, np.float64)
