"""Lists that name the companies, each row with the noise of whoever wrote it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from ..synthetic.draws import Random, chance, stream
from .companies import make_companies
from .spelling import spelled
from .websites import websites

LISTS = ("customers", "partner", "prospects")
_SHARE = 0.55
"""Of the companies that each list names."""
_TWICE = 0.01


@dataclass(frozen=True)
class CompanyLists:
    """Rows as the matching takes them, and the company that each is of.

    Attributes:
        rows: row, list, name, domains, duns, country.
        truth: row, company.
    """

    rows: pl.DataFrame
    truth: pl.DataFrame


def company_lists(companies: int, *, seed: int) -> CompanyLists:
    """Three lists of these companies; each company is on each list with a chance of 0.55, and rarely twice.

    Args:
        companies: how many there are; there are about 1.67 times as many rows.
        seed: 0 or more; another seed gives other companies and other noise.
    """
    known = make_companies(stream(seed, "companies"), companies)
    parts = [_one_list(stream(seed, name), known, name) for name in LISTS]
    rows = pl.concat(parts).sample(fraction=1, shuffle=True, seed=seed)
    rows = rows.with_columns(row=pl.lit("row-") + pl.int_range(pl.len()).cast(pl.String).str.zfill(8))
    return CompanyLists(rows.select("row", "list", "name", "domains", "duns", "country"), rows.select("row", "company"))


def _one_list(rng: Random, known: pl.DataFrame, name: str) -> pl.DataFrame:
    on_list = np.flatnonzero(chance(rng, _SHARE, known.height))
    again = on_list[chance(rng, _TWICE, on_list.size)]
    rows = known[np.concatenate([on_list, again])]
    count = rows.height
    rows = rows.with_columns(
        is_regional=pl.Series(chance(rng, 0.3, count)) & pl.col("regional").is_not_null(),
        is_other=pl.Series(chance(rng, 0.4, count)) & pl.col("other").is_not_null(),
    )
    duns = pl.when(pl.Series(chance(rng, 0.35, count))).then("duns")
    wrong = pl.Series(rng.integers(100_000_000, 999_999_999, size=count)).cast(pl.String)
    country = pl.when(pl.Series(chance(rng, 0.02, count))).then(pl.lit("CA")).otherwise("country")
    return rows.select(
        "company",
        list=pl.lit(name),
        name=spelled(rng, rows),
        domains=websites(rng, rows),
        duns=pl.when(pl.Series(chance(rng, 0.002, count)) & duns.is_not_null()).then(wrong).otherwise(duns),
        country=pl.when(pl.Series(chance(rng, 0.7, count))).then(country),
    )
