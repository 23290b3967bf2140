"""Eigenvector centrality: the leading eigenvector of the weights, of Euclidean length 1, nowhere negative.

In a graph of several components it lives on the one with the largest eigenvalue; where several have it, it is what
power iteration from equal values leads to.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import eigsh

from ..work import Floats, Ints
from .graphs import Graph

_DENSE = 100
_SAME = 1e-10


def eigenvector(graph: Graph) -> Floats:
    """The leading eigenvector; zeros where there are no edges."""
    found = np.zeros(graph.nodes)
    best = 0.0
    parts: list[tuple[float, Ints, Floats]] = []
    for nodes, bound in _components(graph):
        if bound < best * (1 - _SAME):
            break
        value, vector = _leading(graph.weights[nodes][:, nodes])
        best = max(best, value)
        parts.append((value, nodes, vector))
    for value, nodes, vector in parts:
        if value >= best * (1 - _SAME):
            found[nodes] = vector * vector.sum()
    length = np.linalg.norm(found)
    return np.asarray(found / length if length else found, np.float64)


def _components(graph: Graph) -> list[tuple[Ints, float]]:
    """The components with edges, with an upper bound of their eigenvalue, largest bound first."""
    strength = np.asarray(graph.weights.sum(axis=1)).ravel()
    order = np.argsort(graph.components, kind="stable")
    starts = np.flatnonzero(np.diff(graph.components[order], prepend=-1))
    bounds = np.maximum.reduceat(strength[order], starts) if len(order) else np.empty(0)
    ends = np.append(starts[1:], len(order))
    by_bound = np.argsort(-bounds, kind="stable")
    return [(order[starts[c] : ends[c]], float(bounds[c])) for c in by_bound if bounds[c] > 0]


def _leading(weights: sparse.csr_array) -> tuple[float, Floats]:
    n = weights.shape[0]
    if n <= _DENSE:
        values, vectors = np.linalg.eigh(weights.toarray())
        value, vector = values[-1], vectors[:, -1]
    else:
        values, vectors = eigsh(weights, k=1, which="LA", v0=np.ones(n), tol=0)
        value, vector = values[0], vectors[:, 0]
    return float(value), np.abs(vector)
