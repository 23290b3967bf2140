"""The centrality measures, declared for each graph that they are computed on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ...graph.model.measured import PARTNERS, WHOLE, NodeGroup
from ..measure import Measure
from ..work import Computed, Engine, Floats, Work
from . import gds
from .articulation import articulation_points, bridges
from .betweenness import betweenness
from .closeness import harmonic_closeness
from .communities import RESOLUTION, communities, modularity
from .constraint import constraint
from .cores import core_numbers
from .eigenvector import eigenvector
from .graphs import Graph
from .layout import STEPS, layout
from .pagerank import DAMPING, page_rank
from .partner_graph import partner_graph
from .shapley import shapley_neighbours
from .whole_graph import whole_graph

NUMPY, SCIPY, RUSTWORKX = (f"in-process ({name})" for name in ("numpy", "scipy", "rustworkx"))


@dataclass(frozen=True)
class Found:
    """The values of a measure by column, what computed them, and with what."""

    columns: dict[str, Floats]
    engine: str
    parameters: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Centrality:
    """A measure of a graph's nodes, whatever the graph."""

    name: str
    description: str
    source: str
    compute: Callable[[Graph], Found]
    by_cypher: Callable[[Work, Graph], Awaitable[Floats]] | None = None
    """The same by Graph Data Science, where it can, for a measure of one column."""


def _simple(
    column: str, function: Callable[[Graph], Floats], engine: str, **parameters: Any
) -> Callable[[Graph], Found]:
    return lambda graph: Found({column: function(graph)}, engine, parameters)


def _degree(graph: Graph) -> Floats:
    return graph.degree.astype(np.float64)


def _betweenness(graph: Graph) -> Found:
    found = betweenness(graph)
    return Found({"betweenness": found.values}, found.engine, _sampling(found.samples, found.error))


def _closeness(graph: Graph) -> Found:
    found = harmonic_closeness(graph)
    return Found({"harmonicCloseness": found.values}, NUMPY, _sampling(found.samples, found.error))


def _sampling(samples: int | None, error: float | None) -> dict[str, Any]:
    if samples is None:
        return {"exact": True}
    return {"exact": False, "samples": samples, "standardErrorOfLargest": error}


def _articulation(graph: Graph) -> Found:
    parameters = {"bridges": int(bridges(graph).sum())}
    return Found({"isArticulationPoint": articulation_points(graph)}, RUSTWORKX, parameters)


def _communities(graph: Graph) -> Found:
    found, engine = communities(graph)
    quality = modularity(graph, found) if len(graph.left) else 0.0
    return Found({"community": found}, engine, {"resolution": RESOLUTION, "modularity": quality})


def _layout(graph: Graph) -> Found:
    x, y = layout(graph)
    return Found({"x": x, "y": y}, NUMPY, {"steps": STEPS})


CENTRALITIES = (
    Centrality(
        "degree", "Number of neighbours.", "Freeman 1978, Centrality in social networks",
        _simple("degree", _degree, NUMPY), gds.degree,
    ),
    Centrality(
        "pageRank", "Being tied to those who matter, in shares that sum to 1.",
        "Brin and Page 1998; with weights", _simple("pageRank", page_rank, SCIPY, damping=DAMPING), gds.page_rank,
    ),
    Centrality(
        "eigenvector", "Being tied to those who matter, without damping.",
        "Bonacich 1972; with weights", _simple("eigenvector", eigenvector, SCIPY), gds.eigenvector,
    ),
    Centrality(
        "betweenness", "Pairs of others whose shortest ways lead through it.",
        "Freeman 1977; Brandes 2001; sampled by Brandes and Pich 2007", _betweenness, gds.betweenness,
    ),
    Centrality(
        "harmonicCloseness", "Σ 1/distance to all others.",
        "Marchiori and Latora 2000; sampled by Eppstein and Wang 2004", _closeness, gds.harmonic_closeness,
    ),
    Centrality(
        "kCore", "The densest part of the graph that it belongs to.", "Seidman 1983",
        _simple("kCore", core_numbers, NUMPY), gds.core_numbers,
    ),
    Centrality(
        "constraint", "How much its neighbours are tied to each other: low for brokers.",
        "Burt 1992, Structural holes", _simple("constraint", constraint, NUMPY),
    ),
    Centrality(
        "shapleyNeighbours", "Nodes that it brings into reach, shared fairly (Shapley).",
        "Michalak et al. 2013, JAIR 46", _simple("shapleyNeighbours", shapley_neighbours, NUMPY),
    ),
    Centrality(
        "articulation", "Whether a part of the graph falls off without it.",
        "Tarjan 1974", _articulation, gds.articulation_points,
    ),
    Centrality(
        "communities", "Groups with more ties inside than by chance.",
        "Traag et al. 2019, From Louvain to Leiden", _communities, gds.communities,
    ),
)  # fmt: skip
LAYOUT = Centrality("layout", "Where to draw it.", "Fruchterman and Reingold 1991; Linderman et al. 2019", _layout)


async def partners(work: Work) -> Graph:
    """The partner–partner graph."""
    ties = await partner_graph(work)
    return await work.once("partners", lambda: _wrapped(ties))


async def _wrapped(ties: Any) -> Graph:
    return Graph(len(ties.ids), ties.left, ties.right, ties.weight, tuple(ties.excluded))


def on(group: NodeGroup, graph_of: Callable[[Work], Any], centrality: Centrality) -> Measure:
    """The measure on one graph."""

    async def compute(work: Work) -> Computed:
        graph: Graph = await graph_of(work)
        if work.engine is Engine.CYPHER and centrality.by_cypher is not None:
            columns = {group.measures[centrality.name][0]: await centrality.by_cypher(work, graph)}
            return Computed("cypher (Graph Data Science)", columns, excluded=graph.excluded)
        found = await asyncio.to_thread(centrality.compute, graph)
        return Computed(found.engine, found.columns, parameters=found.parameters, excluded=graph.excluded)

    return Measure(centrality.name, group, centrality.description, centrality.source, compute)


ON_WHOLE = tuple(on(WHOLE, whole_graph, centrality) for centrality in CENTRALITIES)
ON_PARTNERS = tuple(on(PARTNERS, partners, centrality) for centrality in (*CENTRALITIES, LAYOUT))
