"""The graphs that centrality is measured on, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from ..work import Floats, Ints


@dataclass(frozen=True)
class Graph:
    """An undirected weighted graph without loops; each edge stands once, `left` < `right`.

    `excluded` says in words what was left out.
    """

    nodes: int
    left: Ints
    right: Ints
    weight: Floats
    excluded: tuple[str, ...] = ()

    @cached_property
    def degree(self) -> Ints:
        """Neighbours of each node."""
        return np.bincount(np.concatenate([self.left, self.right]), minlength=self.nodes)

    @cached_property
    def weights(self) -> sparse.csr_array:
        """The symmetric matrix of weights."""
        rows, columns = np.concatenate([self.left, self.right]), np.concatenate([self.right, self.left])
        made = sparse.csr_array((np.concatenate([self.weight, self.weight]), (rows, columns)), (self.nodes, self.nodes))
        made.sort_indices()
        return made

    @cached_property
    def components(self) -> Ints:
        """Per node, the number of its connected component."""
        return np.asarray(sparse.csgraph.connected_components(self.weights, directed=False)[1], np.int64)

    @cached_property
    def networkit(self) -> Any:
        """The graph for networkit, without weights."""
        import networkit

        return networkit.GraphFromCoo((self.left, self.right), n=self.nodes)

    @cached_property
    def rustworkx(self) -> Any:
        """The graph for rustworkx, without weights."""
        import rustworkx

        made = rustworkx.PyGraph(multigraph=False)
        made.add_nodes_from(range(self.nodes))
        made.add_edges_from_no_data(list(zip(self.left.tolist(), self.right.tolist(), strict=True)))
        return made


def simple_graph(nodes: int, left: Ints, right: Ints, weight: Floats, excluded: tuple[str, ...] = ()) -> Graph:
    """A graph of edges that may be loops, reversed or repeated: loops are dropped, repeated edges add up."""
    proper = left != right
    low, high = np.minimum(left, right)[proper], np.maximum(left, right)[proper]
    key, place = np.unique(low * nodes + high, return_inverse=True)
    total = np.bincount(place, weight[proper], minlength=len(key)).astype(np.float64)
    return Graph(nodes, key // max(nodes, 1), key % max(nodes, 1), total, excluded)
