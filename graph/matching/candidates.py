"""Pairs of rows that are worth a comparison: those that share a key which not too many rows have."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from .keys import name_keys
from .rows import Rows

MOST_BY_NAME = 20
"""A part of a name that more rows have than this finds nobody: `bank`, `global`."""
MOST_BY_KEY = 200
"""A whole name, a domain or a DUNS that more rows have than this finds nobody."""

_SHIFT = 2**32


@dataclass(frozen=True)
class LeftOut:
    """What was not looked into, so that the number of pairs stays in proportion to the rows.

    Attributes:
        keys: domains, DUNS numbers and names that more than `MOST_BY_KEY` rows have.
        words: parts of names that more than `MOST_BY_NAME` rows have.
        rows: rows without any key that few enough rows share, though something in them is shared.
    """

    keys: int
    words: int
    rows: int


def find_candidates(rows: Rows, *, within: bool = False) -> tuple[pl.DataFrame, LeftOut]:
    """The pairs to compare.

    Args:
        rows: as `read_rows` gives them.
        within: look for duplicates in each list too.

    Returns:
        `left`, `right` (numbers of rows, left < right); `companies`, the number of sites that have the rarest part of
        a name which both have, null where they have none; `same_domain`, whether they share one; and what was left out.
    """
    lists = rows.table.select("at", list=pl.col("list").rank("dense"), site="site")
    exact = [
        rows.keys.select("at", key=pl.col("domain").hash(seed=1), is_domain=True),
        rows.table.drop_nulls("site").select("at", key=pl.col("site").hash(seed=2), is_domain=False),
        rows.table.drop_nulls("duns").select("at", key=pl.col("duns").hash(seed=3), is_domain=False),
    ]
    by_key = pl.concat(exact)
    by_key = by_key.with_columns(rows=pl.len().over("key")).filter(pl.col("rows") > 1)
    by_name = name_keys(rows)
    is_few = pl.col("rows") <= pl.when("is_whole").then(MOST_BY_KEY).otherwise(MOST_BY_NAME)
    kept_names = by_name.filter(is_few)
    kept_keys = by_key.filter(pl.col("rows") <= MOST_BY_KEY)
    left_out = _left_out(by_key, by_name, is_few, pl.concat([kept_names["at"], kept_keys["at"]]))
    exactly = kept_keys.with_columns(is_whole=True, companies=pl.lit(None, pl.UInt32()))
    by_words = kept_names.with_columns(is_domain=False)
    both = pl.concat([_pairs(kept, lists, within=within) for kept in (exactly, by_words)])
    found = both.group_by("pair").agg(pl.col("companies").min(), same_domain=pl.col("is_domain").any())
    left, right = pl.col("pair") // _SHIFT, pl.col("pair") % _SHIFT
    columns = found.select("companies", "same_domain", left=left.cast(pl.UInt32), right=right.cast(pl.UInt32))
    return columns, left_out


def _pairs(keys: pl.DataFrame, lists: pl.DataFrame, *, within: bool) -> pl.DataFrame:
    lines = keys.join(lists, on="at").rename({"at": "left"})
    joined = lines.lazy().join(lines.lazy().rename({"left": "right"}), on="key")
    wanted = pl.col("left") < pl.col("right")
    if not within:
        wanted &= pl.col("list") != pl.col("list_right")
    wanted &= ~_are_apart() | pl.col("is_whole") | pl.col("is_whole_right")
    pair = pl.col("left").cast(pl.UInt64) * _SHIFT + pl.col("right")
    chosen = joined.filter(wanted).select("companies", "is_domain", pair=pair)
    return chosen.collect(engine="streaming")


def _are_apart() -> pl.Expr:
    return (pl.col("site") != pl.col("site_right")).fill_null(False)


def _left_out(by_key: pl.DataFrame, by_name: pl.DataFrame, is_few: pl.Expr, found: pl.Series) -> LeftOut:
    many = by_name.filter(~is_few)
    hot = by_key.filter(pl.col("rows") > MOST_BY_KEY)
    lost = pl.concat([hot["at"], many["at"]]).unique()
    return LeftOut(
        keys=hot["key"].n_unique() + many.filter("is_whole")["key"].n_unique(),
        words=many.filter(~pl.col("is_whole"))["key"].n_unique(),
        rows=int((~lost.is_in(found.unique().implode())).sum()),
    )
