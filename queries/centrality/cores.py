"""k-core: the largest k such that a node belongs to a part of the graph in which everybody has k neighbours."""

from __future__ import annotations

import numpy as np

from ..work import Floats
from .graphs import Graph


def core_numbers(graph: Graph) -> Floats:
    """The core number of each node: nodes are taken away as long as they have fewer neighbours left than the next
    number (Batagelj and Zaveršnik 2003, a whole layer at a time)."""
    left = graph.degree.copy()
    core = np.zeros(graph.nodes, np.int64)
    here = left > 0
    starts, ends, neighbours = graph.weights.indptr[:-1], graph.weights.indptr[1:], graph.weights.indices
    k = 1
    while here.any():
        layer = np.flatnonzero(here & (left <= k))
        if not len(layer):
            k = int(left[here].min())
            continue
        core[layer] = k
        here[layer] = False
        length = ends[layer] - starts[layer]
        at = np.repeat(starts[layer] - np.cumsum(length) + length, length) + np.arange(length.sum())
        left -= np.bincount(neighbours[at], minlength=graph.nodes)
    return core.astype(np.float64)
