"""Each measure against NetworkX and against the other engine, on random graphs, with lone nodes, parts and no edges."""

from __future__ import annotations

from datetime import date

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecograph.graph.connection import Database
from ecograph.graph.settings import Settings
from ecograph.queries.centrality import gds
from ecograph.queries.centrality.articulation import articulation_points, bridges
from ecograph.queries.centrality.betweenness import _by_networkit, betweenness
from ecograph.queries.centrality.closeness import harmonic_closeness
from ecograph.queries.centrality.communities import _by_networkit as leiden_by_networkit
from ecograph.queries.centrality.communities import communities, connected_parts, modularity, numbered
from ecograph.queries.centrality.constraint import constraint
from ecograph.queries.centrality.cores import core_numbers
from ecograph.queries.centrality.eigenvector import eigenvector
from ecograph.queries.centrality.graphs import Graph, simple_graph
from ecograph.queries.centrality.layout import layout
from ecograph.queries.centrality.pagerank import page_rank
from ecograph.queries.centrality.shapley import shapley_neighbours
from ecograph.queries.work import Work

EXACT = settings(max_examples=60, deadline=None)


@st.composite
def graphs(draw: st.DrawFn, most: int = 14) -> Graph:
    nodes = draw(st.integers(1, most))
    ends = st.tuples(st.integers(0, nodes - 1), st.integers(0, nodes - 1), st.integers(1, 40))
    edges = draw(st.lists(ends, max_size=3 * nodes))
    left, right, weight = (np.array([edge[at] for edge in edges], np.int64) for at in range(3))
    return simple_graph(nodes, left, right, weight / 8)


def as_networkx(graph: Graph) -> nx.Graph:
    made = nx.Graph()
    made.add_nodes_from(range(graph.nodes))
    made.add_weighted_edges_from(zip(graph.left.tolist(), graph.right.tolist(), graph.weight.tolist(), strict=True))
    return made


def values(found: dict[int, float], graph: Graph) -> np.ndarray:
    return np.array([found[node] for node in range(graph.nodes)], float)


def by_power_iteration(graph: Graph) -> np.ndarray:
    """Repeated squaring of the shifted weights, from equal values."""
    step = graph.weights.toarray() + np.eye(graph.nodes) * max(float(graph.weight.max(initial=0.0)), 1.0)
    for _ in range(60):
        step = step @ step
        step /= np.abs(step).max()
    found = step @ np.ones(graph.nodes)
    return found / np.linalg.norm(found)


@EXACT
@given(graphs())
def test_what_is_exact_is_the_same_as_networkx_has_it(graph: Graph) -> None:
    other = as_networkx(graph)
    assert np.array_equal(core_numbers(graph), values(nx.core_number(other), graph))
    assert set(np.flatnonzero(articulation_points(graph))) == set(nx.articulation_points(other))
    cut = bridges(graph)
    ends = zip(graph.left[cut].tolist(), graph.right[cut].tolist(), strict=True)
    assert set(ends) == {(min(edge), max(edge)) for edge in nx.bridges(other)}


@EXACT
@given(graphs())
def test_what_is_real_agrees_with_networkx(graph: Graph) -> None:
    other = as_networkx(graph)
    rank = nx.pagerank(other, alpha=0.85, tol=1e-14, max_iter=5_000)
    assert np.allclose(page_rank(graph), values(rank, graph), rtol=1e-8)
    assert page_rank(graph).sum() == pytest.approx(1)
    assert np.allclose(
        betweenness(graph).values, values(nx.betweenness_centrality(other, normalized=False), graph), rtol=1e-8
    )
    assert np.allclose(harmonic_closeness(graph).values, values(nx.harmonic_centrality(other), graph), rtol=1e-8)
    assert np.allclose(
        constraint(graph), values(nx.constraint(other, weight="weight"), graph), rtol=1e-8, equal_nan=True
    )
    neighbours = [1 / (1 + other.degree(v)) + sum(1 / (1 + other.degree(u)) for u in other[v]) for v in other]
    assert np.allclose(shapley_neighbours(graph), neighbours, rtol=1e-8)
    if len(graph.left):
        assert np.allclose(eigenvector(graph), by_power_iteration(graph), atol=1e-6)
        assert np.linalg.norm(eigenvector(graph)) == pytest.approx(1)


