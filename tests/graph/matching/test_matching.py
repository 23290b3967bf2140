"""Properties that hold whatever the rows are."""

from __future__ import annotations

import random
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecograph.graph.domains import domain_of
from ecograph.graph.errors import BadInput
from ecograph.graph.hosts import PUBLIC_HOSTS
from ecograph.graph.matching import companies, match, pair_id

SCHEMA = {
    "row": pl.String(), "list": pl.String(), "name": pl.String(), "domains": pl.List(pl.String()),
    "duns": pl.String(), "country": pl.String(),
}  # fmt: skip
Row = tuple[str, str | None, list[str], str | None, str | None]

NAMES = ("Acme", "Acme Inc.", "ACME Robotics GmbH", "Acme Robotics", "Amce Robotics", "Zenith Bank", "Zenith", "IBM",
         "International Business Machines", "Café Été", "!!!", "", None)  # fmt: skip
SITES = ("acme.com", "https://www.acme.com/x", "acme.de", "zenith.example.com", "gmail.com", "info@zenithbank.com",
         "https://github.com/acme", "www.gov.uk", "not a site")  # fmt: skip
some_rows = st.lists(
    st.tuples(
        st.sampled_from(("ours", "theirs", "others")),
        st.sampled_from(NAMES),
        st.lists(st.sampled_from(SITES), max_size=3),
        st.sampled_from((None, "123456780", "12-345-6781")),
        st.sampled_from((None, "DE", "de", "US")),
    ),
    max_size=12,
)


def table(rows: list[Row]) -> pl.DataFrame:
    return pl.DataFrame([(f"r{at}", *row) for at, row in enumerate(rows)], schema=SCHEMA, orient="row")


