"""Which account takes on which partner on which day, with planted lifts from one partner to another.

Every customer takes on partners at a rate of its own (`Accounts.activity`), each partner in proportion to its appeal
in the account's industry and segment, while it is in the program. Taking on the first partner of a planted pair
multiplies the rate of the second from then on, and of nothing else. Partners of one appeal, of busy accounts, and
well-known ones are found together all the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .accounts import Accounts
from .draws import Floats, Ints, Random, days_within, first_of_pair, joined, pick_by_row
from .partners import Partners
from .shape import Shape
from .span import NEVER, Span

UNDECIDED = -1
"""The role of an adoption whose form is still to be drawn; else a column of `Partners.types`."""


@dataclass(frozen=True)
class Adoptions:
    """The first day on which each account has each of its partners; one entry for each pair, ordered by account.

    Those of the opening deal lie before the account's first day as a customer.
    """

    account: Ints
    partner: Ints
    day: Ints
    role: Ints

    @property
    def count(self) -> int:
        return int(self.account.size)

    def with_churn(self, accounts: Accounts) -> Adoptions:
        """Those that come before the account's last day as a customer."""
        return self._take(np.flatnonzero(self.day < accounts.churned[self.account]))

    def in_order_of_day(self) -> Adoptions:
        """Ordered by account, then day."""
        return self._take(np.lexsort((self.day, self.account)))

    def _take(self, at: Ints) -> Adoptions:
        return Adoptions(self.account[at], self.partner[at], self.day[at], self.role[at])


@dataclass(frozen=True)
class Pairs:
    """Planted lifts: taking on `source` multiplies the rate of taking on `target` by `ratio`.

    No partner is in two pairs.
    """

    source: Ints
    target: Ints
    ratio: Floats


def choose_pairs(rng: Random, shape: Shape, partners: Partners, span: Span) -> Pairs:
    """Pairs of well-known partners that joined early and stayed; fewer where there are not enough of them."""
    early = np.flatnonzero((partners.joined < 0.4 * span.days) & (partners.left == NEVER))
    count = min(shape.lift_pairs, (early.size - 1) // 2)
    # The best known of all is left out: nearly everyone has it, so nothing can be seen of it.
    chosen = rng.permutation(early[1 : 1 + 2 * count])
    ratio = np.round(rng.uniform(*shape.lift, size=count), 1)
    return Pairs(chosen[:count], chosen[count:], ratio)


def adopt(
    rng: Random, accounts: Accounts, partners: Partners, opening: Adoptions, pairs: Pairs, span: Span
) -> Adoptions:
    """All adoptions up to the end of the span, as if no customer ever left."""
    drawn = _ordinary(rng, accounts, partners, span)
    every = _first(opening, drawn)
    return _first(every, _lifted(rng, every, accounts, partners, pairs, span))


def _ordinary(rng: Random, accounts: Accounts, partners: Partners, span: Span) -> Adoptions:
    # A Poisson process for each account over all partners; what falls outside a partner's time is struck out.
    customers = np.arange(accounts.customers)
    left = span.days - accounts.since[customers]
    account = np.repeat(customers, rng.poisson(accounts.activity[customers] * left / 365))
    partner = pick_by_row(rng, partners.appeal, accounts.stratum[account])
    day = days_within(rng, accounts.since[account] + 1, np.full(account.size, span.days - 1))
    kept = (day > accounts.since[account]) & partners.is_in_program(partner, day, day)
    return _undecided(account[kept], partner[kept], day[kept])


def _lifted(
    rng: Random, every: Adoptions, accounts: Accounts, partners: Partners, pairs: Pairs, span: Span
) -> Adoptions:
    # What a lift adds is a process of its own, at (ratio - 1) times the ordinary rate, from the first partner on.
    pair_of = np.full(partners.count, -1, dtype=np.int64)
    pair_of[pairs.source] = np.arange(pairs.source.size)
    at = np.flatnonzero(pair_of[every.partner] >= 0)
    account, pair = every.account[at], pair_of[every.partner[at]]
    target = pairs.target[pair]
    first = np.maximum(np.maximum(every.day[at], accounts.since[account]), partners.joined[target])
    rate = (pairs.ratio[pair] - 1) * accounts.activity[account] * partners.appeal[accounts.stratum[account], target]
    with np.errstate(divide="ignore"):
        delay = rng.exponential(size=at.size) * 365 / rate
    day = first + 1 + np.minimum(delay, NEVER).astype(np.int64)
    kept = (day < span.days) & (day < partners.left[target])
    return _undecided(account[kept], target[kept], day[kept])


def _undecided(account: Ints, partner: Ints, day: Ints) -> Adoptions:
    return Adoptions(account, partner, day, np.full(account.size, UNDECIDED))


def _first(one: Adoptions, other: Adoptions) -> Adoptions:
    account, partner = joined(one.account, other.account), joined(one.partner, other.partner)
    day, role = joined(one.day, other.day), joined(one.role, other.role)
    at = first_of_pair(account, partner, day)
    return Adoptions(account[at], partner[at], day[at], role[at])
