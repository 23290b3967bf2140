"""The forms that adoptions take: products in use, and what partners do at accounts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .accounts import Accounts
from .adoption import UNDECIDED, Adoptions
from .catalog import Products, product_to_take
from .draws import Bools, Ints, Random, chance, joined, pick_flagged, wait
from .partners import REFERRAL, RESELLER, SERVICE, TECHNOLOGY, Partners
from .shape import Shape
from .span import NEVER, Span

_FORM_WEIGHT = np.array([0.64, 0.23, 0.09, 0.04])
_SECOND_FORM, _SECOND_PRODUCT = 0.12, 0.1
_DROPPED_PER_YEAR = 0.04
_SECOND_PLATFORM = 0.25


@dataclass(frozen=True)
class Ties:
    """Dated edges between accounts and something else: `other` is a partner, a product or an integration."""

    account: Ints
    other: Ints
    since: Ints
    until: Ints

    @property
    def count(self) -> int:
        return int(self.account.size)

    def take(self, kept: Bools | Ints) -> Ties:
        return Ties(self.account[kept], self.other[kept], self.since[kept], self.until[kept])

    def __add__(self, other: Ties) -> Ties:
        mine, others = vars(self).values(), vars(other).values()
        return Ties(*(joined(a, b) for a, b in zip(mine, others, strict=True)))

    def ended_by(self, days: Ints) -> Ties:
        """Each ends on its day at the latest; those that had not begun by then never were."""
        until = np.minimum(self.until, days)
        return Ties(self.account, self.other, self.since, until).take(self.since < until)


@dataclass(frozen=True)
class Relations:
    """All dated edges of accounts beside enablements: `other` is a product in `uses`, a partner in the rest."""

    uses: Ties
    implements: Ties
    resells: Ties
    referred: Ties

    def with_churn(self, accounts: Accounts) -> Relations:
        """Nothing outlasts the account's time as a customer."""
        return Relations(*(ties.ended_by(accounts.churned[ties.account]) for ties in vars(self).values()))


def relate(
    rng: Random,
    shape: Shape,
    accounts: Accounts,
    adoptions: Adoptions,
    partners: Partners,
    products: Products,
    span: Span,
) -> Relations:
    """The edges of all adoptions, up to the end of the span, as if no customer ever left.

    Every adoption has an edge from its day on. Some partners take a second role later.
    """
    flags = partners.types.copy()
    flags[:, TECHNOLOGY] = products.count_of > 0
    form = np.where(
        adoptions.role == UNDECIDED, pick_flagged(rng, flags[adoptions.partner], _FORM_WEIGHT), adoptions.role
    )
    again = np.flatnonzero(chance(rng, _SECOND_FORM, adoptions.count))
    further = flags[adoptions.partner[again]]
    further[np.arange(again.size), form[again]] = False
    further[:, REFERRAL] = False
    second = pick_flagged(rng, further, _FORM_WEIGHT)
    again, second = again[second >= 0], second[second >= 0]
    later = np.maximum(adoptions.day[again], accounts.since[adoptions.account[again]])
    form = joined(form, second)
    account = joined(adoptions.account, adoptions.account[again])
    partner = joined(adoptions.partner, adoptions.partner[again])
    day = joined(adoptions.day, later + 20 + wait(rng, 160.0, again.size))
    happens = (day < span.days) & (day < partners.left[partner])
    form, account, partner, day = form[happens], account[happens], partner[happens], day[happens]
    parts = [(account[form == f], partner[form == f], day[form == f]) for f in range(4)]
    lasting = [Ties(a, p, d, partners.left[p]) for a, p, d in parts]
    return Relations(
        uses=_platforms(rng, shape, accounts, span) + _products(rng, products, lasting[TECHNOLOGY], span),
        implements=_projects(rng, lasting[SERVICE], span),
        resells=lasting[RESELLER],
        referred=lasting[REFERRAL],
    )


def _platforms(rng: Random, shape: Shape, accounts: Accounts, span: Span) -> Ties:
    customers = np.arange(accounts.customers)
    since = accounts.since[customers]
    ties = Ties(customers, np.zeros_like(customers), since, np.full(customers.size, NEVER))
    for platform in range(1, shape.platforms):
        takers = np.flatnonzero(chance(rng, _SECOND_PLATFORM, customers.size))
        day = since[takers] + wait(rng, 240.0, takers.size)
        ties = ties + Ties(takers, np.full(takers.size, platform), day, np.full(takers.size, NEVER))
    return ties.take(ties.since < span.days)


def _products(rng: Random, products: Products, taken: Ties, span: Span) -> Ties:
    product = product_to_take(rng, products, taken.other, taken.since)
    first = Ties(taken.account, product, taken.since, products.delisted[product])
    more = np.flatnonzero(chance(rng, _SECOND_PRODUCT, taken.count))
    day = taken.since[more] + 10 + wait(rng, 200.0, more.size)
    second_product = product_to_take(rng, products, taken.other[more], day)
    second = Ties(taken.account[more], second_product, day, products.delisted[second_product])
    is_other = (second_product >= 0) & (second_product != product[more]) & (day < span.days)
    ties = first + second.take(is_other)
    dropped = ties.since + 30 + wait(rng, 365 / _DROPPED_PER_YEAR, ties.count)
    return ties.ended_by(dropped)


def _projects(rng: Random, work: Ties, span: Span) -> Ties:
    is_project = chance(rng, 0.6, work.count)
    done = np.where(is_project, work.since + 60 + wait(rng, 150.0, work.count), NEVER)
    back = done + 30 + wait(rng, 90.0, work.count)
    returns = is_project & chance(rng, 0.15, work.count) & (back < np.minimum(work.until, span.days))
    again = Ties(work.account, work.other, back, work.until).take(returns)
    return work.ended_by(done) + again.ended_by(again.since + 60 + wait(rng, 150.0, again.count))
