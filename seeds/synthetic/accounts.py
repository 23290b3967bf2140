"""The accounts: customers of four years, and those that are known from lists and deals alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from . import words
from .draws import Bools, Floats, Ints, Random, chance, pick, zipf
from .names import Roots, domains_of, slugs, with_endings
from .partners import SEGMENT_COUNT, Partners
from .shape import Shape
from .span import NEVER, Span

_SEGMENT_SHARE = np.array([0.60, 0.29, 0.11])
_ARR_MEDIAN = np.array([7_000.0, 42_000.0, 240_000.0])
_ARR_SIGMA = np.array([0.8, 0.8, 1.0])
_ACTIVITY = np.array([0.6, 1.3, 3.4])
"""Partners taken on per year, relative, by segment."""
_EMEA = 1
CURRENCIES = ("USD", "EUR")


@dataclass(frozen=True)
class Accounts:
    """One entry for each account, customers first (`customers` of them).

    `since` is NEVER for the others; `churned` is NEVER until churn has been drawn; `arr` is in whole units of
    `currency` (0 USD, 1 EUR), 0 where there is none; `activity` is partners taken on per year; `same_as` the partner
    that is the same company, or -1.
    """

    customers: int
    names: pl.Series
    keys: pl.Series
    domains: pl.Series
    segment: Ints
    industry: Ints
    region: Ints
    arr: Ints
    relative_size: Floats
    currency: Ints
    activity: Floats
    since: Ints
    churned: Ints
    same_as: Ints

    @property
    def count(self) -> int:
        return int(self.segment.size)

    @property
    def stratum(self) -> Ints:
        return self.industry * SEGMENT_COUNT + self.segment

    @property
    def ids(self) -> pl.Series:
        return "account:" + self.keys

    def with_churn(self, churned: Ints) -> Accounts:
        return replace(self, churned=churned)


def make_accounts(rng: Random, shape: Shape, customer_days: Ints, partners: Partners) -> Accounts:
    """Accounts of all segments and industries; who became a customer when is given."""
    count, customers = shape.accounts, shape.customers
    segment = pick(rng, _SEGMENT_SHARE, count)
    industry = pick(rng, np.array(words.INDUSTRY_SHARES), count)
    region = pick(rng, np.array([0.52, 0.34, 0.14]), count)
    relative = np.exp(_ARR_SIGMA[segment] * rng.standard_normal(count))
    arr = np.maximum(600, np.rint(_ARR_MEDIAN[segment] * relative / 100) * 100).astype(np.int64)
    arr[customers:] = 0
    currency = chance(rng, np.where(region == _EMEA, 0.85, 0.05), count).astype(np.int64)
    since = np.full(count, NEVER, dtype=np.int64)
    since[:customers] = rng.permutation(customer_days)
    names = with_endings(Roots(), rng, industry, tuple(words.INDUSTRIES.values()))
    same_as = np.full(count, -1, dtype=np.int64)
    twins = max(3, partners.count // 80)
    same_as[rng.choice(customers, twins, replace=False)] = rng.choice(partners.count, twins, replace=False)
    is_twin = pl.Series(same_as >= 0)
    twin_names = partners.names.gather(np.maximum(same_as, 0))
    twin_domains = domains_of(partners.roots).gather(np.maximum(same_as, 0))
    names = twin_names.zip_with(is_twin, names)
    activity = shape.adoptions * _ACTIVITY[segment] * relative**0.3 * np.exp(0.2 * rng.standard_normal(count))
    return Accounts(
        customers=customers,
        names=names,
        keys=slugs(names),
        domains=twin_domains.zip_with(is_twin, domains_of(names)),
        segment=segment,
        industry=industry,
        region=region,
        arr=arr,
        relative_size=relative,
        currency=currency,
        activity=activity,
        since=since,
        churned=np.full(count, NEVER, dtype=np.int64),
        same_as=same_as,
    )


def account_rows(rng: Random, accounts: Accounts, span: Span) -> pl.DataFrame:
    """The columns of the account table."""
    count = accounts.count
    owners = pick(rng, zipf(max(8, count // 400), 0.3), count)
    is_customer = pl.Series(np.arange(count) < accounts.customers)
    has_owner = pl.Series(chance(rng, np.where(np.arange(count) < accounts.customers, 0.97, 0.4), count))
    billed = pl.Series(chance(rng, 0.3, count)) & is_customer
    second = pl.Series(chance(rng, 0.05, count))
    return pl.DataFrame(
        {
            "key": accounts.keys,
            "name": accounts.names,
            "segment": np.array(words.SEGMENTS)[accounts.segment],
            "industry": np.array(tuple(words.INDUSTRIES))[accounts.industry],
            "region": np.array(words.REGIONS)[accounts.region],
            "arr": accounts.arr * 100,
            "currency": np.array(CURRENCIES)[accounts.currency],
            "customerSince": span.dates(accounts.since),
            "churnedOn": span.dates(accounts.churned),
            "owner": pl.Series(owners + 1).cast(pl.String).str.zfill(5),
            "domain": accounts.domains,
            "number": pl.Series(np.arange(count)).cast(pl.String).str.zfill(9),
        }
    ).select(
        "key",
        "name",
        "segment",
        "industry",
        "region",
        pl.when(is_customer).then("arr").alias("arr"),
        pl.when(is_customer).then("currency").alias("arrCurrency"),
        "customerSince",
        "churnedOn",
        pl.when(has_owner).then("u-" + pl.col("owner")).alias("ownerKey"),
        pl.when(second)
        .then(pl.concat_list("domain", "group-" + pl.col("domain")))
        .otherwise(pl.concat_list("domain"))
        .alias("domains"),
        pl.when(billed)
        .then(pl.concat_list("crm:001" + pl.col("number"), "billing:C" + pl.col("number")))
        .otherwise(pl.concat_list("crm:001" + pl.col("number")))
        .alias("externalIds"),
    )


def is_self_serve(rng: Random, accounts: Accounts) -> Bools:
    """Customers that signed up by themselves, without a deal: most small ones, no large one."""
    return chance(rng, np.array([0.6, 0.15, 0.0])[accounts.segment[: accounts.customers]], accounts.customers)
