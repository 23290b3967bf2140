"""Burt's constraint: c(i) = Σ_j (p_ij + Σ_q p_iq p_qj)² over the neighbours j, p_ij being j's share of i's ties.

Low where a node joins neighbours that are not joined otherwise (structural holes). The inner sums are over triangles,
which are listed from the ends of each edge with fewer neighbours.
"""

from __future__ import annotations

import numpy as np

from ..work import Floats, Ints
from .graphs import Graph
from .pieces import pieces


def constraint(graph: Graph) -> Floats:
    """The constraint of each node; NaN for a node without neighbours."""
    weights = graph.weights
    strength = np.asarray(weights.sum(axis=1)).ravel()
    rows = np.repeat(np.arange(graph.nodes), np.diff(weights.indptr))
    columns = weights.indices.astype(np.int64)
    share = weights.data / strength[rows]
    key = rows * graph.nodes + columns
    through = np.zeros(len(share))
    for one, two, three in _triangles(graph):
        for a, b, c in ((one, two, three), (one, three, two), (two, three, one)):
            for i, j in ((a, b), (b, a)):
                way = share[_at(key, i, c, graph.nodes)] * share[_at(key, c, j, graph.nodes)]
                through += np.bincount(_at(key, i, j, graph.nodes), way, minlength=len(share))
    total = np.bincount(rows, (share + through) ** 2, minlength=graph.nodes).astype(np.float64)
    total[graph.degree == 0] = np.nan
    return total


def _at(key: Ints, row: Ints, column: Ints, nodes: int) -> Ints:
    return np.asarray(np.searchsorted(key, row * nodes + column), np.int64)


def _triangles(graph: Graph) -> list[tuple[Ints, Ints, Ints]]:
    """All triangles, each once, in pieces."""
    place = np.empty(graph.nodes, np.int64)
    place[np.lexsort((np.arange(graph.nodes), graph.degree))] = np.arange(graph.nodes)
    start = np.where(place[graph.left] < place[graph.right], graph.left, graph.right)
    end = graph.left + graph.right - start
    order = np.lexsort((end, start))
    start, end = start[order], end[order]
    key = start * graph.nodes + end
    later = np.searchsorted(start, start, side="right") - np.arange(len(start)) - 1
    found = []
    for at, to in pieces(later):
        n = later[at:to]
        first = np.repeat(np.arange(at, to), n)
        second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(n) - n, n)
        b, c = end[first], end[second]
        closes = _closes(key, b, c, place, graph.nodes)
        found.append((start[first[closes]], b[closes], c[closes]))
    return found


def _closes(key: Ints, b: Ints, c: Ints, place: Ints, nodes: int) -> np.ndarray:
    low = np.where(place[b] < place[c], b, c)
    wanted = low * nodes + (b + c - low)
    at = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
    return np.asarray(key[at] == wanted) if len(key) else np.zeros(len(b), bool)
