"""Account lists: ours, and those of the partners that share one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from ...graph.model import Population
from .accounts import Accounts
from .adoption import Adoptions
from .catalog_rows import COMPANY_ID
from .dealing import OPEN, Deals
from .draws import Bools, Ints, Random, chance, days_within, first_of_pair, joined, pick, zipf
from .partners import Partners
from .shape import Shape
from .span import NEVER, Span

_POPULATIONS = (Population.CUSTOMER, Population.OPPORTUNITY, Population.PROSPECT)
_CUSTOMER, _OPPORTUNITY, _PROSPECT = range(3)
_SHARING = 0.2
"""Share of the partners that share a list."""
_PARTNERS_SHARE = 0.65
"""Share of all entries that are on partners' lists."""
_OF_ADOPTERS = 0.3
"""Share of a partner's accounts that are on its list, unless that makes more than half of all entries."""
_FIRST_SHARED = 0.3
"""Partners share lists from this part of the span on."""
_BECOME_CUSTOMERS = 0.06


@dataclass(frozen=True)
class _Entries:
    """`owner` is a partner, or one more than the last for us."""

    owner: Ints
    account: Ints
    population: Ints
    since: Ints
    until: Ints

    def __add__(self, other: _Entries) -> _Entries:
        mine, others = vars(self).values(), vars(other).values()
        return _Entries(*(joined(a, b) for a, b in zip(mine, others, strict=True)))

    def take(self, kept: Bools | Ints) -> _Entries:
        return _Entries(*(values[kept] for values in vars(self).values()))


def known_rows(
    rng: Random,
    shape: Shape,
    accounts: Accounts,
    adoptions: Adoptions,
    partners: Partners,
    deals: Deals,
    span: Span,
) -> pl.DataFrame:
    """Who has which account on its list, as what, from when on. An account without any deal is on some list."""
    wanted = round(shape.known * accounts.count)
    entries = _of_partners(rng, round(_PARTNERS_SHARE * wanted), accounts, adoptions, partners, span)
    entries = entries + _ours(rng, wanted - entries.owner.size, entries.account, accounts, partners, deals, span)
    owner_ids = pl.concat([partners.ids, pl.Series([COMPANY_ID])])
    owner_key = (entries.account + 7 * entries.owner) % 89 + 1
    return pl.DataFrame(
        {
            "from": owner_ids.gather(entries.owner),
            "to": accounts.ids.gather(entries.account),
            "since": span.dates(entries.since),
            "until": span.dates(entries.until),
            "population": np.array([str(population) for population in _POPULATIONS])[entries.population],
            "ownerKey": "rep-" + pl.Series(owner_key).cast(pl.String).str.zfill(3),
        }
    )


def _of_partners(
    rng: Random, wanted: int, accounts: Accounts, adoptions: Adoptions, partners: Partners, span: Span
) -> _Entries:
    shares = chance(rng, _SHARING, partners.count)
    shares[rng.integers(partners.count)] = True
    shared_on = np.maximum(partners.joined + 30, round(_FIRST_SHARED * span.days)) + rng.integers(
        0, 120, partners.count
    )
    of_sharing = np.flatnonzero(shares[adoptions.partner])
    most = 0.5 * wanted / max(1, of_sharing.size)
    at = of_sharing[chance(rng, min(_OF_ADOPTERS, most), of_sharing.size)]
    owner, account = adoptions.partner[at], adoptions.account[at]
    since = np.maximum(shared_on[owner], adoptions.day[at])
    adopters = _Entries(owner, account, np.full(at.size, _CUSTOMER), since, partners.left[owner])
    count = max(0, wanted - at.size)
    owner = pick(rng, shares * zipf(partners.count, 0.6), count)
    is_ours = chance(rng, 0.3, count)
    account = np.where(
        is_ours,
        rng.integers(accounts.customers, size=count),
        rng.integers(accounts.customers, accounts.count, size=count),
    )
    population = pick(rng, np.array([0.25, 0.25, 0.5]), count)
    since = shared_on[owner] + 91 * np.minimum(rng.geometric(0.4, count) - 1, 12)
    entries = adopters + _Entries(owner, account, population, since, partners.left[owner])
    entries = entries.take(entries.since < np.minimum(entries.until, span.days))
    return _with_won(rng, entries.take(first_of_pair(entries.owner, entries.account, entries.population)), span)


def _with_won(rng: Random, entries: _Entries, span: Span) -> _Entries:
    # Some prospects of a list become customers of its owner: the one entry ends where the other begins.
    last = np.minimum(entries.until, span.days) - 1
    may = (entries.population == _PROSPECT) & (entries.since + 30 < last)
    at = np.flatnonzero(may & chance(rng, _BECOME_CUSTOMERS, may.size))
    day = days_within(rng, entries.since[at] + 30, last[at])
    won = _Entries(entries.owner[at], entries.account[at], np.full(at.size, _CUSTOMER), day, entries.until[at])
    until = entries.until.copy()
    until[at] = day
    return _Entries(entries.owner, entries.account, entries.population, entries.since, until) + won


def _ours(
    rng: Random,
    wanted: int,
    elsewhere: Ints,
    accounts: Accounts,
    partners: Partners,
    deals: Deals,
    span: Span,
) -> _Entries:
    prospects = np.arange(accounts.customers, accounts.count)
    is_known = np.zeros(accounts.count, dtype=np.bool_)
    is_known[elsewhere] = True
    is_known[deals.account] = True
    unknown = prospects[~is_known[prospects]]
    more = max(0, wanted - unknown.size)
    also = prospects[is_known[prospects] & chance(rng, 0.5 * more / accounts.count, accounts.count)[prospects]]
    prospect = joined(unknown, also)
    pursued = np.unique(deals.account[(deals.status == OPEN) & (deals.account >= accounts.customers)])
    prospect = np.setdiff1d(prospect, pursued)
    held = np.flatnonzero(chance(rng, np.clip(0.5 * more / accounts.customers, 0.05, 1.0), accounts.customers))
    opened = np.full(accounts.count, NEVER, dtype=np.int64)
    np.minimum.at(opened, deals.account[deals.status == OPEN], deals.opened[deals.status == OPEN])
    account = joined(prospect, pursued, held)
    population = np.repeat([_PROSPECT, _OPPORTUNITY, _CUSTOMER], [prospect.size, pursued.size, held.size])
    listed = 30 * np.floor(rng.random(prospect.size) * (span.days // 30)).astype(np.int64)
    since = joined(listed, opened[pursued], accounts.since[held])
    until = np.where(population == _CUSTOMER, accounts.churned[account], NEVER)
    return _Entries(np.full(account.size, partners.count), account, population, since, until)
