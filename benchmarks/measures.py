"""How long each measure takes, by every library that has it, on the graph that is loaded.

    ecograph --home /tmp/bench seed --size small
    python benchmarks/measures.py --home /tmp/bench --rounds 3 --out benchmarks/results/measures-small.md

The libraries take turns, so that whatever else the machine does falls on all of them. Building a library's own graph
from the arrays counts. The default of Ecograph is the first column; before the tables stands `ecograph measure --all`
with all that it writes.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from ecograph.graph.connection import Database, open_database
from ecograph.graph.settings import Settings
from ecograph.graph.version import read_version
from ecograph.queries.centrality.centralities import CENTRALITIES, partners
from ecograph.queries.centrality.graphs import Graph
from ecograph.queries.centrality.whole_graph import whole_graph
from ecograph.queries.run import measure
from ecograph.queries.work import Work

Library = Callable[[Work, Graph], Awaitable[Any]]
SLOW = 60.0
"""A library that took longer than this many seconds is not asked again."""
NETWORKX_MOST = 2e8
"""Nodes × edges up to which NetworkX is asked for what visits all pairs."""


def networkit(name: str) -> Callable[[Graph], Any]:
    import networkit as nk

    def made(graph: Graph) -> Any:
        return nk.GraphFromCoo((graph.weight, (graph.left, graph.right)), n=graph.nodes, weighted=True)

    def plain(graph: Graph) -> Any:
        return nk.GraphFromCoo((graph.left, graph.right), n=graph.nodes)

    return {
        "degree": lambda g: nk.centrality.DegreeCentrality(plain(g)).run().scores(),
        "pageRank": lambda g: nk.centrality.PageRank(made(g), 0.85, 1e-14).run().scores(),
        "eigenvector": lambda g: nk.centrality.EigenvectorCentrality(made(g), 1e-12).run().scores(),
        "betweenness": lambda g: nk.centrality.Betweenness(plain(g)).run().scores(),
        "harmonicCloseness": lambda g: nk.centrality.HarmonicCloseness(plain(g), False).run().scores(),
        "kCore": lambda g: nk.centrality.CoreDecomposition(plain(g)).run().scores(),
        "communities": lambda g: nk.community.ParallelLeiden(made(g)).run().getPartition().getVector(),
    }[name]


def rustworkx(name: str) -> Callable[[Graph], Any]:
    import rustworkx as rx

    def made(graph: Graph) -> Any:
        built = rx.PyGraph(multigraph=False)
        built.add_nodes_from(range(graph.nodes))
        built.add_edges_from(list(zip(graph.left.tolist(), graph.right.tolist(), graph.weight.tolist(), strict=True)))
        return built

    return {
        "degree": lambda g: rx.degree_centrality(made(g)),
        "pageRank": lambda g: rx.pagerank(made(g).to_directed(), 0.85, weight_fn=float, tol=1e-12, max_iter=1_000),
        "eigenvector": lambda g: rx.eigenvector_centrality(made(g), weight_fn=float, tol=1e-10, max_iter=10_000),
        "betweenness": lambda g: rx.betweenness_centrality(made(g), normalized=False),
        "kCore": lambda g: rx.core_number(made(g)),
        "articulation": lambda g: (rx.articulation_points(made(g)), rx.bridges(made(g))),
    }[name]


def igraph(name: str) -> Callable[[Graph], Any]:
    import igraph as ig

    def made(graph: Graph) -> Any:
        edges = np.column_stack([graph.left, graph.right]).tolist()
        return ig.Graph(n=graph.nodes, edges=edges, edge_attrs={"weight": graph.weight.tolist()})

    return {
        "degree": lambda g: made(g).degree(),
        "pageRank": lambda g: made(g).pagerank(damping=0.85, weights="weight"),
        "eigenvector": lambda g: made(g).eigenvector_centrality(weights="weight"),
        "betweenness": lambda g: made(g).betweenness(),
        "harmonicCloseness": lambda g: made(g).harmonic_centrality(normalized=False),
        "kCore": lambda g: made(g).coreness(),
        "constraint": lambda g: made(g).constraint(weights="weight"),
        "articulation": lambda g: (made(g).articulation_points(), made(g).bridges()),
        "communities": lambda g: made(g).community_leiden("modularity", weights="weight", n_iterations=10),
    }[name]


def networkx(name: str) -> Callable[[Graph], Any]:
    import networkx as nx

    def made(graph: Graph) -> Any:
        built = nx.Graph()
        built.add_nodes_from(range(graph.nodes))
        built.add_weighted_edges_from(
            zip(graph.left.tolist(), graph.right.tolist(), graph.weight.tolist(), strict=True)
        )
        return built

    return {
        "degree": lambda g: dict(made(g).degree()),
        "pageRank": lambda g: nx.pagerank(made(g), 0.85, tol=1e-12, max_iter=1_000),
        "eigenvector": lambda g: nx.eigenvector_centrality_numpy(made(g), weight="weight"),
        "betweenness": lambda g: nx.betweenness_centrality(made(g), normalized=False),
        "harmonicCloseness": lambda g: nx.harmonic_centrality(made(g)),
        "kCore": lambda g: nx.core_number(made(g)),
        "constraint": lambda g: nx.constraint(made(g), weight="weight"),
        "articulation": lambda g: (list(nx.articulation_points(made(g))), list(nx.bridges(made(g)))),
        "communities": lambda g: nx.community.louvain_communities(made(g), seed=1),
    }[name]


IN_PROCESS = {"networkit": networkit, "rustworkx": rustworkx, "igraph": igraph, "NetworkX": networkx}
ALL_PAIRS = {"betweenness", "harmonicCloseness"}


def libraries(name: str, graph: Graph) -> dict[str, Library]:
    """The libraries that have a measure, Ecograph's own default first."""
    own = next(c for c in CENTRALITIES if c.name == name)
    found: dict[str, Library] = {"Ecograph": lambda _, g: asyncio.to_thread(own.compute, fresh(g))}
    if own.by_cypher is not None:
        found["GDS"] = own.by_cypher
    for library, of in IN_PROCESS.items():
        too_much = name in ALL_PAIRS and graph.nodes * len(graph.left) > NETWORKX_MOST
        if library == "NetworkX" and too_much:
            continue
        try:
            function = of(name)
        except (KeyError, ImportError):
            continue
        found[library] = lambda _, g, function=function: asyncio.to_thread(function, g)  # type: ignore[misc]
    return found


