"""Amounts in several currencies brought to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..graph.model.money import digits

Rates = Mapping[tuple[str, str], float]
"""(from, to) → units of the second for one unit of the first."""


def rates_of(rows: Sequence[Sequence[Any]]) -> Rates:
    """The rates of `exchange_rates.cypher`."""
    return {(source, target): rate for source, target, rate in rows}


def common_currency(known: Sequence[str], rates: Rates, reporting: str | None) -> tuple[str, dict[str, float]] | None:
    """The currency that all amounts can be brought to, and what an amount of each in minor units is multiplied by.

    The reporting currency where there is one, else the first that all others lead to; None where none does. The result
    of the multiplication is in whole units.
    """
    for target in [reporting] if reporting else known:
        found = {currency: _rate(currency, target, rates) for currency in known}
        reached = {currency: rate / 10 ** digits(currency) for currency, rate in found.items() if rate is not None}
        if reached and len(reached) == len(known):
            return target, reached
    return None


def _rate(source: str, target: str, rates: Rates) -> float | None:
    if source == target:
        return 1.0
    inverse = rates.get((target, source))
    return rates.get((source, target)) or (1 / inverse if inverse else None)