@EXACT
@given(graphs())
def test_communities_are_connected_and_numbered_by_size(graph: Graph) -> None:
    found = communities(graph)[0].astype(int)
    assert np.array_equal(numbered(connected_parts(graph, found)), found)
    sizes = np.bincount(found)
    assert list(sizes) == sorted(sizes, reverse=True)


def karate() -> Graph:
    other = nx.karate_club_graph()
    left, right = np.array(other.edges(), np.int64).T
    return simple_graph(
        other.number_of_nodes(), left, right, np.array([w for *_, w in other.edges(data="weight")], float)
    )


def test_both_leiden_methods_find_what_is_known_of_the_karate_club() -> None:
    graph = karate()
    for found in (communities(graph)[0], numbered(connected_parts(graph, leiden_by_networkit(graph, 1)))):
        assert modularity(graph, np.asarray(found)) > 0.43


def test_networkit_and_the_default_agree_on_betweenness() -> None:
    graph = karate()
    assert np.allclose(_by_networkit(graph).values, betweenness(graph).values, rtol=1e-8)


def test_sampled_values_come_with_an_error_that_holds() -> None:
    generator = np.random.default_rng(3)
    graph = simple_graph(400, *generator.integers(0, 400, (2, 2_000)), np.ones(2_000))
    exact, sampled = betweenness(graph), betweenness(graph, exact_steps=0)
    assert sampled.samples == 256
    assert sampled.error is not None
    top = int(sampled.values.argmax())
    assert abs(sampled.values[top] - exact.values[top]) <= 4 * sampled.error * sampled.values[top]
    near = harmonic_closeness(
        simple_graph(3_000, *generator.integers(0, 3_000, (2, 9_000)), np.ones(9_000)), exact_up_to=0
    )
    assert near.samples == 2_048
    assert near.error is not None
    assert near.error < 0.02


def test_ties_draw_nodes_together() -> None:
    graph = karate()
    x, y = layout(graph)
    tied = np.hypot(x[graph.left] - x[graph.right], y[graph.left] - y[graph.right]).mean()
    apart = np.hypot(x[:, None] - x[None, :], y[:, None] - y[None, :]).mean()
    assert tied < 0.7 * apart
    assert np.abs(x).max() <= 1


LONG = [pytest.param(seed, marks=pytest.mark.verify) for seed in (2, 3, 4)]


@pytest.mark.parametrize("seed", [0, 1, *LONG, 5])
async def test_both_engines_agree(server: Database, settings: Settings, seed: int) -> None:
    generator = np.random.default_rng(seed)
    nodes = [1, 3, 8, 12, 25, 40][seed]
    ends = generator.integers(0, nodes, (2, [0, 1, 9, 14, 40, 90][seed]))
    graph = simple_graph(nodes, *ends, generator.integers(1, 30, ends.shape[1]) / 8)
    work = Work(server, settings, date(2026, 6, 1), has_customer_dates=True)
    assert np.array_equal(await gds.degree(work, graph), graph.degree)
    assert np.array_equal(await gds.core_numbers(work, graph), core_numbers(graph))
    assert np.array_equal(await gds.articulation_points(work, graph), articulation_points(graph))
    cut = bridges(graph)
    assert await gds.bridges(work, graph) == set(zip(graph.left[cut].tolist(), graph.right[cut].tolist(), strict=True))
    assert np.allclose(await gds.page_rank(work, graph), page_rank(graph), rtol=1e-8)
    assert np.allclose(await gds.betweenness(work, graph), betweenness(graph).values, rtol=1e-8)
    assert np.allclose(await gds.harmonic_closeness(work, graph), harmonic_closeness(graph).values, rtol=1e-8)
    assert np.allclose(await gds.eigenvector(work, graph), eigenvector(graph), rtol=1e-8, atol=1e-8)
    if len(graph.left):
        other = await gds.communities(work, graph)
        assert modularity(graph, other) >= modularity(graph, communities(graph)[0]) - 0.03
    left = await server.rows("CALL gds.graph.list() YIELD graphName RETURN graphName")
    assert left == []
