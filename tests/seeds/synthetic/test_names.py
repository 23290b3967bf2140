from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from ecograph.graph.model import registrable_domain, slug
from ecograph.seeds.synthetic import words
from ecograph.seeds.synthetic.names import Roots, distinct, domains_of, slugs, with_endings


def test_roots_are_distinct_and_go_on_with_numerals() -> None:
    roots = Roots()
    taken = roots.take(np.arange(roots.count + 5))
    assert taken.is_unique().all()
    assert taken[roots.count] == f"{taken[0]} 2"


@pytest.mark.parametrize(("count", "of"), [(0, 10), (10, 10), (25, 10), (1, 1), (7, 1)])
def test_distinct_numbers(count: int, of: int) -> None:
    found = distinct(np.random.default_rng(1), count, of)
    assert np.unique(found).size == count
    assert (found < of).sum() == min(count, of)


def test_names_of_groups_are_distinct_however_many() -> None:
    rng = np.random.default_rng(1)
    groups = rng.integers(2, size=150_000)
    names = with_endings(Roots(), rng, groups, (("Stores",), ("Bank", "Trust")))
    assert names.is_unique().all()
    assert names.filter(pl.Series(groups == 0)).str.ends_with(" Stores").all()


def test_keys_are_slugs() -> None:
    names = pl.Series(["Velabrik Credit Union", "Velabrik Desk + Tormede Sign on Halvermoor Core", "Velabrik 2 Labs"])
    assert slugs(names).to_list() == [slug(name) for name in names]


def test_domains() -> None:
    (domain,) = domains_of(pl.Series(["Velabrik Credit Union"]))
    assert domain == "velabrikcreditunion.home.arpa"
    assert registrable_domain(f"https://www.{domain}/about") == domain


def test_no_word_stands_in_two_groups() -> None:
    for groups in (words.SECTORS.values(), (*words.INDUSTRIES.values(), *words.PARTNER_ENDINGS)):
        listed = [word for group in groups for word in group]
        assert len(listed) == len(set(listed))
    assert {len(nouns) for nouns in words.SECTORS.values()} == {5}
