"""The rows to be matched, made comparable: numbered in the order of their ids, with names, domains and DUNS read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from ..domains import domains_of, shared_domains
from ..errors import BadInput
from ..hosts import PUBLIC_HOSTS
from .names import core_names

COLUMNS = {
    "row": pl.String(), "list": pl.String(), "name": pl.String(), "domains": pl.List(pl.String()), "duns": pl.String(),
    "country": pl.String(),
}  # fmt: skip
_MOST_ALIASES = 10
"""A row that names more domains than this, or leads to more through others, tells of no company's domains."""


@dataclass(frozen=True)
class Rows:
    """Rows as they are compared.

    `table` has, beside what was given, `at` (number of the row), `core`, `compact`, `initials` of the name, `own` (the
    domains that are keys), `labels` (the first parts of these) and `site` (number of the group of domains that rows
    name together, null without one). `keys` has a line per row and own domain; `shared` are domains that are no keys.
    """

    table: pl.DataFrame
    keys: pl.DataFrame
    shared: pl.DataFrame


def read_rows(given: pl.DataFrame) -> Rows:
    """Rows in the order of their ids, whatever their order was.

    Raises:
        BadInput: a column is missing, an id is missing or occurs twice, a row is of no list.
    """
    table = _checked(given).sort("row").with_row_index("at")
    lines = table.select("at", "name", "domains").explode("domains").drop_nulls("domains")
    lines = lines.with_columns(domain=domains_of(lines["domains"])).drop_nulls("domain")
    lines = lines.unique(["at", "domain"]).sort("at", "domain")
    table = table.with_columns(core_names(table["name"]))
    lines = lines.join(table.select("at", "core", "stem"), on="at", how="left", maintain_order="left")
    is_public = pl.col("domain").is_in(list(PUBLIC_HOSTS)) & (_label(pl.col("domain")) != pl.col("stem"))
    own = lines.filter(~is_public)
    nobodys = shared_domains(own["domain"], own["core"])
    is_shared = pl.col("domain").is_in(list(nobodys))
    keys = own.filter(~is_shared).select("at", "domain")
    sites = _sites(keys)
    per_row = keys.group_by("at", maintain_order=True).agg(own=pl.col("domain"), labels=_label(pl.col("domain")))
    table = table.join(per_row, on="at", how="left", maintain_order="left")
    table = table.join(sites, on="at", how="left", maintain_order="left")
    shared = lines.filter(is_public | is_shared).select("at", "domain")
    return Rows(table, keys, shared)


def _label(domain: pl.Expr) -> pl.Expr:
    """What a domain calls its owner; `Docker` is at docker.com by right, whoever else may be there."""
    return domain.str.split(".").list.first().str.replace_all(r"[^\pL\pN]", "")


def _checked(given: pl.DataFrame) -> pl.DataFrame:
    hint = "Rows have the columns row, list, name, domains, duns, and country if it is known."
    for name in COLUMNS:
        if name not in given.columns and name != "country":
            raise BadInput(f"The rows to be matched have no column {name!r}.", hint=hint)
    table = given if "country" in given.columns else given.with_columns(country=pl.lit(None, pl.String()))
    table = table.select(pl.col(name).cast(dtype) for name, dtype in COLUMNS.items())
    if table["row"].has_nulls() or table["list"].has_nulls() or table["row"].is_duplicated().any():
        raise BadInput("Each row to be matched needs an id of its own and the name of its list.", hint=hint)
    digits = pl.col("duns").str.replace_all(r"\D", "")
    digits = pl.when(digits.str.len_chars().is_between(7, 9)).then(digits.str.zfill(9))
    is_made_up = digits.is_in([str(d) * 9 for d in range(10)] + ["123456789", "987654321"])
    country = pl.col("country").str.strip_chars().str.to_uppercase()
    return table.with_columns(duns=pl.when(~is_made_up).then(digits), country=pl.when(country != "").then(country))


def _sites(keys: pl.DataFrame) -> pl.DataFrame:
    """The group of each row's domains: domains that one row names are one company's, and so through several rows."""
    per_row = pl.col("domain").len().over("at")
    numbered = keys.with_columns(number=pl.col("domain").rank("dense").cast(pl.Int64) - 1, per_row=per_row)
    count = keys["domain"].n_unique()
    first = pl.col("number").first().over("at")
    edges = numbered.filter(pl.col("per_row").is_between(2, _MOST_ALIASES)).with_columns(first=first)
    ends = (edges["first"].to_numpy(), edges["number"].to_numpy())
    graph = coo_array((np.ones(edges.height, dtype=np.int8), ends), shape=(count, count))
    groups = connected_components(graph, directed=False)[1] if count else np.zeros(0, dtype=np.int32)
    too_many = np.bincount(groups, minlength=count)[groups] > _MOST_ALIASES if count else np.zeros(0, dtype=bool)
    group = np.where(too_many, count + np.arange(count), groups)
    named = numbered.with_columns(site=pl.Series(group[numbered["number"].to_numpy()], dtype=pl.UInt32))
    return named.group_by("at", maintain_order=True).agg(pl.col("site").min())
