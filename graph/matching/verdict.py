"""Probability and verdict of each pair: the sum of the evidence, and rules that no sum outweighs."""

from __future__ import annotations

from enum import StrEnum

import polars as pl

from .compare import Agreement, Site
from .evidence import LEVELS, Weights, log_odds
from .weights import WEIGHTS

SAME_FROM, REVIEW_FROM = 0.7, 0.2
"""Probabilities from which on a pair is the same company, or is for a person to decide."""


class Verdict(StrEnum):
    """What is to be done with a pair: SAME is merged, REVIEW asked, DIFFERENT kept apart."""

    SAME = "SAME"
    REVIEW = "REVIEW"
    DIFFERENT = "DIFFERENT"


def judge(pairs: pl.DataFrame, *, same: float = SAME_FROM, review: float = REVIEW_FROM,
          weights: Weights = WEIGHTS) -> pl.DataFrame:  # fmt: skip
    """The pairs with `probability` (0–1), `verdict`, and `is_held`: a rule kept a name alone from deciding.

    Two different DUNS are two companies. Where both rows have domains and none in common, names alone never make a
    pair SAME.
    """
    cells = pairs.select(LEVELS).unique()
    cells = cells.with_columns(probability=1 / (1 + (-log_odds(cells, weights)).exp()))
    conflict = pl.col("duns") == Agreement.DIFFERENT.value
    cells = cells.with_columns(probability=pl.when(conflict).then(0.0).otherwise("probability"))
    apart = pl.col("site").is_in([Site.DIFFERENT.value, Site.LABEL.value])
    by_name_alone = apart & (pl.col("duns") != Agreement.SAME.value)
    likely = pl.col("probability") >= same
    cells = cells.with_columns(
        is_held=likely & by_name_alone,
        verdict=pl.when(likely & ~by_name_alone).then(pl.lit(Verdict.SAME.value))
        .when(pl.col("probability") >= review).then(pl.lit(Verdict.REVIEW.value))
        .otherwise(pl.lit(Verdict.DIFFERENT.value)),
    )  # fmt: skip
    return pairs.join(cells, on=LEVELS, how="left", maintain_order="left")
