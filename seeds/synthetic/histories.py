"""What some attributes were before: revenue of accounts, tiers of partners, stages of deals, exchange rates."""

from __future__ import annotations

import numpy as np
import polars as pl

from . import words
from .accounts import CURRENCIES, Accounts
from .dealing import OPEN, WON, Deals
from .draws import Ints, Random, chance, joined
from .partners import Partners
from .span import Span

_SHARE = 0.3
"""Share of accounts and deals that have a history."""
_GROWTH = 0.12


def arr_rows(rng: Random, accounts: Accounts, span: Span) -> pl.DataFrame:
    """Yearly revenue of some customers from their first day on; the last value is today's."""
    chosen = np.flatnonzero(chance(rng, _SHARE, accounts.customers))
    end = np.minimum(accounts.churned[chosen], span.days)
    years = (end - 1 - accounts.since[chosen]) // 365
    account = np.repeat(chosen, years + 1)
    year = np.arange(account.size) - np.repeat(np.cumsum(years + 1) - (years + 1), years + 1)
    before = np.repeat(years, years + 1) - year
    shrunk = np.exp(-before * (_GROWTH + 0.05 * rng.standard_normal(account.size)))
    units = np.maximum(100, np.rint(accounts.arr[account] * shrunk / 100) * 100).astype(np.int64)
    return pl.DataFrame(
        {
            "of": accounts.ids.gather(account),
            "on": span.dates(accounts.since[account] + 365 * year),
            "value": np.where(before == 0, accounts.arr[account], units) * 100,
            "valueCurrency": np.array(CURRENCIES)[accounts.currency[account]],
        }
    )


def tier_rows(rng: Random, partners: Partners, tiers: Ints, span: Span) -> pl.DataFrame:
    """The rise of some partners, one tier at a time, from the lowest when they joined to today's."""
    chosen = np.flatnonzero(chance(rng, 0.5, partners.count) & (tiers > 0))
    steps = tiers[chosen] + 1
    partner = np.repeat(chosen, steps)
    tier = np.arange(partner.size) - np.repeat(np.cumsum(steps) - steps, steps)
    end = np.minimum(partners.left[partner], span.days)
    share = (tier + 0.8 * rng.random(partner.size)) / (tiers[partner] + 1)
    day = partners.joined[partner] + np.where(tier == 0, 0, np.floor(share * (end - partners.joined[partner])))
    frame = pl.DataFrame(
        {
            "of": partners.ids.gather(partner),
            "on": span.dates(day.astype(np.int64)),
            "value": np.array(words.TIERS)[tier],
        }
    )
    return _last_of_day(frame)


def stage_rows(rng: Random, deals: Deals, stages: Ints, deal_ids: pl.Series, span: Span) -> pl.DataFrame:
    """The stages of some deals from the day they were opened to today's."""
    chosen = np.flatnonzero(chance(rng, _SHARE, deals.count))
    passed = stages[chosen] + 1
    deal = np.repeat(chosen, passed)
    stage = np.arange(deal.size) - np.repeat(np.cumsum(passed) - passed, passed)
    end = np.minimum(deals.closed[deal], span.days)
    share = (stage + 0.8 * rng.random(deal.size)) / (stages[deal] + 1)
    day = deals.opened[deal] + np.where(stage == 0, 0, np.floor(share * (end - deals.opened[deal]))).astype(np.int64)
    ended = chosen[deals.status[chosen] != OPEN]
    final = np.where(deals.status[ended] == WON, words.WON_STAGE, words.LOST_STAGE)
    frame = pl.DataFrame(
        {
            "of": deal_ids.gather(joined(deal, ended)),
            "on": span.dates(joined(day, deals.closed[ended])),
            "value": joined(np.array(words.STAGES)[stage], final),
        }
    )
    return _last_of_day(frame)


def rate_rows(rng: Random, span: Span) -> pl.DataFrame:
    """The exchange rate of each month, both ways."""
    months = span.months[:-1]
    rate = np.round(0.92 * np.exp(np.cumsum(0.012 * rng.standard_normal(months.size))), 4)
    usd, eur = CURRENCIES
    return pl.DataFrame(
        {
            "from": np.repeat([usd, eur], months.size),
            "to": np.repeat([eur, usd], months.size),
            "on": span.dates(joined(months, months)),
            "rate": joined(rate, np.round(1 / rate, 4)),
        }
    )


def _last_of_day(frame: pl.DataFrame) -> pl.DataFrame:
    # Who took two steps in one day is known by the later one.
    return frame.unique(["of", "on"], keep="last", maintain_order=True)
