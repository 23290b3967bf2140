"""Coverage value: how much of the value of covered accounts each partner stands for.

An account is covered by any one of its partners. In that game the Shapley value is the even split, φ(p) = Σ w/d over
p's accounts of value w and d partners; leave-one-out counts the accounts with d = 1, Banzhaf's value is Σ w·2^(1−d).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...graph.model.measured import COVERAGE
from ..measure import Measure
from ..values import ARR, AccountValues, account_values
from ..work import NUMPY, Computed, Engine, Floats, Work
from .relations import Memberships, only, partner_accounts, partner_ids

NAMES = ("coverageShapley", "coverageLeaveOneOut", "coverageBanzhaf")


async def covered(work: Work) -> tuple[Memberships, Floats, AccountValues]:
    """The active accounts that have partners, with these and with the value of each account."""
    values = await account_values(work)
    accounts = only(await partner_accounts(work), values.accounts)
    order = np.argsort(values.accounts)
    places = order[np.searchsorted(values.accounts[order], accounts.numbers)]
    return accounts, values.values[places], values


def coverage_values(accounts: Memberships, values: Floats) -> tuple[Floats, Floats, Floats]:
    """Shapley value, leave-one-out and Banzhaf value of every partner."""
    degree = np.bincount(accounts.item, minlength=len(accounts.numbers)).astype(float)
    each = degree[accounts.item]
    value = values[accounts.item]

    def summed(weights: Floats) -> Floats:
        return np.bincount(accounts.partner, weights, minlength=accounts.partners).astype(np.float64)

    return summed(value / each), summed(np.where(each == 1, value, 0.0)), summed(value * 2.0 ** (1 - each))


async def _coverage(work: Work) -> Computed:
    accounts, values, of = await covered(work)
    if work.engine is Engine.CYPHER:
        engine, made = "cypher", await _by_cypher(work, of)
    else:
        engine, made = NUMPY, coverage_values(accounts, values)
    return Computed(
        engine,
        dict(zip(NAMES, made, strict=True)),
        parameters=basis(of),
        excluded=[of.reason] if of.reason else [],
    )


def basis(of: AccountValues) -> Mapping[str, Any]:
    """What a value is counted in, for the provenance."""
    return {"valueBasis": of.basis, "currency": of.currency}


async def _by_cypher(work: Work, of: AccountValues) -> tuple[Floats, ...]:
    ids = await partner_ids(work)
    places = {identity: at for at, identity in enumerate(ids)}
    made = np.zeros((3, len(ids)))
    for partner, *found in await work.rows("coverage", isArr=of.basis == ARR, factors=dict(of.factors)):
        if partner in places:
            made[:, places[partner]] = found
    return tuple(made)


COVERED = Measure(
    "coverage",
    COVERAGE,
    "Fair share of covered ARR (Shapley), ARR only this partner covers (leave-one-out), and Banzhaf's value.",
    "Shapley 1953; Banzhaf 1965; for coverage games Σ w/d and Σ w·2^(1−d)",
    _coverage,
)
