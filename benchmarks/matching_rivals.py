"""Other ways to match the rows of lists, each as one would do it first. All give pairs of rows of different lists."""

from __future__ import annotations

import logging

import polars as pl
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from ecograph.graph.domains import domains_of
from ecograph.graph.hosts import PUBLIC_HOSTS

ALIKE = 90
LIKELY = 0.5
_INITIAL = 3


def domain_join(rows: pl.DataFrame, *, public: bool) -> pl.DataFrame:
    """Rows with a registrable domain in common; `public`: free mail and the like count too."""
    lines = rows.select("row", "list", "domains").explode("domains").drop_nulls()
    lines = lines.with_columns(domain=domains_of(lines["domains"])).drop_nulls("domain")
    if not public:
        lines = lines.filter(~pl.col("domain").is_in(list(PUBLIC_HOSTS)))
    return pairs_by(lines, "domain")


def alike_names(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows whose names, in lower case, are alike by 90 of 100 and begin with the same three letters."""
    lower = rows.select("row", "list", name=pl.col("name").str.to_lowercase().str.replace(r"^the ", ""))
    keyed = lower.with_columns(start=pl.col("name").str.head(_INITIAL))
    found = []
    for part in keyed.partition_by("start"):
        both = part.join(part, on="start").filter(_is_pair())
        if both.is_empty():
            continue
        scores = cpdist(
            both["name"].to_list(), both["name_right"].to_list(), scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE,
            workers=-1,
        )  # fmt: skip
        found.append(both.filter(pl.Series(scores >= ALIKE)).select("row", "row_right"))
    return pl.concat(found)


def splink_as_it_comes(rows: pl.DataFrame) -> pl.DataFrame:
    """splink on DuckDB, with its own comparisons for names, one for each exact field, and weights by EM.

    Raises:
        ImportError: splink is not installed.
    """
    import splink.comparison_library as comparison
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    first = rows.select("row", "list", site=pl.col("domains").list.first())
    table = rows.select(
        "list", "duns", "country", unique_id="row", name=pl.col("name").str.to_lowercase(),
        domain=domains_of(first["site"]),
    )  # fmt: skip
    table = table.with_columns(pl.when(~pl.col("domain").is_in(list(PUBLIC_HOSTS))).then("domain").alias("domain"))
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            comparison.JaroWinklerAtThresholds("name", [0.95, 0.88]).configure(term_frequency_adjustments=True),
            comparison.ExactMatch("domain").configure(term_frequency_adjustments=True),
            comparison.ExactMatch("duns"),
            comparison.ExactMatch("country"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("domain"), block_on("duns"), block_on("name"), block_on("substr(name, 1, 6)"),
        ],
    )  # fmt: skip
    database = DuckDBAPI()
    lists = [
        database.register(part.drop("list").to_arrow(), dataset_display_name=name)
        for (name,), part in sorted(table.partition_by("list", as_dict=True).items())
    ]
    linker = Linker(lists, settings)
    linker.training.estimate_probability_two_random_records_match([block_on("domain")], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("domain"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("name"))
    found = linker.inference.predict(threshold_match_probability=LIKELY)
    said = pl.from_arrow(found.as_pyarrow_table())
    assert isinstance(said, pl.DataFrame)
    ordered = said.select(
        row=pl.min_horizontal("unique_id_l", "unique_id_r"), row_right=pl.max_horizontal("unique_id_l", "unique_id_r")
    )
    return ordered.unique()


def pairs_by(lines: pl.DataFrame, key: str) -> pl.DataFrame:
    """Rows of different lists with the same value, each pair once."""
    return lines.join(lines, on=key).filter(_is_pair()).select("row", "row_right").unique()


def _is_pair() -> pl.Expr:
    return (pl.col("row") < pl.col("row_right")) & (pl.col("list") != pl.col("list_right"))
