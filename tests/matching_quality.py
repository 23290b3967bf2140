"""How well rows were matched, against the truth."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from ecograph.graph.matching import Matches, companies
from ecograph.seeds.companies import CompanyLists


class Quality(NamedTuple):
    """Of pairs of rows of different lists."""

    precision: float
    recall: float


def quality(made: CompanyLists, found: Matches) -> Quality:
    """The pairs that are of one company by the companies found, against those of the truth."""
    lists = made.rows.select("row", "list")
    truth = _pairs(lists.join(made.truth, on="row"))
    said = _pairs(lists.join(companies(found), on="row"))
    right = truth.join(said, on=["row", "row_right"], how="semi").height
    return Quality(right / said.height, right / truth.height)


def _pairs(rows: pl.DataFrame) -> pl.DataFrame:
    both = rows.join(rows, on="company")
    is_pair = (pl.col("row") < pl.col("row_right")) & (pl.col("list") != pl.col("list_right"))
    return both.filter(is_pair).select("row", "row_right")
