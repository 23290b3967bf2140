"""What accounts are worth, in one unit: annual recurring revenue in one currency, or one each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .currencies import common_currency, rates_of
from .rows import flat
from .work import Floats, Work

ARR = "ARR"
ACCOUNTS = "ACCOUNTS"


@dataclass(frozen=True)
class AccountValues:
    """The value of each active account, by the number that the database has for it.

    `basis` is ARR, in whole units of `currency`, or ACCOUNTS, one each; `reason` says why not ARR, or what lacks it.
    """

    accounts: np.ndarray[Any, np.dtype[np.int64]]
    values: Floats
    basis: str
    currency: str | None
    reason: str | None
    factors: Mapping[str, float] = field(default_factory=dict)
    """Whole units of `currency` for one minor unit of each currency."""


async def account_values(work: Work) -> AccountValues:
    """The active accounts of the day and their values, read once in a run."""
    return await work.once("account values", lambda: _read(work))


async def _read(work: Work) -> AccountValues:
    found = await work.rows("account_values")
    by_currency: dict[str | None, tuple[list[int], list[int]]] = {code: (ids, arr) for code, ids, arr in found}
    rates = rates_of(await work.rows("exchange_rates"))
    known = sorted(code for code in by_currency if code is not None)
    reporting = work.settings.reporting_currency if len(known) > 1 else None
    common = common_currency(known, rates, reporting)
    ids = flat(list(by_currency.values()), 0)
    if common is None:
        reason = (
            f"ARR is in {', '.join(known)} and no exchange rates lead to one currency: each account counts as one."
            if known
            else "No account has an ARR: each counts as one."
        )
        return AccountValues(ids, np.ones(len(ids)), ACCOUNTS, None, reason)
    currency, factors = common
    values = [np.array(arr, float) * factors.get(own or "", 0.0) for own, (_, arr) in by_currency.items()]
    lacking = len(by_currency[None][0]) if None in by_currency else 0
    note = f"{lacking:,} active accounts have no ARR and count with 0." if lacking else None
    return AccountValues(ids, np.concatenate(values), ARR, currency, note, factors)
