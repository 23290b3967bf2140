"""The companies themselves: names, other names, domains, DUNS and countries."""

from __future__ import annotations

import numpy as np
import polars as pl

from ..synthetic.draws import Ints, Random, chance
from ..synthetic.names import Roots
from ..synthetic.words import INDUSTRIES

_HOME, _OTHER, _ABROAD = ".home.arpa", ".urn.arpa", ".uri.arpa"
"""Suffixes of the public suffix list that nobody can register under."""
_MORE = ("hq", "corp", "online", "world", "web")
COUNTRIES = ("US", "DE", "GB", "FR", "IN", "JP", "BR", "NL", "SE", "ES")
_TAILS = ("ia", "ex", "on", "is", "a", "um", "or", "ent", "io", "ora", "ix", "us")
_ENDINGS = tuple(ending for endings in INDUSTRIES.values() for ending in endings)
_PLAIN_TEXT = """
First National American United General Global Advanced Premier Pacific Atlantic Northern Southern Eastern Western
Central Royal Summit Pioneer Liberty Heritage Golden Silver Blue Green Red Apex Alpha Delta Omega Prime Metro
Capital City Coastal Mountain Valley River Lake Harbour Bright Clear Smart Rapid Swift Quantum Vertex Nova Titan
Phoenix Eagle Falcon Lion Bear Oak Cedar Maple Stone Iron Steel Crystal Diamond Star Sun Moon Sky Horizon Vista
Bridge Gate Tower Castle Crown Shield Anchor Compass Keystone Cornerstone Landmark Frontier
"""
_PLAIN = tuple(_PLAIN_TEXT.split())


def make_companies(rng: Random, count: int) -> pl.DataFrame:
    """One line per company.

    Returns:
        `company` (number), `name`, `other` (a brand or a former name, else null), `is_former` (of `other`), `domain`,
        `domains` (all of them), `regional` (the domain of a subsidiary, else null), `duns`, `country`.
    """
    names = _names(rng, count)
    made = pl.DataFrame(
        {
            "company": np.arange(count),
            "name": names,
            "other": _names(rng, count),
            "has_other": chance(rng, 0.09, count),
            "is_former": chance(rng, 0.4, count),
            "duns": _duns(rng, count),
            "country": pl.Series(COUNTRIES).gather(np.minimum(rng.geometric(0.3, count) - 1, len(COUNTRIES) - 1)),
            "more": rng.choice(3, count, p=(0.88, 0.09, 0.03)),
            "has_regional": chance(rng, 0.04, count),
        }
    )
    made = made.with_columns(other=pl.when("has_other").then("other"))
    plain = pl.col("name").str.to_lowercase().str.replace_all(r"[^a-z0-9]", "")
    short = pl.col("name").str.to_lowercase().str.split(" ").list.first()
    is_short = pl.Series(chance(rng, 0.3, count))
    made = made.with_columns(label=pl.when(is_short).then(short).otherwise(plain))
    # The first company of a label has it, the next another ending or a word and a number more.
    nth = pl.int_range(pl.len()).over("label")
    other_ending = (nth == 1) & pl.Series(chance(rng, 0.15, count))
    more_of_it = pl.lit(pl.Series(_MORE)).implode().list.get(nth % len(_MORE)) + nth.cast(pl.String())
    made = made.with_columns(
        stem=pl.col("label") + pl.when((nth == 0) | other_ending).then(pl.lit("")).otherwise(more_of_it),
        suffix=pl.when(other_ending).then(pl.lit(_OTHER)).otherwise(pl.lit(_HOME)),
        abroad=pl.when(pl.Series(chance(rng, 0.5, count))).then(pl.lit("")).otherwise(pl.lit("-region")),
    )  # fmt: skip
    former = pl.col("other").str.to_lowercase().str.replace_all(r"[^a-z0-9]", "")
    made = made.with_columns(
        domain=pl.concat_str("stem", "suffix"),
        second=pl.concat_str("stem", pl.lit(f"-group{_HOME}")),
        third=pl.concat_str(pl.lit("get"), "stem", "suffix"),
        regional=pl.when("has_regional").then(pl.concat_str("stem", "abroad", pl.lit(_ABROAD))),
        former=pl.concat_str(former, pl.lit("-"), pl.col("company").cast(pl.String()), pl.lit(_HOME)),
    )
    more = (
        pl.when(pl.col("more") == 0).then(pl.concat_list("domain"))
        .when(pl.col("more") == 1).then(pl.concat_list("domain", "second"))
        .otherwise(pl.concat_list("domain", "second", "third"))
    )  # fmt: skip
    return made.with_columns(domains=more).select(
        "company", "name", "other", "is_former", "domain", "domains", "former", "regional", "duns", "country"
    )


def _names(rng: Random, count: int) -> pl.Series:
    """Half of a coined word and an ending, some of one word, of two, or of plain words that many companies use."""
    root, second = _roots(rng, count), _roots(rng, count)
    ending = pl.Series(_ENDINGS).gather(rng.integers(len(_ENDINGS), size=count))
    plain = pl.Series(_PLAIN).gather(rng.integers(len(_PLAIN), size=count))
    form = pl.Series(rng.choice(5, count, p=(0.5, 0.18, 0.12, 0.12, 0.08)))
    parts = pl.DataFrame({"root": root, "second": second, "ending": ending, "plain": plain, "form": form})
    space = pl.lit(" ")
    return parts.select(
        pl.when(pl.col("form") == 0).then(pl.concat_str("root", space, "ending"))
        .when(pl.col("form") == 1).then("root")
        .when(pl.col("form") == 2).then(pl.concat_str("root", space, "second"))
        .when(pl.col("form") == 3).then(pl.concat_str("root", space, "second", space, "ending"))
        .otherwise(pl.concat_str("plain", space, "second", space, "ending"))
    ).to_series()  # fmt: skip


def _roots(rng: Random, count: int) -> pl.Series:
    """Coined words, half of them with a tail: more words than companies, and yet often the same for two of these."""
    roots = Roots()
    words = roots.take(rng.integers(roots.count, size=count))
    tails = pl.Series(_TAILS).gather(rng.integers(len(_TAILS), size=count))
    return pl.select(
        pl.when(pl.Series(chance(rng, 0.6, count))).then(pl.concat_str(words, tails)).otherwise(words)
    ).to_series()


def _duns(rng: Random, count: int) -> pl.Series:
    numbers: Ints = 100_000_000 + rng.permutation(count) * 97 + 13
    return pl.Series(numbers).cast(pl.String)
