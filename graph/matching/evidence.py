"""What the levels of a pair come to: a sum of log-odds, one term per field, after Fellegi and Sunter (1969)."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from .compare import Site

LEVELS = ("site", "name", "rarity", "words", "by_label", "duns", "country")
"""The columns of `compare` that count."""

Weights = Mapping[str, Mapping[str, float]]
"""Field → level → log-odds (natural logarithm); a level that is not named weighs nothing. `bias` is the start."""


def terms(levels: pl.DataFrame) -> pl.DataFrame:
    """The fields that are summed, with the level of each.

    What a name says depends on what else is known: at one site it only confirms; alone, it counts by how rare it is.
    """
    at_site = pl.col("site").is_in([Site.SAME.value, Site.ALIAS.value])
    alone = pl.concat_str("name", pl.lit(" "), "rarity")
    labelled = (pl.col("site") == Site.UNKNOWN.value) & pl.col("by_label")
    return levels.select(
        bias=pl.lit("all"),
        site=pl.col("site").cast(pl.String),
        name_at_site=pl.when(at_site).then(pl.col("name").cast(pl.String)),
        name_alone=pl.when(~at_site).then(alone),
        name_words=pl.when(~at_site).then(pl.concat_str("name", pl.lit(" "), "words")),
        name_is_domain=pl.when(labelled).then(pl.col("name").cast(pl.String)),
        duns=pl.col("duns").cast(pl.String),
        country=pl.col("country").cast(pl.String),
    )


def log_odds(levels: pl.DataFrame, weights: Weights) -> pl.Series:
    """The sum of the weights of each pair's levels."""
    found = terms(levels)
    summed = [
        pl.col(field).replace_strict(dict(weights.get(field, {})) or {"": 0.0}, default=0.0, return_dtype=pl.Float64)
        for field in found.columns
    ]
    return found.select(log_odds=pl.sum_horizontal(summed)).to_series()
