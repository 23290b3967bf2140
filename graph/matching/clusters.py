"""Companies made of pairs that are the same: joined from the likeliest on, never against what keeps two rows apart."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from .verdict import Verdict


def clusters(table: pl.DataFrame, pairs: pl.DataFrame) -> pl.Series:
    """The company of each row, named by the number of its first row.

    Two groups are not joined where a pair between them was judged DIFFERENT, and, through a row that has none, neither
    where both have a DUNS or both a website and none in common: that A is like B and B like C does not make A and C
    one company that their own data tells apart.

    Args:
        table: `site` and `duns` by number of row, null where unknown.
        pairs: `left`, `right` (numbers of rows), `probability`, `verdict`.
    """
    same = pairs.filter(pl.col("verdict") == Verdict.SAME.value)
    count = table.height
    ends = (same["left"].to_numpy(), same["right"].to_numpy())
    graph = coo_array((np.ones(same.height, dtype=np.int8), ends), shape=(count, count))
    labels = connected_components(graph, directed=False)[1] if count else np.zeros(0, dtype=np.int32)
    part = pl.DataFrame({"at": np.arange(count, dtype=np.uint32), "part": labels}).hstack(table.select("site", "duns"))
    kinds = part.group_by("part").agg(pl.col("site", "duns").drop_nulls().n_unique())
    doubtful = kinds.filter((pl.col("site") > 1) | (pl.col("duns") > 1))["part"]
    different = pairs.filter(pl.col("verdict") == Verdict.DIFFERENT.value).select("left", "right")
    inside = different.filter(pl.Series(labels[different["left"].to_numpy()] == labels[different["right"].to_numpy()]))
    split = np.union1d(doubtful.to_numpy(), labels[inside["left"].to_numpy()])
    first = part.select(pl.col("at").min().over("part"))["at"].to_numpy().copy()
    if split.size:
        members = part.filter(pl.col("part").is_in(split.tolist()))
        edges = same.filter(pl.Series(np.isin(labels[ends[0]], split)))
        edges = edges.sort(-pl.col("probability"), "left", "right")
        for at, company in _greedily(members, edges, inside).items():
            first[at] = company
    return pl.Series("company", first, dtype=pl.UInt32)


@dataclass
class _Group:
    rows: list[int]
    sites: set[int]
    duns: set[str]
    apart: set[int] = field(default_factory=set)


def _greedily(members: pl.DataFrame, edges: pl.DataFrame, different: pl.DataFrame) -> dict[int, int]:
    group: dict[int, _Group] = {}
    for at, site, duns in members.select("at", "site", "duns").iter_rows():
        group[at] = _Group([at], set() if site is None else {site}, set() if duns is None else {duns})
    own = {at: (bool(g.sites), bool(g.duns)) for at, g in group.items()}
    for left, right in different.iter_rows():
        group[left].apart.add(right)
        group[right].apart.add(left)
    for left, right in edges.select("left", "right").iter_rows():
        a, b = group[left], group[right]
        if a is b:
            continue
        # Where both ends have it, the pair itself was judged by it.
        other_site = not (own[left][0] and own[right][0]) and a.sites and b.sites and not a.sites & b.sites
        other_duns = not (own[left][1] and own[right][1]) and a.duns and b.duns and not a.duns & b.duns
        if other_site or other_duns or not a.apart.isdisjoint(b.rows) or not b.apart.isdisjoint(a.rows):
            continue
        large, small = (a, b) if len(a.rows) >= len(b.rows) else (b, a)
        large.rows += small.rows
        large.sites |= small.sites
        large.duns |= small.duns
        large.apart |= small.apart
        for at in small.rows:
            group[at] = large
    return {at: min(found.rows) for at, found in group.items()}