def fresh(graph: Graph) -> Graph:
    """The same graph without anything kept."""
    return Graph(graph.nodes, graph.left, graph.right, graph.weight, graph.excluded)


async def timed(work: Work, graph: Graph, rounds: int) -> dict[str, dict[str, float]]:
    """Per measure and library the median seconds of the rounds."""
    table: dict[str, dict[str, float]] = {}
    for centrality in CENTRALITIES:
        seconds: dict[str, list[float]] = {}
        of = libraries(centrality.name, graph)
        for _ in range(rounds):
            for library, call in of.items():
                if seconds.get(library, [0.0])[-1] > SLOW or np.isnan(seconds.get(library, [0.0])[-1]):
                    continue
                started = time.perf_counter()
                try:
                    await call(work, graph)
                except Exception as error:  # noqa: BLE001 – a library that cannot is said so, and the others go on
                    print(f"{library} {centrality.name}: {error}"[:200], file=sys.stderr)
                    seconds.setdefault(library, []).append(float("nan"))
                    continue
                seconds.setdefault(library, []).append(time.perf_counter() - started)
        table[centrality.name] = {library: statistics.median(found) for library, found in seconds.items()}
        print(centrality.name, {k: round(v, 3) for k, v in table[centrality.name].items()}, file=sys.stderr, flush=True)
    return table


def as_markdown(title: str, table: Mapping[str, Mapping[str, float]]) -> list[str]:
    """A table of seconds."""
    names = ["Ecograph", "GDS", *IN_PROCESS]
    lines = [f"### {title}", "", f"| seconds | {' | '.join(names)} |", f"|---|{'---:|' * len(names)}"]
    for measure_name, found in table.items():
        cells = [f"{found[n]:.3f}" if n in found and found[n] == found[n] else "" for n in names]
        lines.append(f"| {measure_name} | {' | '.join(cells)} |")
    return [*lines, ""]


async def whole_run(database: Database, settings: Settings) -> list[str]:
    """All measures as `ecograph measure --all` computes and stores them."""
    started = time.perf_counter()
    outcomes = await measure(database, settings, everything=True, grace_s=0)
    total = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = ["### `ecograph measure --all`", "", "| measure | graph | engine | seconds |", "|---|---|---|---:|"]
    lines += [f"| {o.measure.name} | {o.measure.group.name} | {o.engine} | {o.seconds:.2f} |" for o in outcomes]
    return [*lines, "", f"All with what is written: {total:.1f} s; peak memory of the process: {peak:.0f} MiB.", ""]


async def main(arguments: argparse.Namespace) -> None:
    settings = Settings.load(home=arguments.home)
    async with open_database(settings) as database:
        version = await read_version(database)
        lines = [f"# Measures, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC", "", f"Graph version {version}.", ""]
        if not arguments.only_libraries:
            lines += await whole_run(database, settings)
        if not arguments.only_run:
            today = datetime.now(UTC).date()
            work = Work(database, settings, today, has_customer_dates=version.has_customer_dates)
            for title, graph_of in (("Partner graph", partners), ("Whole graph", whole_graph)):
                graph = await graph_of(work)
                what = f"{title}: {graph.nodes:,} nodes, {len(graph.left):,} edges"
                lines += as_markdown(what, await timed(work, graph, arguments.rounds))
    text = "\n".join(lines)
    print(text)
    if arguments.out:
        arguments.out.write_text(text, "utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--home", type=Path, required=True, help="home of a graph that is loaded")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only-run", action="store_true", help="only `ecograph measure --all`")
    parser.add_argument("--only-libraries", action="store_true", help="only the libraries beside each other")
    parser.add_argument("--out", type=Path, help="a Markdown file to write")
    asyncio.run(main(parser.parse_args()))
