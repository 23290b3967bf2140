"""The partner–partner graph: two partners are tied by the active accounts that they share, and by integrations.

Each shared account adds 1/(d − 1), where d is how many partners it has, so that a partner's ties add up to the number
of accounts that it shares with anybody (Newman 2001, Scientific collaboration networks II); integrations alike.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy import sparse

from ...graph.model.measured import SHARES_WITH
from ..measure import Measure
from ..values import account_values
from ..work import Computed, Floats, Ints, Work
from .articulation import bridges
from .graphs import Graph
from .pieces import pieces
from .relations import Memberships, only, partner_accounts, partner_ids, partner_integrations

CAP = 200
"""Accounts and integrations with more partners than this tie nobody: the largest few would make half of all ties."""
KEPT_TIES = 30
"""A tie is kept where it is among the heaviest so many of either partner."""


@dataclass(frozen=True)
class PartnerGraph:
    """An undirected weighted graph over the run's partners; each tie stands once, `left` < `right`."""

    ids: list[str]
    left: Ints
    right: Ints
    weight: Floats
    accounts: Ints
    integrations: Ints
    cosine: Floats
    """Shared accounts over the geometric mean of the accounts of each, 0 to 1."""
    since: Ints
    excluded: list[str]


async def partner_graph(work: Work) -> PartnerGraph:
    """The graph of this run."""
    return await work.once("partner graph", lambda: _make(work))


async def _make(work: Work) -> PartnerGraph:
    values = await account_values(work)
    accounts = only(await partner_accounts(work), values.accounts)
    integrations = await partner_integrations(work)
    ids = await partner_ids(work)
    return await asyncio.to_thread(fold, ids, accounts, integrations)


def fold(
    ids: list[str], accounts: Memberships, integrations: Memberships, cap: int = CAP, kept_ties: int = KEPT_TIES
) -> PartnerGraph:
    """Tie partners by what they share."""
    excluded = []
    by_account, hubs = _capped(accounts, cap)
    if hubs:
        excluded.append(f"{hubs:,} accounts with more than {cap} partners")
    by_integration, hubs = _capped(integrations, cap)
    if hubs:
        excluded.append(f"{hubs:,} integrations with more than {cap} partners")
    weight = sparse.triu(_shared(by_account, weighted=True) + _shared(by_integration, weighted=True), 1).tocsr()
    left, right, heavy, light = _prune(weight, kept_ties)
    if light:
        excluded.append(f"{light:,} ties that are not among the {kept_ties} heaviest of either partner")
    shared = [np.zeros(len(left), np.int64), np.zeros(len(left), np.int64)]
    for at, memberships in enumerate((by_account, by_integration)):
        if len(left):
            counts = _shared(memberships, weighted=False)
            shared[at] = np.asarray(counts[left, right]).ravel().astype(np.int64)
    size = np.bincount(by_account.partner, minlength=by_account.partners)
    cosine = shared[0] / np.sqrt(np.maximum(size[left] * size[right], 1))
    since = _since((by_account, by_integration), left, right)
    return PartnerGraph(ids, left, right, heavy, shared[0], shared[1], cosine, since, excluded)


def _capped(memberships: Memberships, cap: int) -> tuple[Memberships, int]:
    degree = np.bincount(memberships.item, minlength=len(memberships.numbers))
    kept = memberships.numbers[degree <= cap]
    return only(memberships, kept), int((degree > cap).sum())


def _shared(memberships: Memberships, *, weighted: bool) -> sparse.csr_array:
    """For each pair of partners, how many items they share, or the sum of 1/(d − 1) over these."""
    degree = np.bincount(memberships.item, minlength=len(memberships.numbers))
    shape = (len(memberships.numbers), memberships.partners)
    ones = np.ones(len(memberships.item))
    plain = sparse.csr_array((ones, (memberships.item, memberships.partner)), shape)
    if not weighted:
        return sparse.csr_array(plain.T @ plain)
    parts = sparse.csr_array(
        (1 / np.maximum(degree - 1, 1)[memberships.item], (memberships.item, memberships.partner)), shape
    )
    return sparse.csr_array(parts.T @ plain)


