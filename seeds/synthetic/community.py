"""What joins partners to each other, to products and to accounts, beside the accounts they share."""

from __future__ import annotations

import numpy as np
import polars as pl

from . import words
from .accounts import Accounts
from .catalog import Products
from .draws import Ints, Random, chance, days_within, joined, pick, wait, zipf
from .partners import RESELLER, SERVICE, Partners
from .span import NEVER, Span

_ALLIANCES_PER_PARTNER = 0.5


def allied_rows(rng: Random, partners: Partners, span: Span) -> pl.DataFrame:
    """Alliances of partners, the well-known ones having most; some end."""
    wanted = round(_ALLIANCES_PER_PARTNER * partners.count)
    left = pick(rng, zipf(partners.count, 0.5), wanted)
    right = pick(rng, zipf(partners.count, 0.5), wanted)
    pairs = np.unique(np.stack([np.minimum(left, right), np.maximum(left, right)]), axis=1)
    low, high = pairs[:, pairs[0] != pairs[1]]
    since = np.maximum(partners.joined[low], partners.joined[high]) + wait(rng, 120.0, low.size)
    until = np.minimum(partners.left[low], partners.left[high])
    until = np.minimum(until, np.where(chance(rng, 0.1, low.size), since + 200 + wait(rng, 200.0, low.size), NEVER))
    kept = since < np.minimum(until, span.days)
    return pl.DataFrame(
        {
            "from": partners.ids.gather(low[kept]),
            "to": partners.ids.gather(high[kept]),
            "since": span.dates(since[kept]),
            "until": span.dates(until[kept]),
        }
    )


def certified_rows(rng: Random, partners: Partners, products: Products, tiers: Ints, span: Span) -> pl.DataFrame:
    """Certificates of service partners and resellers, for our platforms and for well-known products."""
    able = np.flatnonzero(partners.types[:, [SERVICE, RESELLER]].any(axis=1) & chance(rng, 0.7, partners.count))
    platforms = int((products.owner < 0).sum())
    others = np.arange(platforms, products.count)
    further = np.repeat(able, rng.poisson(0.2 + 0.5 * tiers[able]))
    product = others[pick(rng, products.appeal[others], further.size)]
    partner = joined(able, further)
    product = joined(rng.integers(platforms, size=able.size), product)
    possible = np.maximum(partners.joined[partner], products.listed[product]) + 20
    last = np.minimum(np.minimum(partners.left[partner], products.delisted[product]), span.days) - 1
    kept = (possible <= last) & (products.owner[product] != partner)
    partner, product, possible, last = partner[kept], product[kept], possible[kept], last[kept]
    pair = np.unique(partner * products.count + product, return_index=True)[1]
    partner, product = partner[pair], product[pair]
    level = np.minimum(tiers[partner], rng.integers(len(words.LEVELS), size=partner.size))
    return pl.DataFrame(
        {
            "from": partners.ids.gather(partner),
            "to": products.ids.gather(product),
            "level": np.array(words.LEVELS)[level],
            "on": span.dates(days_within(rng, possible[pair], last[pair])),
        }
    )


def same_company_rows(accounts: Accounts, partners: Partners) -> pl.DataFrame:
    """The partners that are customers as well: one name and one domain on both."""
    account = np.flatnonzero(accounts.same_as >= 0)
    return pl.DataFrame(
        {
            "from": partners.ids.gather(accounts.same_as[account]),
            "to": accounts.ids.gather(account),
        }
    )
