"""The Cypher engine: the same measures by Graph Data Science, on a projection that is dropped afterwards.

Nodes without edges are not projected; what they get is added here, and so are the conventions in which the procedures
differ: their PageRank sums to N, their harmonic closeness is divided by N − 1, and their weighted eigenvector divides
what a node gives by the sum of its weights.
"""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import numpy as np

from ..work import Floats, Ints, Work
from .communities import RESOLUTION, connected_parts, numbered
from .graphs import Graph
from .pagerank import DAMPING

Edges = Sequence[tuple[int, int, float]]


@asynccontextmanager
async def _projected(work: Work, edges: Edges, query: str = "project_graph") -> AsyncIterator[str]:
    name = f"ecograph-{uuid.uuid4().hex}"
    await work.rows(query, graph=name, edges=[list(edge) for edge in edges])
    try:
        yield name
    finally:
        await work.rows("drop_graph", graph=name)


def _edges(graph: Graph) -> list[tuple[int, int, float]]:
    return list(zip(graph.left.tolist(), graph.right.tolist(), graph.weight.tolist(), strict=True))


async def _scores(work: Work, graph: Graph, query: str, missing: float = 0.0, **parameters: Any) -> Floats:
    found = np.full(graph.nodes, missing)
    if len(graph.left):
        async with _projected(work, _edges(graph)) as name:
            nodes, scores = (await work.rows(query, graph=name, **parameters))[0]
        found[nodes] = scores
    return found


async def degree(work: Work, graph: Graph) -> Floats:
    """Neighbours of each node."""
    return await _scores(work, graph, "degree")


async def page_rank(work: Work, graph: Graph) -> Floats:
    """PageRank of each node; what nodes without edges lose is spread by scaling to the sum 1."""
    found = await _scores(work, graph, "page_rank", 1 - DAMPING, damping=DAMPING)
    return np.asarray(found / found.sum() if graph.nodes else found, np.float64)


async def eigenvector(work: Work, graph: Graph) -> Floats:
    """The leading eigenvector, of Euclidean length 1.

    A node gives away what it lacks of the largest sum of weights to one more node, so that the procedure divides by the
    same number everywhere; a loop on each node keeps it from swinging between two sides.
    """
    found = np.zeros(graph.nodes)
    if not len(graph.left):
        return found
    strength = np.asarray(graph.weights.sum(axis=1)).ravel()
    most = float(strength.max())
    plain = _edges(graph)
    nodes = np.flatnonzero(graph.degree)
    edges = [*plain, *((end, start, weight) for start, end, weight in plain)]
    edges += [(int(node), int(node), most) for node in nodes]
    edges += [(int(node), graph.nodes, most - float(strength[node])) for node in nodes if strength[node] < most]
    async with _projected(work, edges, "project_directed_graph") as name:
        numbers, scores = (await work.rows("eigenvector", graph=name))[0]
    everything = np.zeros(graph.nodes + 1)
    everything[numbers] = scores
    found = everything[: graph.nodes]
    return np.asarray(found / np.linalg.norm(found), np.float64)


async def betweenness(work: Work, graph: Graph) -> Floats:
    """Betweenness of each node."""
    return await _scores(work, graph, "betweenness")


async def harmonic_closeness(work: Work, graph: Graph) -> Floats:
    """Harmonic closeness of each node."""
    return await _scores(work, graph, "harmonic_closeness") * (np.count_nonzero(graph.degree) - 1)


async def core_numbers(work: Work, graph: Graph) -> Floats:
    """Core number of each node."""
    return await _scores(work, graph, "core_numbers")


async def articulation_points(work: Work, graph: Graph) -> Floats:
    """1 for articulation points, 0 for others."""
    found = np.zeros(graph.nodes)
    if len(graph.left):
        async with _projected(work, _edges(graph)) as name:
            found[(await work.rows("articulation_points", graph=name))[0][0]] = 1.0
    return found


async def bridges(work: Work, graph: Graph) -> set[tuple[int, int]]:
    """The edges that are bridges, the smaller node first."""
    if not len(graph.left):
        return set()
    async with _projected(work, _edges(graph)) as name:
        found = (await work.rows("bridges", graph=name))[0][0]
    return {(min(pair), max(pair)) for pair in found}


async def communities(work: Work, graph: Graph) -> Floats:
    """The community of each node, numbered by size."""
    found: Ints = -1 - np.arange(graph.nodes)
    if len(graph.left):
        async with _projected(work, _edges(graph)) as name:
            nodes, numbers = (await work.rows("communities", graph=name, resolution=RESOLUTION))[0]
        found[nodes] = numbers
    return numbered(connected_parts(graph, found)).astype(np.float64)
