"""The whole graph: partners, accounts, products, integrations and deals, joined by what holds on the day.

Two nodes are joined once, with the number of relations between them as weight. Our own company is left out, which is
joined to nearly everything by its nature, and so are account lists and derived relations.
"""

from __future__ import annotations

import asyncio

import numpy as np

from ...graph.model.measured import WHOLE
from ..rows import flat
from ..work import Ints, Work
from .graphs import Graph, simple_graph

EXCLUDED = ("our own company", "account lists (KNOWS)", "derived relations (HAS_PARTNER)")


async def whole_graph(work: Work) -> Graph:
    """The graph of this run, its nodes label after label as in the group WHOLE."""
    return await work.once("whole graph", lambda: _make(work))


async def _make(work: Work) -> Graph:
    numbers = np.concatenate([*(await work.numbers(WHOLE)).values()])
    rows = await work.rows("whole_edges")
    return await asyncio.to_thread(_graph, numbers, flat(rows, 1), flat(rows, 2))


def _graph(numbers: Ints, starts: Ints, ends: Ints) -> Graph:
    order = np.argsort(numbers)
    left, right = (_places(numbers, order, side) for side in (starts, ends))
    known = (left >= 0) & (right >= 0)
    return simple_graph(len(numbers), left[known], right[known], np.ones(int(known.sum())), EXCLUDED)


def _places(numbers: Ints, order: Ints, wanted: Ints) -> Ints:
    """The places of the numbers; −1 for one that came into the graph since the nodes were read."""
    if not len(numbers):
        return np.full(len(wanted), -1)
    at = np.minimum(np.searchsorted(numbers[order], wanted), len(numbers) - 1)
    return np.where(numbers[order[at]] == wanted, order[at], -1)
