"""When partners join and leave, and when accounts become customers: V grows as n to the planted exponent."""

from __future__ import annotations

import numpy as np

from .draws import Ints, Random, wait
from .span import NEVER, Span

_LAUNCH = 0.15
"""Share of the partners that join in the first month, when the program opens."""
_SEASON = np.array([1.0, 1.05, 1.15, 1.0, 1.0, 1.1, 0.85, 0.75, 1.15, 1.1, 1.05, 0.8])
"""By calendar month, January first."""
_LEAVING_PER_YEAR = 0.03
_NOISE = 0.002
"""Standard deviation of what a month adds to ln V beside the network effect."""


def join_days(rng: Random, partners: int, span: Span) -> Ints:
    """The days on which partners join, in ascending order: a launch cohort, then uneven, seasonal months."""
    months = span.months
    first_month = span.opens_on.month - 1
    season = _SEASON[(first_month + np.arange(months.size - 1)) % 12]
    pace = season * rng.gamma(8.0, 1 / 8.0, season.size) * np.linspace(0.7, 1.3, season.size) * np.diff(months)
    pace[0] = pace[1:].sum() * _LAUNCH / (1 - _LAUNCH)
    cumulative = np.concatenate([[0.0], np.cumsum(pace) / pace.sum()])
    at = (np.arange(partners) + 0.5) / partners
    days = np.interp(at, cumulative, months.astype(np.float64))
    return np.maximum(1, np.floor(days)).astype(np.int64)


def leave_days(rng: Random, joined: Ints, span: Span) -> Ints:
    """The days on which partners leave, after a year or more; NEVER for most."""
    days = joined + 365 + wait(rng, 365 / _LEAVING_PER_YEAR, joined.size)
    return np.where(days < span.days, days, NEVER).astype(np.int64)


def in_program(joined: Ints, left: Ints, days: Ints) -> Ints:
    """How many partners are in the program on each day."""
    came = np.searchsorted(np.sort(joined), days, side="right")
    went = np.searchsorted(np.sort(left), days, side="right")
    return (came - went).astype(np.int64)


def customer_days(rng: Random, customers: int, joined: Ints, left: Ints, exponent: float, span: Span) -> Ints:
    """The days on which accounts become customers, in ascending order.

    On the first day of each month, customers gained until then are `n ** exponent` times a constant and a small
    noise, n being the partners in the program; within a month n is taken to move evenly.
    """
    months = span.months
    partners = in_program(joined, left, months[1:]).astype(np.float64)
    noise = np.cumsum(_NOISE * rng.standard_normal(partners.size))
    gained = np.maximum.accumulate(partners**exponent * np.exp(noise))
    gained = gained / gained[-1] * customers
    numbers = np.arange(customers) + rng.random(customers)
    days = np.interp(numbers, np.concatenate([[0.0], gained]), months.astype(np.float64))
    early = numbers < gained[0]
    days[early] = months[1] * (numbers[early] / gained[0]) ** (1 / exponent)
    return np.clip(np.ceil(days), 1, span.days - 1).astype(np.int64)