def _prune(weight: sparse.csr_array, kept_ties: int) -> tuple[Ints, Ints, Floats, int]:
    """The ties among the heaviest of either end, and how many others there were."""
    ties = weight.tocoo()
    left, right, value = ties.row.astype(np.int64), ties.col.astype(np.int64), ties.data
    keep = np.zeros(len(value), bool)
    for end in (left, right):
        keep |= _places(left, right, value, end) < kept_ties
    order = np.lexsort((right[keep], left[keep]))
    return left[keep][order], right[keep][order], value[keep][order], int((~keep).sum())


def _places(left: Ints, right: Ints, value: Floats, end: Ints) -> Ints:
    """The place of each tie among all of the partner at `end`, by weight, 0 for the heaviest."""
    both = np.concatenate([left, right])
    other = np.concatenate([right, left])
    order = np.lexsort((other, -np.concatenate([value, value]), both))
    starts = np.searchsorted(both[order], np.arange(both.max() + 1 if len(both) else 0))
    place = np.empty(len(both), np.int64)
    place[order] = np.arange(len(both)) - starts[both[order]] if len(both) else 0
    return place[: len(left)] if end is left else place[len(left) :]


def _since(parts: tuple[Memberships, ...], left: Ints, right: Ints) -> Ints:
    """The first day on which both ends of each tie had part in one thing; 0 for always."""
    found = np.full(len(left), np.iinfo(np.int64).max)
    for memberships in parts:
        key = left * memberships.partners + right
        order = np.lexsort((memberships.partner, memberships.item))
        item, partner, since = (a[order] for a in (memberships.item, memberships.partner, memberships.since))
        ends = np.searchsorted(item, item, side="right")
        later = ends - np.arange(len(item)) - 1
        for start, end in pieces(later):
            n = later[start:end]
            first = np.repeat(np.arange(start, start + len(n)), n)
            second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(n) - n, n)
            wanted = partner[first] * memberships.partners + partner[second]
            at = np.minimum(np.searchsorted(key, wanted), max(len(key) - 1, 0))
            hit = key[at] == wanted if len(key) else np.zeros(len(wanted), bool)
            np.minimum.at(found, at[hit], np.maximum(since[first[hit]], since[second[hit]]))
    return np.where(found == np.iinfo(np.int64).max, 0, found)


def as_date(day: int) -> date | None:
    """A day from its number year · 10000 + month · 100 + day; None for 0."""
    return date(day // 10_000, day // 100 % 100, day % 100) if day else None


async def _shares_with(work: Work) -> Computed:
    graph = await partner_graph(work)
    ids = graph.ids
    plain = Graph(len(ids), graph.left, graph.right, graph.weight)
    cuts = await asyncio.to_thread(bridges, plain)
    edges = [
        {
            "from": ids[left],
            "to": ids[right],
            "weight": weight,
            "accounts": accounts,
            "integrations": integrations,
            "cosine": cosine,
            "since": as_date(since),
            "isBridge": is_bridge,
        }
        for left, right, weight, accounts, integrations, cosine, since, is_bridge in zip(
            graph.left.tolist(),
            graph.right.tolist(),
            graph.weight.tolist(),
            graph.accounts.tolist(),
            graph.integrations.tolist(),
            graph.cosine.tolist(),
            graph.since.tolist(),
            cuts.tolist(),
            strict=True,
        )
    ]
    parameters = {"cap": CAP, "keptTies": KEPT_TIES}
    return Computed("in-process (scipy)", edges=edges, parameters=parameters, excluded=graph.excluded)


SHARES = Measure(
    "sharesWith",
    SHARES_WITH,
    "Which partners share accounts and integrations, and how strongly they are tied.",
    "Newman 2001, Scientific collaboration networks II, Phys. Rev. E 64, 016132",
    _shares_with,
)
