"""Shapley centrality, game 1 of Michalak et al. 2013: how many nodes a node brings into reach, shared fairly.

SV(v) = Σ 1/(1 + degree(u)) over v itself and its neighbours u.
"""

from __future__ import annotations

import numpy as np

from ..work import Floats
from .graphs import Graph


def shapley_neighbours(graph: Graph) -> Floats:
    """The Shapley value of each node; they add up to the number of nodes."""
    part = 1 / (1 + graph.degree)
    gained = np.bincount(graph.left, part[graph.right], minlength=graph.nodes)
    gained = gained + np.bincount(graph.right, part[graph.left], minlength=graph.nodes)
    return np.asarray(part + gained, np.float64)
