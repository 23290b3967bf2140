"""How far the two rows of a pair agree, field by field: the levels that probabilities and reasons are made of."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import polars as pl
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from .rows import Rows


class Site(StrEnum):
    """What the domains say."""

    SAME = "SAME"
    ALIAS = "ALIAS"
    LABEL = "LABEL"
    DIFFERENT = "DIFFERENT"
    UNKNOWN = "UNKNOWN"


class Name(StrEnum):
    """What the names say."""

    SAME = "SAME"
    STEM = "STEM"
    SLIP = "SLIP"
    PART = "PART"
    INITIALS = "INITIALS"
    ALIKE = "ALIKE"
    OTHER = "OTHER"
    UNKNOWN = "UNKNOWN"


class Rarity(StrEnum):
    """How many sites have the rarest part that both names have."""

    ONE = "ONE"
    FEW = "FEW"
    MANY = "MANY"
    NONE = "NONE"


class Words(StrEnum):
    """Whether both names have several words."""

    ONE = "ONE"
    MORE = "MORE"


class Agreement(StrEnum):
    """Of DUNS and of countries."""

    SAME = "SAME"
    DIFFERENT = "DIFFERENT"
    UNKNOWN = "UNKNOWN"


FEW = 3
LETTERS_PER_SLIP, MOST_SLIPS = 8, 3
"""So many letters a name needs for each letter by which another may differ and be the same but for a slip."""
ALIKE = 0.88
"""Similarity (0–1) from which on two names are alike."""
_SIDE = ("core", "compact", "stem", "initials", "labels", "site", "duns", "country")
_AT_A_TIME = 500_000


def compare(rows: Rows, candidates: pl.DataFrame) -> pl.DataFrame:
    """Candidates with their levels.

    Args:
        rows: as `read_rows` gives them.
        candidates: `left`, `right`, `companies`, `same_domain`.

    Returns:
        `left`, `right`, `companies`, `similarity` of the names (0–1), `by_label` (the name of one is the other's
        domain) and the levels `site`, `name`, `rarity`, `words`, `duns`, `country`.
    """
    parts = [_levels(rows, part) for part in candidates.iter_slices(_AT_A_TIME)] or [_levels(rows, candidates)]
    pairs = pl.concat(parts)
    pairs = pairs.with_columns(companies=_companies(rows, pairs))
    return pairs.with_columns(rarity=_rarity())


def _levels(rows: Rows, candidates: pl.DataFrame) -> pl.DataFrame:
    side = rows.table.select(_SIDE)
    left, right = (side[candidates[end].to_numpy()] for end in ("left", "right"))
    pairs = candidates.hstack(left.rename(lambda c: f"{c}_l")).hstack(right.rename(lambda c: f"{c}_r"))
    pairs = pairs.hstack(_likeness(pairs))
    return pairs.select(
        "left", "right", "companies", "similarity", by_label=_by_label(),
        site=_site().cast(pl.Enum(Site)), name=_name().cast(pl.Enum(Name)), words=_words().cast(pl.Enum(Words)),
        duns=_agreement("duns").cast(pl.Enum(Agreement)), country=_agreement("country").cast(pl.Enum(Agreement)),
    )  # fmt: skip


def _companies(rows: Rows, pairs: pl.DataFrame) -> pl.Series:
    """How many sites there are for what the names share; where a slip parts them, for all names so near to either."""
    near = pairs.filter(pl.col("name").is_in([Name.SAME.value, Name.STEM.value, Name.SLIP.value]))
    site = rows.table["site"]
    ways = [(row, other) for row in ("left", "right") for other in ("left", "right")]
    seen = pl.concat([near.select(at=row, site=site.gather(near[other])) for row, other in ways])
    counts = seen.group_by("at").agg(near=pl.col("site").drop_nulls().n_unique())
    joined = pairs.select("left", "right", "companies", "name")
    for end in ("left", "right"):
        renamed = counts.rename({"at": end, "near": f"near_{end}"})
        joined = joined.join(renamed, on=end, how="left", maintain_order="left")
    by_near = pl.max_horizontal("near_left", "near_right", pl.lit(1, pl.UInt32))
    is_slip = pl.col("name") == Name.SLIP.value
    return joined.select(companies=pl.when(is_slip).then(by_near).otherwise("companies")).to_series()


def _likeness(pairs: pl.DataFrame) -> pl.DataFrame:
    """`similarity`, the greater one of the letters in their order and of the words in any order; `letters`: how many
    of their stems must be changed, left out, added or swapped."""
    differ = pairs.filter(pl.col("compact_l") != pl.col("compact_r"))
    distinct = differ.select("core_l", "core_r", "stem_l", "stem_r").unique(["core_l", "core_r"], maintain_order=True)
    a, b, c, d = (distinct[column].to_list() for column in distinct.columns)
    in_order = cpdist(a, b, scorer=JaroWinkler.similarity, dtype=np.float32, workers=-1)
    any_order = cpdist(a, b, scorer=fuzz.token_sort_ratio, dtype=np.float32, workers=-1) / 100
    found = distinct.with_columns(
        similarity=pl.Series(np.maximum(in_order, any_order), dtype=pl.Float32).round(2),
        letters=pl.Series(cpdist(c, d, scorer=OSA.distance, score_cutoff=MOST_SLIPS, dtype=np.uint8, workers=-1)),
    )
    names = pairs.select("core_l", "core_r")
    joined = names.join(found, on=["core_l", "core_r"], how="left", maintain_order="left")
    return joined.select(pl.col("similarity").fill_null(1.0), pl.col("letters").fill_null(0))


def _site() -> pl.Expr:
    both_own = pl.col("site_l").is_not_null() & pl.col("site_r").is_not_null()
    same_label = pl.col("labels_l").list.set_intersection("labels_r").list.len() > 0
    return (
        pl.when(~both_own).then(pl.lit(Site.UNKNOWN.value))
        .when("same_domain").then(pl.lit(Site.SAME.value))
        .when(pl.col("site_l") == pl.col("site_r")).then(pl.lit(Site.ALIAS.value))
        .when(same_label).then(pl.lit(Site.LABEL.value))
        .otherwise(pl.lit(Site.DIFFERENT.value))
    )  # fmt: skip


def _name() -> pl.Expr:
    missing = (pl.col("core_l") == "") | (pl.col("core_r") == "")
    length = pl.min_horizontal(pl.col("stem_l", "stem_r").str.len_chars())
    is_slip = (pl.col("letters") <= MOST_SLIPS) & (pl.col("letters") * LETTERS_PER_SLIP <= length)
    initials = (pl.col("initials_l") == pl.col("compact_r")) | (pl.col("compact_l") == pl.col("initials_r"))
    return (
        pl.when(missing).then(pl.lit(Name.UNKNOWN.value))
        .when(pl.col("compact_l") == pl.col("compact_r")).then(pl.lit(Name.SAME.value))
        .when(pl.col("stem_l") == pl.col("stem_r")).then(pl.lit(Name.STEM.value))
        .when(_is_part("core_l", "core_r") | _is_part("core_r", "core_l")).then(pl.lit(Name.PART.value))
        .when(is_slip).then(pl.lit(Name.SLIP.value))
        .when(initials.fill_null(False)).then(pl.lit(Name.INITIALS.value))
        .when(pl.col("similarity") >= ALIKE).then(pl.lit(Name.ALIKE.value))
        .otherwise(pl.lit(Name.OTHER.value))
    )  # fmt: skip


def _is_part(short: str, long: str) -> pl.Expr:
    begins = pl.col(long).str.starts_with(pl.concat_str(pl.col(short), pl.lit(" ")))
    return begins | pl.col(long).str.ends_with(pl.concat_str(pl.lit(" "), pl.col(short)))


def _by_label() -> pl.Expr:
    ways = (("labels_l", "compact_r"), ("labels_r", "compact_l"))
    return pl.any_horizontal(*(pl.col(labels).list.contains(pl.col(name)).fill_null(False) for labels, name in ways))


def _rarity() -> pl.Expr:
    count = pl.col("companies")
    return (
        pl.when(count.is_null()).then(pl.lit(Rarity.NONE.value))
        .when(count <= 1).then(pl.lit(Rarity.ONE.value))
        .when(count <= FEW).then(pl.lit(Rarity.FEW.value))
        .otherwise(pl.lit(Rarity.MANY.value))
    ).cast(pl.Enum(Rarity))  # fmt: skip


def _words() -> pl.Expr:
    several = pl.col("core_l").str.contains(" ", literal=True) & pl.col("core_r").str.contains(" ", literal=True)
    return pl.when(several).then(pl.lit(Words.MORE.value)).otherwise(pl.lit(Words.ONE.value))


def _agreement(column: str) -> pl.Expr:
    left, right = pl.col(f"{column}_l"), pl.col(f"{column}_r")
    return (
        pl.when(left.is_null() | right.is_null()).then(pl.lit(Agreement.UNKNOWN.value))
        .when(left == right).then(pl.lit(Agreement.SAME.value))
        .otherwise(pl.lit(Agreement.DIFFERENT.value))
    )  # fmt: skip
