"""Finds the rows of lists that are the same company."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

import polars as pl

from .candidates import LeftOut, find_candidates
from .clusters import clusters
from .compare import Agreement, Name, Site, compare
from .evidence import Weights
from .reasons import reasons
from .rows import Rows, read_rows
from .verdict import REVIEW_FROM, SAME_FROM, judge
from .weights import WEIGHTS

_LIST_FROM = 0.05
"""Pairs less likely than this are listed only when they share a domain, a DUNS or the whole name."""


@dataclass(frozen=True)
class Matches:
    """What was found.

    Attributes:
        pairs: one line per pair that has more than a word in common: `id` (the same whenever these two rows are
            matched), `left`, `right` (ids of rows, left before right), `probability` (0–1), `verdict` (SAME, REVIEW,
            DIFFERENT), `reasons` (texts). In order of `left`, then `right`.
        left_out: what was not looked into.
        rows: the rows as they were compared, for `companies`.
    """

    pairs: pl.DataFrame
    left_out: LeftOut
    rows: Rows


def match(rows: pl.DataFrame, *, within: bool = False, same: float = SAME_FROM, review: float = REVIEW_FROM,
          weights: Weights = WEIGHTS) -> Matches:  # fmt: skip
    """Compare the rows of different lists that have something in common. The order of the rows does not matter.

    Args:
        rows: `row` (an id of its own), `list`, `name`, `domains` (websites or e-mail domains as they were written),
            `duns`, and `country` if it is known; all texts but `domains`, which is a list of texts.
        within: look for duplicates in each list too.
        same, review: probabilities from which on a pair is SAME, or for REVIEW.
        weights: of the levels of agreement.

    Raises:
        BadInput: a column is missing, an id is missing or occurs twice.
    """
    read = read_rows(rows)
    candidates, left_out = find_candidates(read, within=within)
    judged = judge(compare(read, candidates), same=same, review=review, weights=weights)
    judged = judged.filter(_is_worth_listing()).sort("left", "right")
    judged = judged.with_columns(reasons=reasons(read, judged))
    names = read.table["row"]
    pairs = judged.select(
        left=names.gather(judged["left"]),
        right=names.gather(judged["right"]),
        probability="probability",
        verdict=pl.col("verdict"),
        reasons="reasons",
    )
    return Matches(pairs.select(_ids(pairs), pl.all()), left_out, read)


def companies(matches: Matches, pairs: pl.DataFrame | None = None) -> pl.DataFrame:
    """The company of each row, as the SAME pairs tell it.

    Args:
        matches: what `match` found.
        pairs: the same pairs after people decided some: `left`, `right`, `verdict`, `probability`.

    Returns:
        `row` and `company`: the id of the company's first row, in order of the ids.
    """
    names = matches.rows.table["row"]
    numbers = pl.DataFrame({"row": names, "at": pl.int_range(len(names), dtype=pl.UInt32, eager=True)})
    given = matches.pairs if pairs is None else pairs
    by_number = given.select(
        "probability",
        "verdict",
        left=given["left"].to_frame("row").join(numbers, on="row", how="left", maintain_order="left")["at"],
        right=given["right"].to_frame("row").join(numbers, on="row", how="left", maintain_order="left")["at"],
    )
    company = clusters(matches.rows.table, by_number)
    return pl.DataFrame({"row": names, "company": names.gather(company)})


def pair_id(left: str, right: str) -> str:
    """The id of a pair of rows, whichever of them is named first."""
    first, second = sorted((left, right))
    return blake2b(f"{len(first)}:{first}{second}".encode(), digest_size=12).hexdigest()


def _is_worth_listing() -> pl.Expr:
    """Likely enough to be asked about, or sharing what a person would ask about."""
    shares = pl.col("site").is_in([Site.SAME.value, Site.ALIAS.value]) | (pl.col("name") == Name.SAME.value)
    knows = pl.col("duns") != Agreement.UNKNOWN.value
    return (pl.col("probability") >= _LIST_FROM) | shares | knows


def _ids(pairs: pl.DataFrame) -> pl.Series:
    both = zip(pairs["left"].to_list(), pairs["right"].to_list(), strict=True)
    return pl.Series("id", [pair_id(left, right) for left, right in both], dtype=pl.String)
