"""What is left of the covered value as partners leave, in one order or another.

The R-index is the mean of the covered share after each removal (Schneider et al. 2011), near 0 where few partners carry
all, and at most about 1; it stands beside the one of random orders, for the number alone says little.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from ..work import Floats, Ints
from .coverage import coverage_values
from .relations import Memberships

RANDOM_ORDERS = 20
MOST_POINTS = 200


class RemovalOrder(Enum):
    """Who leaves first."""

    DEGREE = "DEGREE"
    SHAPLEY = "SHAPLEY"
    GREEDY = "GREEDY"
    RANDOM = "RANDOM"


@dataclass(frozen=True)
class Robustness:
    """`points` are (partners removed, share of the value still covered), at most 200 of them, the first (0, 1)."""

    points: list[tuple[int, float]]
    r_index: float
    r_index_random: float


def robustness(accounts: Memberships, values: Floats, order: RemovalOrder, seed: int = 0) -> Robustness | None:
    """The curve of one order, over the partners that cover anything; None where nothing is covered."""
    present = np.unique(accounts.partner)
    if not len(present) or values.sum() <= 0:
        return None
    generator = np.random.default_rng(seed)
    random = [_curve(accounts, values, generator.permutation(present)) for _ in range(RANDOM_ORDERS)]
    by_chance = np.mean(random, axis=0)
    curve = by_chance if order is RemovalOrder.RANDOM else _curve(accounts, values, _order(accounts, values, order))
    shown = np.unique(np.linspace(0, len(present), min(len(present), MOST_POINTS) + 1).round().astype(int))
    points = [(int(removed), float(curve[removed])) for removed in shown]
    return Robustness(points, float(curve[1:].mean()), float(by_chance[1:].mean()))


def _order(accounts: Memberships, values: Floats, order: RemovalOrder) -> Ints:
    if order is RemovalOrder.GREEDY:
        return greedy(accounts, values)
    if order is RemovalOrder.SHAPLEY:
        score = coverage_values(accounts, values)[0]
    else:
        score = np.bincount(accounts.partner, minlength=accounts.partners).astype(np.float64)
    present = np.unique(accounts.partner)
    return present[np.argsort(-score[present], kind="stable")]


def _curve(accounts: Memberships, values: Floats, order: Ints) -> Floats:
    """The covered share after 0, 1, … removals: an account is lost with the last of its partners."""
    place = np.zeros(accounts.partners, np.int64)
    place[order] = np.arange(len(order))
    last = np.zeros(len(values), np.int64)
    np.maximum.at(last, accounts.item, place[accounts.partner])
    lost = np.cumsum(np.bincount(last, values, minlength=len(order)))
    return np.asarray(np.concatenate([[1.0], 1 - lost / values.sum()]), np.float64)


def greedy(accounts: Memberships, values: Floats) -> Ints:
    """Each time the partner whose leaving uncovers the most value; of equals, the one with the largest fair share."""
    by_partner = np.argsort(accounts.partner, kind="stable")
    starts = np.searchsorted(accounts.partner[by_partner], np.arange(accounts.partners + 1))
    items = accounts.item[by_partner]
    left = np.bincount(accounts.item, minlength=len(values))
    names = np.bincount(accounts.item, accounts.partner, minlength=len(values)).astype(np.int64)
    alone = coverage_values(accounts, values)[1]
    share = coverage_values(accounts, values)[0]
    gone = np.ones(accounts.partners, bool)
    gone[np.unique(accounts.partner)] = False
    order = []
    for _ in range(int((~gone).sum())):
        loss = np.where(gone, -1.0, alone)
        ties = np.flatnonzero(loss >= loss.max() * (1 - 1e-12))
        chosen = int(ties[np.argmax(share[ties])])
        order.append(chosen)
        gone[chosen] = True
        mine = items[starts[chosen] : starts[chosen + 1]]
        left[mine] -= 1
        names[mine] -= chosen
        single = mine[left[mine] == 1]
        np.add.at(alone, names[single], values[single])
    return np.array(order, np.int64)
