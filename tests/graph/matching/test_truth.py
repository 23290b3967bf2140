"""Companies whose truth is known. The weights were estimated with seed 1; every seed here is another."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest
from matching_quality import quality

from ecograph.graph.matching import Matches, match
from ecograph.graph.matching.candidates import find_candidates
from ecograph.graph.matching.compare import compare
from ecograph.graph.matching.fit import fit
from ecograph.graph.matching.rows import read_rows
from ecograph.seeds.companies import CompanyLists, company_lists

BINS = 10


@pytest.fixture(scope="module")
def small() -> tuple[CompanyLists, Matches]:
    made = company_lists(4_000, seed=21)
    return made, match(made.rows)


def test_the_same_seed_gives_the_same_rows() -> None:
    one, again, other = (company_lists(300, seed=seed) for seed in (5, 5, 6))
    assert one.rows.equals(again.rows)
    assert one.truth.equals(again.truth)
    assert not one.rows.equals(other.rows)
    assert set(one.rows["list"]) == {"customers", "partner", "prospects"}
    assert one.truth["row"].to_list() == one.rows["row"].to_list()


def test_most_of_the_truth_is_found(small: tuple[CompanyLists, Matches]) -> None:
    found = quality(*small)
    assert found.precision > 0.98
    assert found.recall > 0.92


def test_probabilities_are_what_they_say(small: tuple[CompanyLists, Matches]) -> None:
    bins = reliability(*small)
    often = bins.filter(pl.col("pairs") >= 50)
    assert often.height >= 2
    assert ((often["said"] - often["true"]).abs() < 0.15).all()
    assert ((bins["said"] - bins["true"]).abs() * bins["pairs"]).sum() / bins["pairs"].sum() < 0.02


def test_weights_are_found_in_pairs_of_known_truth() -> None:
    made = company_lists(1_500, seed=22)
    rows = read_rows(made.rows)
    levels = compare(rows, find_candidates(rows)[0])
    company = rows.table.select("row").join(made.truth, on="row", how="left", maintain_order="left")["company"]
    weights = fit(levels, company.gather(levels["left"]) == company.gather(levels["right"]))
    assert weights["site"]["SAME"] > 2 > weights["site"]["UNKNOWN"]
    assert weights["duns"]["SAME"] > 1 > -0.5 > weights["duns"]["DIFFERENT"]
    assert weights["name_alone"]["SAME ONE"] > weights["name_alone"]["SAME FEW"]
    assert weights["name_at_site"]["SAME"] > weights["name_at_site"]["OTHER"]


@pytest.mark.verify
@pytest.mark.parametrize("seed", [31, 32])
def test_fifty_thousand_companies(seed: int, figure: Callable[[str, object], None]) -> None:
    made = company_lists(50_000, seed=seed)
    found = match(made.rows)
    precision, recall = quality(made, found)
    figure("precision", round(precision, 4))
    figure("recall", round(recall, 4))
    figure("reliability", reliability(made, found).rows())
    assert precision >= 0.99
    assert recall >= 0.95


def reliability(made: CompanyLists, found: Matches) -> pl.DataFrame:
    """By tenth of the probability that was said: how many pairs, what was said, what was true."""
    company = dict(made.truth.iter_rows())
    same = [company[a] == company[b] for a, b in found.pairs.select("left", "right").iter_rows()]
    bins = (pl.col("probability") * BINS).floor().clip(0, BINS - 1).cast(pl.Int32)
    pairs = found.pairs.select("probability", bin=bins, same=pl.Series(same))
    return (
        pairs.group_by("bin")
        .agg(pairs=pl.len(), said=pl.col("probability").mean().round(3), true=pl.col("same").mean().round(3))
        .sort("bin")
    )
