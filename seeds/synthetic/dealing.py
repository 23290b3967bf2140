"""Deals and the touches of partners on them, as arrays, and what all parts that make deals share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .accounts import Accounts
from .draws import Bools, Floats, Ints, Random, chance, days_within, joined, lognormal_days, pick_by_row
from .partners import Partners

NEW, EXPANSION, RENEWAL = range(3)
DIRECT, RESELLER_CHANNEL, MARKETPLACE = range(3)
OPEN, WON, LOST = range(3)
NOBODY = -1
_CYCLE_MEDIAN = np.array([28.0, 60.0, 110.0])
_BEFORE_OPENING = 45


@dataclass(frozen=True)
class Deals:
    """One entry for each deal.

    `units` is the amount in whole units of the account's currency; `closed` is NEVER while the deal is open.
    """

    account: Ints
    kind: Ints
    channel: Ints
    units: Ints
    opened: Ints
    closed: Ints
    status: Ints

    @property
    def count(self) -> int:
        return int(self.account.size)

    def __add__(self, other: Deals) -> Deals:
        mine, others = vars(self).values(), vars(other).values()
        return Deals(*(joined(a, b) for a, b in zip(mine, others, strict=True)))


@dataclass(frozen=True)
class Touches:
    """What partners did for deals, one entry for each deed; `deal` counts within the deals that these came with."""

    deal: Ints
    partner: Ints
    day: Ints

    def shifted(self, deals_before: int) -> Touches:
        """The same touches when other deals are put before theirs."""
        return Touches(self.deal + deals_before, self.partner, self.day)

    def take(self, kept: Bools) -> Touches:
        return Touches(self.deal[kept], self.partner[kept], self.day[kept])

    def __add__(self, other: Touches) -> Touches:
        mine, others = vars(self).values(), vars(other).values()
        return Touches(*(joined(a, b) for a, b in zip(mine, others, strict=True)))


def cycle_days(rng: Random, segment: Ints) -> Ints:
    """Days from the opening of a deal to its end: the larger the account, the longer."""
    return lognormal_days(rng, _CYCLE_MEDIAN[segment], 0.45)


def amount(rng: Random, accounts: Accounts, account: Ints, low: float, high: float) -> Ints:
    """An amount for each account: its ARR times a factor from `low` to `high`, in whole hundreds."""
    units = accounts.arr[account] * rng.uniform(low, high, account.size)
    return np.asarray(np.maximum(100, np.rint(units / 100) * 100), dtype=np.int64)


def bring(
    rng: Random,
    accounts: Accounts,
    partners: Partners,
    among: Bools,
    account: Ints,
    opened: Ints,
    share: float,
) -> tuple[Ints, Ints]:
    """For a share of the deals a partner that touches them before they are opened, and the day; else NOBODY.

    Partners come by their appeal to the account; in the years when few had joined, fewer deals are brought.
    """
    day = opened - rng.integers(0, _BEFORE_OPENING, opened.size)
    return _present(rng, accounts, partners, among, account, day, share), day


def help_along(
    rng: Random,
    accounts: Accounts,
    partners: Partners,
    among: Bools,
    account: Ints,
    opened: Ints,
    last: Ints,
    share: float,
) -> tuple[Ints, Ints]:
    """For a share of the deals a partner that touches them after opening, by `last`, and the day; else NOBODY."""
    day = days_within(rng, opened + 1, last)
    partner = _present(rng, accounts, partners, among, account, day, share)
    return np.where(day <= last, partner, NOBODY), day


def _present(
    rng: Random, accounts: Accounts, partners: Partners, among: Bools, account: Ints, day: Ints, share: float
) -> Ints:
    appeal: Floats = partners.appeal * among
    partner = pick_by_row(rng, appeal, accounts.stratum[account])
    there = chance(rng, share, account.size) & (day >= 0) & partners.is_in_program(partner, day, day)
    return np.where(there, partner, NOBODY)
