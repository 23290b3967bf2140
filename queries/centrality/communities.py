"""Communities by the Leiden method (Traag et al. 2019): groups with more ties inside than by chance (modularity).

Communities are numbered by size, the largest 0, and each is connected.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from ..work import NUMPY, Floats, Ints
from .graphs import Graph

RESOLUTION = 1.0
ROUNDS = 10


def communities(graph: Graph, seed: int = 1) -> tuple[Floats, str]:
    """The community of each node, and what computed it."""
    if not len(graph.left):
        return np.arange(graph.nodes, dtype=np.float64), NUMPY
    found, engine = _leiden(graph, seed)
    return numbered(connected_parts(graph, found)).astype(np.float64), engine


def modularity(graph: Graph, community: np.ndarray) -> float:
    """Newman's modularity of a division, with weights."""
    total = graph.weight.sum()
    strength = np.asarray(graph.weights.sum(axis=1)).ravel()
    inside = graph.weight[community[graph.left] == community[graph.right]].sum()
    sums = np.bincount(community.astype(np.int64), strength)
    return float(inside / total - RESOLUTION * ((sums / (2 * total)) ** 2).sum())


def _leiden(graph: Graph, seed: int) -> tuple[Ints, str]:
    try:
        import igraph
    except ImportError:
        return _by_networkit(graph, seed), "in-process (networkit)"
    import random

    random.seed(seed)
    edges = np.column_stack([graph.left, graph.right]).tolist()
    made = igraph.Graph(n=graph.nodes, edges=edges, edge_attrs={"weight": graph.weight.tolist()})
    found = made.community_leiden("modularity", weights="weight", resolution=RESOLUTION, n_iterations=ROUNDS)
    return np.array(found.membership, np.int64), "in-process (igraph)"


def _by_networkit(graph: Graph, seed: int) -> Ints:
    import networkit

    threads = networkit.getMaxNumberOfThreads()
    networkit.setSeed(seed, False)
    networkit.setNumberOfThreads(1)  # with several, each run would find other communities
    try:
        made = networkit.GraphFromCoo((graph.weight, (graph.left, graph.right)), n=graph.nodes, weighted=True)
        run = networkit.community.ParallelLeiden(made, randomize=True, iterations=ROUNDS, gamma=RESOLUTION)
        return np.array(run.run().getPartition().getVector(), np.int64)
    finally:
        networkit.setNumberOfThreads(threads)


def connected_parts(graph: Graph, community: Ints) -> Ints:
    """Each community divided into its connected parts."""
    inside = community[graph.left] == community[graph.right]
    ends = (graph.left[inside], graph.right[inside])
    within = sparse.csr_array((np.ones(len(ends[0])), ends), (graph.nodes, graph.nodes))
    return np.asarray(sparse.csgraph.connected_components(within, directed=False)[1], np.int64)


def numbered(community: Ints) -> Ints:
    """Numbers by size, then by the first node."""
    names, first, place, sizes = np.unique(community, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    number = np.empty(len(names), np.int64)
    number[order] = np.arange(len(names))
    return number[place]
