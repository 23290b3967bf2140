"""The partners: what they do, when they are in the program, and whom they appeal to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from ...graph.model import PartnerType
from . import growth, words
from .draws import Bools, Floats, Ints, Random, chance, pick, zipf
from .names import Roots, distinct, domains_of, slugs
from .shape import Shape
from .span import Span

TYPES = tuple(PartnerType)
TECHNOLOGY, SERVICE, RESELLER, REFERRAL = range(4)
"""Columns of `Partners.types`."""

SEGMENT_COUNT, INDUSTRY_COUNT = len(words.SEGMENTS), len(words.INDUSTRIES)
STRATA = SEGMENT_COUNT * INDUSTRY_COUNT
"""A stratum is an industry and a segment: `industry * SEGMENT_COUNT + segment`."""

_FIRST_TYPE = np.array([0.46, 0.32, 0.14, 0.08])
_FURTHER_TYPE = np.array([0.06, 0.14, 0.12, 0.10])
_POPULARITY = 0.95
_SEGMENT_APPEAL = np.array([[1.0, 1.0, 1.0], [2.0, 1.0, 0.3], [0.3, 1.0, 2.0]])


@dataclass(frozen=True)
class Partners:
    """One entry for each partner, the most popular first.

    `appeal` has a row for each stratum that sums to 1: how a customer of it chooses among all partners.
    """

    roots: pl.Series
    names: pl.Series
    keys: pl.Series
    first_type: Ints
    types: Bools
    joined: Ints
    left: Ints
    appeal: Floats

    @property
    def count(self) -> int:
        return int(self.joined.size)

    @property
    def ids(self) -> pl.Series:
        return "partner:" + self.keys

    def is_in_program(self, partner: Ints, first: Ints, last: Ints) -> Bools:
        """Whether each partner was in the program from the one day through the other."""
        return np.asarray((self.joined[partner] <= first) & (last < self.left[partner]))


def make_partners(rng: Random, shape: Shape, span: Span) -> Partners:
    """Partners whose popularity falls as a power of their rank; those who joined early tend to come first."""
    count = shape.partners
    joined = growth.join_days(rng, count, span)
    joined = joined[_most_popular_first(rng, count)]
    first_type = pick(rng, _FIRST_TYPE, count)
    types = rng.random((count, len(TYPES))) < _FURTHER_TYPE
    types[np.arange(count), first_type] = True
    all_roots = Roots()
    roots = all_roots.take(distinct(rng, count, all_roots.count))
    names = roots + " " + _endings(rng, first_type)
    return Partners(
        roots=roots,
        names=names,
        keys=slugs(names),
        first_type=first_type,
        types=types,
        joined=joined,
        left=growth.leave_days(rng, joined, span),
        appeal=_appeal(rng, count),
    )


def partner_rows(rng: Random, partners: Partners, tiers: Ints, span: Span) -> pl.DataFrame:
    """The columns of the partner table."""
    count = partners.count
    subtype = np.array(words.SUBTYPES)[partners.first_type, pick(rng, np.array([0.5, 0.3, 0.2]), count)]
    primary = domains_of(partners.roots)
    second = domains_of(partners.roots + "hq")
    has_second = pl.Series(chance(rng, 0.1, count))
    managers = pick(rng, zipf(max(4, count // 60), 0.3), count)
    has_manager = pl.Series(chance(rng, 0.85, count))
    return pl.DataFrame(
        {
            "key": partners.keys,
            "name": partners.names,
            "types": _type_lists(partners.types),
            "subtype": subtype,
            "tier": np.array(words.TIERS)[tiers],
            "region": np.array(words.REGIONS)[pick(rng, np.array([0.5, 0.33, 0.17]), count)],
            "joinedOn": span.dates(partners.joined),
            "leftOn": span.dates(partners.left),
            "manager": pl.Series(managers + 1).cast(pl.String).str.zfill(3),
            "primary": primary,
            "second": second,
            "number": pl.Series(np.arange(count)).cast(pl.String).str.zfill(7),
        }
    ).select(
        "key",
        "name",
        "types",
        "subtype",
        "tier",
        "region",
        "joinedOn",
        "leftOn",
        pl.when(has_manager).then("pam-" + pl.col("manager")).alias("managerKey"),
        pl.when(has_second)
        .then(pl.concat_list("primary", "second"))
        .otherwise(pl.concat_list("primary"))
        .alias("domains"),
        pl.concat_list("prm:P" + pl.col("number")).alias("externalIds"),
    )


def tiers_of(rng: Random, partners: Partners) -> Ints:
    """The tier of each partner: the more popular, the higher, with exceptions."""
    standing = np.arange(partners.count) / partners.count + 0.12 * rng.standard_normal(partners.count)
    return (3 - np.searchsorted([0.04, 0.16, 0.45], standing)).astype(np.int64)


def _most_popular_first(rng: Random, count: int) -> Ints:
    # Half of the places go by the order of joining, half by luck.
    score = np.where(chance(rng, 0.5, count), np.arange(count) / count, rng.random(count))
    return np.argsort(score, kind="stable").astype(np.int64)


def _type_lists(types: Bools) -> pl.Series:
    named = [pl.when(pl.Series(types[:, at])).then(pl.lit(str(kind))) for at, kind in enumerate(TYPES)]
    return pl.select(pl.concat_list(named).list.drop_nulls()).to_series()


def _endings(rng: Random, first_type: Ints) -> pl.Series:
    table = np.array(words.PARTNER_ENDINGS)
    return pl.Series(table[first_type, rng.integers(table.shape[1], size=first_type.size)])


def _appeal(rng: Random, count: int) -> Floats:
    # Partners that appeal to the same accounts are found together without lifting each other.
    industry = np.full((count, INDUSTRY_COUNT), 0.35)
    favourites = np.argpartition(rng.random((count, INDUSTRY_COUNT)), 3, axis=1)[:, :3]
    np.put_along_axis(industry, favourites, np.array([4.0, 3.0, 2.0]), axis=1)
    industry[chance(rng, 0.25, count)] = 1.0
    segment = _SEGMENT_APPEAL[pick(rng, np.array([0.5, 0.25, 0.25]), count)]
    appeal = (industry[:, :, None] * segment[:, None, :]).reshape(count, STRATA).T * zipf(count, _POPULARITY)
    return np.asarray(appeal / appeal.sum(axis=1, keepdims=True))