def two(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """The pair that these two rows make."""
    empty = {"name": None, "domains": [], "duns": None, "country": None}
    rows = [{"row": "a", "list": "ours", **empty, **one}, {"row": "b", "list": "theirs", **empty, **other}]
    found = match(pl.DataFrame(rows, schema=SCHEMA)).pairs.to_dicts()
    return found[0] if found else {"verdict": "DIFFERENT", "reasons": [], "probability": 0.0}


@settings(max_examples=12, deadline=None)
@given(rows=some_rows, seed=st.integers(0, 99))
def test_the_order_of_rows_and_the_names_of_lists_do_not_matter(rows: list[Row], seed: int) -> None:
    given_rows = table(rows)
    found = match(given_rows)
    turned = given_rows.sample(fraction=1, shuffle=True, seed=seed) if rows else given_rows
    renamed = turned.with_columns(list=pl.lit("z") + pl.col("list").str.reverse())
    again = match(renamed)
    assert again.pairs.equals(found.pairs)
    assert again.left_out == found.left_out
    assert companies(again).equals(companies(found))


@settings(max_examples=12, deadline=None)
@given(rows=some_rows)
def test_who_comes_first_does_not_matter(rows: list[Row]) -> None:
    found = match(table(rows)).pairs
    last = len(rows) - 1
    backwards = match(table(rows[::-1])).pairs.select(
        left=pl.col("right").replace({f"r{at}": f"r{last - at}" for at in range(len(rows))}),
        right=pl.col("left").replace({f"r{at}": f"r{last - at}" for at in range(len(rows))}),
        probability="probability",
        verdict="verdict",
    )
    pairs = {frozenset((a, b)): (p, v) for a, b, p, v in backwards.iter_rows()}
    assert pairs == {
        frozenset((a, b)): (p, v) for a, b, p, v in found.select("left", "right", "probability", "verdict").iter_rows()
    }


@settings(max_examples=20, deadline=None)
@given(rows=some_rows)
def test_the_rules_hold(rows: list[Row]) -> None:
    given_rows = table(rows)
    found = match(given_rows, within=True)
    by_id = {row["row"]: row for row in found.rows.table.to_dicts()}
    company = dict(companies(found).iter_rows())
    assert set(company) == set(by_id)
    for pair in found.pairs.to_dicts():
        one, other = by_id[pair["left"]], by_id[pair["right"]]
        assert pair["left"] < pair["right"]
        assert pair["id"] == pair_id(pair["right"], pair["left"])
        assert 0 <= pair["probability"] <= 1
        assert pair["reasons"]
        both_duns = one["duns"] and other["duns"]
        if both_duns and one["duns"] != other["duns"]:
            assert pair["verdict"] == "DIFFERENT"
        if one["site"] is not None and other["site"] is not None and one["site"] != other["site"]:
            assert pair["verdict"] != "SAME" or (both_duns and one["duns"] == other["duns"])
        if pair["verdict"] == "DIFFERENT":
            assert company[pair["left"]] != company[pair["right"]]
    lists = dict(given_rows.select("row", "list").iter_rows())
    assert all(lists[a] != lists[b] for a, b in match(given_rows).pairs.select("left", "right").iter_rows())


def test_public_hosts_are_written_as_they_are_compared() -> None:
    assert [host for host in PUBLIC_HOSTS if domain_of(host) != host] == []


@pytest.mark.parametrize("host", ["gmail.com", "github.com", "bit.ly", "linkedin.com", "wix.com", "qq.com"])
def test_what_everybody_uses_is_no_key(host: str) -> None:
    assert host in PUBLIC_HOSTS
    pair = two({"name": "Velinwick Bank", "domains": [host]}, {"name": "Torfeld Cargo", "domains": [host]})
    assert pair["verdict"] == "DIFFERENT"
    alone = two({"name": "Velinwick Bank"}, {"name": "Velinwick Bank"})
    shared = two({"name": "Velinwick Bank", "domains": [host]}, {"name": "Velinwick Bank", "domains": [host]})
    assert shared["probability"] == alone["probability"]
    assert f"both at {host}, which many share" in shared["reasons"]


def test_a_public_host_is_its_own_companys_domain() -> None:
    pair = two({"name": "Docker, Inc.", "domains": ["docker.com"]}, {"name": "Docker", "domains": ["www.docker.com"]})
    assert "same domain docker.com" in pair["reasons"]


def test_a_domain_of_many_names_is_no_key() -> None:
    names = ("Kubrix", "Batumbu", "Polarpoint", "Velinwick")
    rows = [(f"list {at}", name, ["forge.example.com"], None, None) for at, name in enumerate(names)]
    found = match(table(rows))
    assert found.rows.keys.is_empty()
    assert companies(found)["company"].n_unique() == len(names)


@pytest.mark.parametrize(
    ("one", "other", "verdict", "reason"),
    [
        (("Capital One", ["capitalone.com"]), ("Capital One Financial Corp.", ["www.capitalone.com/tech"]), "SAME",
         "same domain capitalone.com"),
        (("Velinwick Lógistics, S.A.", []), ("VELINWICK LOGISTICS", ["velinwick.com"]), "SAME",
         "same name but for its writing: Velinwick Lógistics, S.A. / VELINWICK LOGISTICS"),
        (("Velinwick Intl Mfg Co.", []), ("Velinwick International Manufacturing", []), "SAME",
         "same name but for its writing: Velinwick Intl Mfg Co. / Velinwick International Manufacturing"),
        (("Velinwick Logistics", ["velinwick.com"]), ("Velinwick Logistics", ["torfeld.com"]), "REVIEW",
         "different domains velinwick.com / torfeld.com"),
        (("Velinwick Logistics", []), ("Velinwick Logisitcs", []), "SAME",
         "names alike: Velinwick Logistics / Velinwick Logisitcs (0.99)"),
    ],
)  # fmt: skip
def test_pairs_and_their_reasons(
    one: tuple[str, list[str]], other: tuple[str, list[str]], verdict: str, reason: str
) -> None:
    pair = two({"name": one[0], "domains": one[1]}, {"name": other[0], "domains": other[1]})
    assert pair["verdict"] == verdict
    assert reason in pair["reasons"]


def test_different_duns_are_different_companies() -> None:
    same = {"name": "Velinwick Logistics", "domains": ["velinwick.com"]}
    pair = two({**same, "duns": "12-345-6780"}, {**same, "duns": "123456781"})
    assert (pair["verdict"], pair["probability"]) == ("DIFFERENT", 0.0)
    assert pair["reasons"][0] == "different DUNS 123456780 / 123456781"
    assert two({**same, "duns": "12-345-6780"}, {**same, "duns": "123456780"})["reasons"][0] == "same DUNS 123456780"


def test_domains_that_one_row_names_together_are_one_companys() -> None:
    rows = [
        ("ours", "Velinwick", ["velinwick.com"], None, None),
        ("theirs", "Velinwick Group", ["velinwick.com", "velinwick-group.com"], None, None),
        ("others", "Velinwick", ["velinwick-group.com"], None, None),
    ]
    found = match(table(rows))
    assert found.pairs["verdict"].to_list() == ["SAME"] * 3
    assert companies(found)["company"].to_list() == ["r0"] * 3


def test_a_row_without_a_domain_does_not_join_two_that_differ() -> None:
    rows = [
        ("ours", "Velinwick", ["velinwick.com"], None, None),
        ("theirs", "Velinwick", [], None, None),
        ("others", "Velinwick", ["torfeld.com"], None, None),
    ]
    found = match(table(rows))
    said = found.pairs.with_columns(verdict=pl.lit("SAME"), probability=pl.lit(0.9)).filter(
        (pl.col("left") == "r1") | (pl.col("right") == "r1")
    )
    company = companies(found, said)["company"].to_list()
    assert company[0] != company[2]


def test_what_a_person_decided_counts() -> None:
    rows = [
        ("ours", "Velinwick Logistics", ["velinwick.com"], None, None),
        ("theirs", "Velinwick Logistics", ["torfeld.com"], None, None),
    ]
    found = match(table(rows))
    assert companies(found)["company"].n_unique() == 2
    decided = found.pairs.with_columns(verdict=pl.lit("SAME"), probability=pl.lit(1.0))
    assert companies(found, decided)["company"].n_unique() == 1


def test_a_word_that_everybody_has_finds_nobody_and_is_counted() -> None:
    draw = random.Random(1)
    words = ["".join(draw.choices("abcdefghijklmnopqrstuvwxyz", k=10)).title() for _ in range(120)]
    rows = [(f"list {at % 2}", f"{word} Bank", [], None, None) for at, word in enumerate(words)]
    found = match(table(rows))
    assert found.left_out.words >= 1
    assert found.left_out.rows > len(rows) / 2
    assert found.pairs.is_empty()


@pytest.mark.parametrize("missing", ["row", "list", "name", "domains", "duns"])
def test_a_column_that_is_missing_is_named(missing: str) -> None:
    with pytest.raises(BadInput, match=missing):
        match(table([]).drop(missing))


def test_ids_must_be_unique() -> None:
    rows = table([("ours", "Velinwick", [], None, None)] * 2).with_columns(row=pl.lit("same"))
    with pytest.raises(BadInput, match="id of its own"):
        match(rows)
