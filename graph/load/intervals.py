"""Edges as unbroken intervals: overlapping or touching ones of one pair become one, gaps stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

_ISLAND, _START, _END = "_island", "_start", "_end"


def merge_intervals(
    rows: pl.DataFrame, pair: Sequence[str], others: Mapping[str, pl.Expr] | None = None
) -> pl.DataFrame:
    """Merge the rows that agree in `pair` and whose [since, until) overlap or touch.

    Args:
        rows: has `since` and `until` (Date; null means unbounded) and the columns of `pair`.
        pair: the columns that say which rows belong together.
        others: how each other column is aggregated; by default its first value that is not null.
    """
    if not rows.select(pl.struct(pair).is_duplicated().any()).item():
        return (
            rows
            if not others
            else rows.group_by(pair, maintain_order=True).agg(
                pl.col("since").first(), pl.col("until").first(), *(e.alias(n) for n, e in others.items())
            )
        )
    kept = [name for name in rows.columns if name not in {*pair, "since", "until"}]
    aggregated = others or {name: pl.col(name).drop_nulls().first() for name in kept}
    island = (pl.col(_START) > pl.col(_END).cum_max().shift(1).over(pair)).fill_null(True)
    return (
        rows.with_columns(
            pl.col("since").fill_null(date.min).alias(_START), pl.col("until").fill_null(date.max).alias(_END)
        )
        .sort([*pair, _START], maintain_order=True)
        .with_columns(island.cum_sum().over(pair).alias(_ISLAND))
        .group_by([*pair, _ISLAND], maintain_order=True)
        .agg(
            pl.col(_START).min(),
            pl.col(_END).max(),
            *(expression.alias(name) for name, expression in aggregated.items()),
        )
        .with_columns(
            pl.when(pl.col(_START) > date.min).then(pl.col(_START)).alias("since"),
            pl.when(pl.col(_END) < date.max).then(pl.col(_END)).alias("until"),
        )
        .drop(_START, _END, _ISLAND)
    )


def overlap(a_since: date | None, a_until: date | None, b_since: date | None, b_until: date | None) -> bool:
    """True when two intervals overlap or touch."""
    return (a_since or date.min) <= (b_until or date.max) and (b_since or date.min) <= (a_until or date.max)
