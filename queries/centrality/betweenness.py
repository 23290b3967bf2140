"""Betweenness: over all pairs of other nodes, the share of their shortest ways, in edges, that lead through a node.

Each pair counts once. Exact by Brandes 2001; in large graphs from evenly drawn start nodes, scaled by N/k (Brandes and
Pich 2007), in independent batches whose spread gives the error.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..work import NUMPY, Floats
from .graphs import Graph

EXACT_STEPS = 6e9
"""Nodes times edges up to which betweenness is exact."""
BATCHES = 4
SAMPLES = 256


@dataclass(frozen=True)
class Betweenness:
    """Betweenness by `engine`; `samples` is None where exact, and `error` the standard error of the largest value,
    as a share of it."""

    values: Floats
    engine: str
    samples: int | None = None
    error: float | None = None


def betweenness(graph: Graph, exact_steps: float = EXACT_STEPS, samples: int = SAMPLES) -> Betweenness:
    """Betweenness of each node."""
    if graph.nodes * len(graph.left) > exact_steps:
        return _sampled(graph, samples)
    if not len(graph.left):
        return Betweenness(np.zeros(graph.nodes), NUMPY)
    try:
        import igraph
    except ImportError:
        return _by_networkit(graph)
    edges = np.column_stack([graph.left, graph.right]).tolist()
    values = igraph.Graph(n=graph.nodes, edges=edges).betweenness()
    return Betweenness(np.array(values, np.float64), "in-process (igraph)")


def _by_networkit(graph: Graph) -> Betweenness:
    import networkit

    values = np.array(networkit.centrality.Betweenness(graph.networkit).run().scores(), np.float64)
    return Betweenness(values / 2, "in-process (networkit)")


def _sampled(graph: Graph, samples: int) -> Betweenness:
    import networkit

    each = samples // BATCHES
    batches = []
    for batch in range(BATCHES):
        networkit.setSeed(batch, False)
        run = networkit.centrality.EstimateBetweenness(graph.networkit, each, False, True)
        batches.append(np.array(run.run().scores(), np.float64) / 2)
    values = np.mean(batches, axis=0)
    top = int(values.argmax())
    spread = np.std([batch[top] for batch in batches], ddof=1) / np.sqrt(BATCHES)
    return Betweenness(values, "in-process (networkit)", each * BATCHES, float(spread / max(values[top], 1e-300)))
