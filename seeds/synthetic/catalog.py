"""The products, and the integrations that join them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from . import words
from .draws import (
    Bools,
    Floats,
    Ints,
    Random,
    chance,
    days_within,
    joined,
    lognormal_days,
    pick,
    pick_flagged,
    wait,
    zipf,
)
from .names import slugs
from .partners import SERVICE, TECHNOLOGY, Partners
from .shape import Shape
from .span import NEVER, Span

OURS = -1
"""The owner of our platforms and the builder of our own integrations."""
_SECTOR_NAMES = tuple(words.SECTORS)
_MOST_PRODUCTS = 5
_NONE = -1


@dataclass(frozen=True)
class Products:
    """One entry for each product, our platforms first, then those of each partner in turn, its main one first.

    `owner` is a partner, or OURS; `appeal` a weight within the catalogue; `first_of` the main product of each partner
    or -1, `count_of` how many it has.
    """

    names: pl.Series
    keys: pl.Series
    sector: Ints
    owner: Ints
    listed: Ints
    delisted: Ints
    appeal: Floats
    first_of: Ints
    count_of: Ints

    @property
    def count(self) -> int:
        return int(self.owner.size)

    @property
    def ids(self) -> pl.Series:
        return "product:" + self.keys


@dataclass(frozen=True)
class Integrations:
    """One entry for each integration: `left` and `right` are the products it joins, `is_on_platform` adds platform 0.

    `builder` is a partner, or OURS; `platform_of` is the integration of each product with platform 0, or -1.
    """

    names: pl.Series
    keys: pl.Series
    left: Ints
    right: Ints
    is_on_platform: Bools
    builder: Ints
    launched: Ints
    retired: Ints
    depth: Ints
    kind: Ints
    platform_of: Ints

    @property
    def count(self) -> int:
        return int(self.left.size)

    @property
    def ids(self) -> pl.Series:
        return "integration:" + self.keys


def make_products(rng: Random, shape: Shape, partners: Partners, span: Span) -> Products:
    """Our platforms, and one to five products of each technology partner; some service partners have one."""
    is_maker = partners.types[:, TECHNOLOGY]
    count_of = np.minimum(rng.geometric(0.72, partners.count), _MOST_PRODUCTS) * is_maker
    count_of[~is_maker & partners.types[:, SERVICE] & chance(rng, 0.08, partners.count)] = 1
    owner = np.repeat(np.arange(partners.count), count_of)
    ordinal = np.arange(owner.size) - (np.cumsum(count_of) - count_of)[owner]
    main_sector = pick(rng, zipf(len(_SECTOR_NAMES), 0.6), partners.count)
    sector = main_sector[owner]
    noun_at = (rng.integers(_MOST_PRODUCTS, size=partners.count)[owner] + ordinal) % _MOST_PRODUCTS
    elsewhere = (ordinal > 0) & chance(rng, 0.3, owner.size)
    sector[elsewhere] = pick(rng, np.ones(len(_SECTOR_NAMES)), int(elsewhere.sum()))
    nouns = pl.Series(np.array(tuple(words.SECTORS.values()))[sector, noun_at])
    later = days_within(rng, partners.joined[owner], np.full(owner.size, span.days - 1))
    listed = np.where(ordinal == 0, partners.joined[owner], later)
    dropped = listed + 180 + wait(rng, 365 / 0.02, owner.size)
    delisted = np.where((ordinal > 0) & (dropped < span.days), dropped, NEVER)
    delisted = np.minimum(delisted, partners.left[owner])
    kept = np.flatnonzero(listed < delisted)
    owner, ordinal = owner[kept], ordinal[kept]
    count_of = np.bincount(owner, minlength=partners.count).astype(np.int64)
    platforms = [f"{words.COMPANY_NAME} {name}" for name in words.PLATFORMS[: shape.platforms]]
    ours = np.zeros(shape.platforms, dtype=np.int64)
    names = pl.concat([pl.Series(platforms), partners.roots.gather(owner) + " " + nouns.gather(kept)])
    return Products(
        names=names,
        keys=slugs(names),
        sector=joined(ours + _NONE, sector[kept]),
        owner=joined(ours + OURS, owner),
        listed=joined(ours, listed[kept]),
        delisted=joined(ours + NEVER, delisted[kept]),
        appeal=joined(ours + 1.0, zipf(partners.count, 0.7)[owner] / (1 + ordinal)),
        first_of=np.where(count_of > 0, shape.platforms + np.cumsum(count_of) - count_of, _NONE),
        count_of=count_of,
    )


def make_integrations(rng: Random, products: Products, tiers: Ints, span: Span) -> Integrations:
    """Most products join our platform; well-known products join each other, some of these on the platform."""
    others = np.flatnonzero(products.owner != OURS)
    rank_share = products.owner[others] / max(1, int(products.owner.max()))
    on_platform = others[chance(rng, 0.9 - 0.5 * rank_share, others.size)]
    left, right = _pairs(rng, products, others)
    triple = chance(rng, 0.4, left.size)
    first = joined(on_platform, left)
    second = joined(np.zeros(on_platform.size, dtype=np.int64), right)
    is_on_platform = joined(np.ones(on_platform.size, dtype=np.bool_), triple)
    by_us = joined(chance(rng, 0.2, on_platform.size), chance(rng, 0.15, left.size))
    builder = np.where(by_us, OURS, products.owner[first])
    possible = np.maximum(products.listed[first], products.listed[second])
    launched = possible + lognormal_days(rng, np.full(first.size, 60.0), 0.9)
    retired = np.minimum(products.delisted[first], products.delisted[second])
    withdrawn = launched + 200 + wait(rng, 365 / 0.02, first.size)
    retired = np.minimum(retired, np.where(withdrawn < span.days, withdrawn, NEVER))
    exists = launched < np.minimum(retired, span.days)
    first, second, is_on_platform, builder = (
        first[exists],
        second[exists],
        is_on_platform[exists],
        builder[exists],
    )
    names = _names(products, first, second, is_on_platform)
    platform_of = np.full(products.count, _NONE, dtype=np.int64)
    with_platform = np.flatnonzero(second == 0)
    platform_of[first[with_platform]] = with_platform
    quality = 1 + tiers[np.maximum(builder, 0)] * 0.7 + 1.1 * rng.standard_normal(first.size)
    return Integrations(
        names=names,
        keys=slugs(names),
        left=first,
        right=second,
        is_on_platform=is_on_platform,
        builder=builder,
        launched=launched[exists],
        retired=retired[exists],
        depth=np.clip(np.rint(quality), 1, 5).astype(np.int64),
        kind=pick(rng, np.array([0.4, 0.2, 0.2, 0.1, 0.1]), first.size),
        platform_of=platform_of,
    )


def product_to_take(rng: Random, products: Products, partner: Ints, day: Ints) -> Ints:
    """A product of each partner that is listed on the day, its main one as a rule; -1 where it has none."""
    ordinal = np.arange(_MOST_PRODUCTS)
    at = products.first_of[partner][:, None] + ordinal
    has = (ordinal < products.count_of[partner][:, None]) & (at < products.count)
    at = np.where(has, at, 0)
    has &= (products.listed[at] <= day[:, None]) & (day[:, None] < products.delisted[at])
    chosen = pick_flagged(rng, has, np.array([0.7, 0.4, 0.3, 0.2, 0.2]))
    return np.where(chosen < 0, _NONE, at[np.arange(partner.size), chosen])


def _pairs(rng: Random, products: Products, others: Ints) -> tuple[Ints, Ints]:
    weights = products.appeal[others]
    wanted = round(0.5 * others.size)
    left, right = others[pick(rng, weights, wanted)], others[pick(rng, weights, wanted)]
    low, high = np.minimum(left, right), np.maximum(left, right)
    kept = products.owner[low] != products.owner[high]
    _, at = np.unique(low[kept] * products.count + high[kept], return_index=True)
    # Either of the two may be the one whose partner builds it.
    return left[kept][at], right[kept][at]


def _names(products: Products, left: Ints, right: Ints, is_on_platform: Bools) -> pl.Series:
    platform = products.names[0]
    frame = pl.DataFrame(
        {
            "left": products.names.gather(left),
            "right": products.names.gather(right),
            "with_platform": right == 0,
            "is_triple": is_on_platform & (right != 0),
        }
    )
    both = pl.col("left") + " + " + pl.col("right")
    return frame.select(
        pl.when("with_platform")
        .then(pl.col("left") + f" for {platform}")
        .when("is_triple")
        .then(both + f" on {platform}")
        .otherwise(both)
        .alias("name")
    )["name"]
