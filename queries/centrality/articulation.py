"""Articulation points and bridges: the nodes and edges without which a component falls apart."""

from __future__ import annotations

import numpy as np

from ..work import Floats
from .graphs import Graph


def articulation_points(graph: Graph) -> Floats:
    """1 for articulation points, 0 for others (Tarjan 1974)."""
    import rustworkx

    found = np.zeros(graph.nodes)
    found[list(rustworkx.articulation_points(graph.rustworkx))] = 1.0
    return found


def bridges(graph: Graph) -> np.ndarray:
    """Per edge, whether it is a bridge."""
    import rustworkx

    found = {(min(pair), max(pair)) for pair in rustworkx.bridges(graph.rustworkx)}
    return np.array([pair in found for pair in zip(graph.left.tolist(), graph.right.tolist(), strict=True)], bool)
