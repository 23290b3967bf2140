"""The deals beside those that won customers: lost and open ones, expansions and renewals, and who touched them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from .accounts import Accounts
from .adoption import Adoptions
from .dealing import (
    DIRECT,
    EXPANSION,
    LOST,
    MARKETPLACE,
    NEW,
    NOBODY,
    OPEN,
    RENEWAL,
    RESELLER_CHANNEL,
    WON,
    Deals,
    Touches,
    amount,
    bring,
    cycle_days,
    help_along,
)
from .draws import Floats, Ints, Random, chance, days_within, joined
from .partners import RESELLER, Partners
from .shape import Shape
from .span import NEVER, Span

_PROSPECTS_WITH_DEAL = 0.14
_EXPANSIONS_PER_YEAR = np.array([0.08, 0.2, 0.45])
_RENEWALS = np.array([0.0, 0.45, 0.9])
"""Share of anniversaries that have a renewal deal, by segment."""


def sell_to_prospects(
    rng: Random, shape: Shape, accounts: Accounts, partners: Partners, span: Span
) -> tuple[Deals, Touches]:
    """First deals that were lost, or are open, with accounts that are no customers."""
    prospects = np.arange(accounts.customers, accounts.count)
    account = prospects[chance(rng, min(0.9, _PROSPECTS_WITH_DEAL * shape.deals), prospects.size)]
    opened = np.floor(span.days * np.sqrt(rng.random(account.size))).astype(np.int64)
    closed = opened + cycle_days(rng, accounts.segment[account])
    status = np.where(closed < span.days, LOST, OPEN)
    likely = np.array([6_000, 30_000, 150_000])[accounts.segment[account]]
    units = np.rint(likely * np.exp(0.7 * rng.standard_normal(account.size)) / 100) * 100
    anyone = np.ones(partners.count, dtype=np.bool_)
    lead, lead_day = bring(rng, accounts, partners, anyone, account, opened, 0.35)
    last = np.minimum(closed, span.days - 1)
    helper, help_day = help_along(rng, accounts, partners, anyone, account, opened, last, 0.2)
    deals = Deals(
        account=account,
        kind=np.full(account.size, NEW),
        channel=_channel(rng, partners, lead),
        units=np.maximum(100, units).astype(np.int64),
        opened=opened,
        closed=np.where(status == OPEN, NEVER, closed),
        status=status,
    )
    return deals, _touches((lead, lead_day), (helper, help_day))


def sell_to_customers(
    rng: Random, shape: Shape, accounts: Accounts, partners: Partners, adoptions: Adoptions, span: Span
) -> tuple[Deals, Touches]:
    """Expansions and renewals of customers; only partners that the account has by then touch them."""
    deals = _expansions(rng, shape, accounts, span) + _renewals(rng, accounts, span)
    ordered = adoptions.in_order_of_day()
    lead = _partner_of(rng, ordered, deals.account, deals.opened, np.where(deals.kind == EXPANSION, 0.5, 0.2))
    has_since = ordered.day[lead] if ordered.count else deals.opened
    lead_day = days_within(rng, np.maximum(has_since, deals.opened - 60), deals.opened)
    helper = _partner_of(rng, ordered, deals.account, deals.opened, np.full(deals.count, 0.3))
    last = np.minimum(deals.closed, span.days - 1)
    help_day = days_within(rng, deals.opened + 1, last)
    lead_partner = _who(ordered, partners, lead, lead_day)
    helper_partner = np.where(help_day <= last, _who(ordered, partners, helper, help_day), NOBODY)
    deals = replace(deals, channel=_channel(rng, partners, lead_partner))
    return deals, _touches((lead_partner, lead_day), (helper_partner, help_day))


def _expansions(rng: Random, shape: Shape, accounts: Accounts, span: Span) -> Deals:
    customers = np.arange(accounts.customers)
    first = accounts.since[customers] + 60
    end = np.minimum(accounts.churned[customers], span.days)
    years = np.maximum(end - first, 0) / 365
    account = np.repeat(customers, rng.poisson(years * _EXPANSIONS_PER_YEAR[accounts.segment[customers]] * shape.deals))
    last = np.minimum(accounts.churned[account], span.days) - 1
    opened = days_within(rng, accounts.since[account] + 60, last)
    closed = opened + cycle_days(rng, accounts.segment[account])
    status = np.where(chance(rng, 0.62, account.size), WON, LOST)
    status = np.where(closed >= accounts.churned[account], LOST, status)
    closed = np.minimum(closed, np.where(accounts.churned[account] == NEVER, NEVER, accounts.churned[account]))
    status = np.where(closed >= span.days, OPEN, status)
    return Deals(
        account=account,
        kind=np.full(account.size, EXPANSION),
        channel=np.full(account.size, DIRECT),
        units=amount(rng, accounts, account, 0.08, 0.5),
        opened=opened,
        closed=np.where(status == OPEN, NEVER, closed),
        status=status,
    )


def _renewals(rng: Random, accounts: Accounts, span: Span) -> Deals:
    years = -(-span.days // 365)
    customers = np.arange(accounts.customers)
    account = np.repeat(customers, years)
    anniversary = accounts.since[account] + 365 * np.tile(np.arange(1, years + 1), customers.size)
    closed = anniversary - rng.integers(0, 15, account.size)
    opened = closed - rng.integers(40, 100, account.size)
    kept = chance(rng, _RENEWALS[accounts.segment[account]], account.size) & (opened < span.days)
    # A customer that leaves within two months of the anniversary had let its renewal fail.
    lost = accounts.churned[account] <= closed + 60
    closed = np.where(lost, np.minimum(closed, accounts.churned[account]), closed)
    kept &= opened < closed
    kept &= opened > accounts.since[account]
    status = np.where(closed >= span.days, OPEN, np.where(lost, LOST, WON))
    account, closed, opened, status = account[kept], closed[kept], opened[kept], status[kept]
    return Deals(
        account=account,
        kind=np.full(account.size, RENEWAL),
        channel=np.full(account.size, DIRECT),
        units=amount(rng, accounts, account, 0.85, 1.0),
        opened=opened,
        closed=np.where(status == OPEN, NEVER, closed),
        status=status,
    )


def _partner_of(rng: Random, ordered: Adoptions, account: Ints, day: Ints, share: Floats) -> Ints:
    """The position of one of the account's adoptions up to the day, by chance, for a share of them; else NOBODY."""
    first = np.searchsorted(ordered.account, account)
    last = np.searchsorted(ordered.account * NEVER + ordered.day, account * NEVER + day, side="right")
    chosen = first + np.floor(rng.random(account.size) * (last - first)).astype(np.int64)
    return np.where((last > first) & chance(rng, share, account.size), chosen, NOBODY)


def _who(ordered: Adoptions, partners: Partners, at: Ints, day: Ints) -> Ints:
    partner = ordered.partner[at] if ordered.count else np.full(at.size, NOBODY)
    return np.where((at != NOBODY) & (partners.left[partner] > day), partner, NOBODY)


def _channel(rng: Random, partners: Partners, lead: Ints) -> Ints:
    by_reseller = (lead != NOBODY) & partners.types[lead, RESELLER] & chance(rng, 0.8, lead.size)
    return np.where(by_reseller, RESELLER_CHANNEL, np.where(chance(rng, 0.12, lead.size), MARKETPLACE, DIRECT))


def _touches(*deeds: tuple[Ints, Ints]) -> Touches:
    parts = [(np.flatnonzero(partner != NOBODY), partner, day) for partner, day in deeds]
    return Touches(
        joined(*(at for at, _, _ in parts)),
        joined(*(partner[at] for at, partner, _ in parts)),
        joined(*(day[at] for at, _, day in parts)),
    )
