"""The deals by which accounts became customers, and the partners that brought them."""

from __future__ import annotations

import numpy as np

from .accounts import Accounts, is_self_serve
from .adoption import Adoptions
from .dealing import (
    DIRECT,
    MARKETPLACE,
    NEW,
    NOBODY,
    RESELLER_CHANNEL,
    WON,
    Deals,
    Touches,
    amount,
    bring,
    cycle_days,
    help_along,
)
from .draws import Ints, Random, chance, joined
from .partners import REFERRAL, RESELLER, SERVICE, Partners

_BROUGHT, _HELPED = 0.55, 0.25
_FIRST_DAY = 10
"""Customers before it had been won when the record begins."""


def open_customers(rng: Random, accounts: Accounts, partners: Partners) -> tuple[Deals, Touches, Adoptions]:
    """The won first deals of the customers that did not sign up by themselves.

    A partner that brought the deal or helped is the account's partner from before its first day as a customer: one
    that referred or resells from the touch by which it brought it, one that implements from the contract on.
    """
    since = accounts.since[: accounts.customers]
    account = np.flatnonzero(~is_self_serve(rng, accounts) & (since >= _FIRST_DAY))
    closed = since[account] - rng.integers(1, 8, account.size)
    before = 1 + np.floor(rng.random(account.size) * (closed - 1)).astype(np.int64)
    opened = closed - np.minimum(cycle_days(rng, accounts.segment[account]), before)
    not_technology = np.asarray(partners.types[:, [SERVICE, RESELLER, REFERRAL]].any(axis=1))
    lead, lead_day = bring(rng, accounts, partners, not_technology, account, opened, _BROUGHT)
    helper, help_day = help_along(rng, accounts, partners, partners.types[:, SERVICE], account, opened, closed, _HELPED)
    lead = _still_there(partners, lead, closed)
    helper = np.where(helper == lead, NOBODY, _still_there(partners, helper, closed))
    led, helped = np.flatnonzero(lead != NOBODY), np.flatnonzero(helper != NOBODY)
    role = _role(partners, lead[led])
    channel = np.where(chance(rng, 0.12, account.size), MARKETPLACE, DIRECT)
    channel[led[role == RESELLER]] = RESELLER_CHANNEL
    deals = Deals(
        account=account,
        kind=np.full(account.size, NEW),
        channel=channel,
        units=amount(rng, accounts, account, 0.4, 1.0),
        opened=opened,
        closed=closed,
        status=np.full(account.size, WON),
    )
    day = joined(lead_day[led], help_day[helped])
    touches = Touches(joined(led, helped), joined(lead[led], helper[helped]), day)
    adoptions = Adoptions(
        account=account[touches.deal],
        partner=touches.partner,
        day=joined(np.where(role == SERVICE, closed[led], lead_day[led]), closed[helped]),
        role=joined(role, np.full(helped.size, SERVICE)),
    )
    return deals, touches, adoptions


def _still_there(partners: Partners, partner: Ints, day: Ints) -> Ints:
    return np.where((partner != NOBODY) & (partners.left[partner] > day), partner, NOBODY)


def _role(partners: Partners, partner: Ints) -> Ints:
    types = partners.types[partner]
    return np.where(types[:, RESELLER], RESELLER, np.where(types[:, REFERRAL], REFERRAL, SERVICE))
