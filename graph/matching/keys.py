"""What a row may be found by: its domains, its DUNS, and parts of its name, each with how many rows share it."""

from __future__ import annotations

import polars as pl

from .rows import Rows

EDGES = (6, 9)
"""Lengths of the beginnings and ends of a name that are keys: a slip of the pen spoils one of the two ends only."""


def name_keys(rows: Rows) -> pl.DataFrame:
    """Keys by name, one line per row and key.

    Whole names, initials and labels of domains are of one space, so that `IBM` finds `International Business Machines`
    and `Capital One` finds the row of capitalone.com. Single words, neighbouring words, beginnings and ends are keys.

    Returns:
        `at`, `key` (UInt64), `is_whole`; `companies`, the number of sites that have the key, at least 1.
    """
    names = (
        rows.table.filter(pl.col("compact") != "")
        .select("core", "compact", "stem", "initials")
        .unique("core")
        .with_row_index("called")
    )
    words = names.select("called", word=pl.col("core").str.split(" ")).explode("word")
    words = words.with_columns(next=pl.col("word").shift(-1).over("called"))
    parts = [
        names.select("called", key=_key("=", pl.col("compact")), is_whole=True),
        names.select("called", key=_key("=", pl.col("stem")), is_whole=True),
        names.drop_nulls("initials").select("called", key=_key("=", pl.col("initials")), is_whole=True),
        words.filter(pl.col("word").str.len_chars() > 1).select(
            "called", key=_key("w", pl.col("word")), is_whole=False
        ),
        words.drop_nulls("next").select("called", key=_key("w", pl.col("word") + " " + pl.col("next")), is_whole=False),
    ]
    for length in EDGES:
        long = names.filter(pl.col("compact").str.len_chars() >= length)
        parts.append(long.select("called", key=_key("^", pl.col("compact").str.head(length)), is_whole=False))
        parts.append(long.select("called", key=_key("$", pl.col("compact").str.tail(length)), is_whole=False))
    by_name = pl.concat(parts).unique()
    by_row = rows.table.select("at", "core", "site").join(names.select("core", "called"), on="core")
    of_rows = by_row.select("at", "site", "called").join(by_name, on="called").select("at", "site", "key", "is_whole")
    labels = rows.table.select("at", "site", label="labels").explode("label").drop_nulls("label")
    by_label = labels.select("at", "site", key=_key("=", pl.col("label")), is_whole=True)
    found = pl.concat([of_rows, by_label]).unique()
    counts = found.group_by("key").agg(rows=pl.len(), companies=pl.col("site").drop_nulls().n_unique())
    counts = counts.filter(pl.col("rows") > 1).with_columns(pl.col("companies").clip(1))
    return found.join(counts, on="key").select("at", "key", "is_whole", "rows", "companies")


def _key(space: str, text: pl.Expr) -> pl.Expr:
    return (pl.lit(space) + text).hash(seed=0)
