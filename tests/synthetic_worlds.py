"""Synthetic ecosystems as the arrays that measures take, straight from the generator."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ecograph.queries.network_effects.histories import Histories
from ecograph.queries.network_effects.retention_lift import Customers
from ecograph.seeds.synthetic import SHAPES, Shape, Size
from ecograph.seeds.synthetic.draws import stream
from ecograph.seeds.synthetic.enabling import exposed_from
from ecograph.seeds.synthetic.growth import customer_days, in_program
from ecograph.seeds.synthetic.partners import make_partners
from ecograph.seeds.synthetic.span import Span
from ecograph.seeds.synthetic.world import World, make_world

SPAN = Span.until(date(2026, 1, 1), 4)
Floats = NDArray[np.float64]


@cache
def world(seed: int, size: Size | Shape = Size.SMALL) -> World:
    return make_world(size if isinstance(size, Shape) else SHAPES[size], seed, SPAN)


def histories(made: World) -> Histories:
    days, customers, adoptions = made.span.days, made.accounts.customers, made.adoptions
    kept = np.flatnonzero(adoptions.account < customers)
    kept = kept[np.lexsort((adoptions.partner[kept], adoptions.account[kept]))]
    seen = [
        np.clip(days_, 0, days)
        for days_ in (
            made.accounts.since[:customers], made.accounts.churned[:customers], made.partners.joined,
            made.partners.left, adoptions.day[kept],
        )
    ]  # fmt: skip
    start, end, joined, left, day = seen
    group = made.accounts.stratum[:customers]
    return Histories(days, start, end, group, joined, left, adoptions.account[kept], adoptions.partner[kept], day)


def customers(made: World, min_integrations: int = 1) -> Customers:
    count, days = made.accounts.customers, made.span.days
    segment, arr = made.accounts.segment[:count], made.accounts.arr[:count]
    size = np.zeros(count, dtype=np.int64)
    for one in range(int(segment.max()) + 1):
        here = segment == one
        size[here] = np.searchsorted(np.quantile(arr[here], [1 / 3, 2 / 3]), arr[here])
    churned = made.accounts.churned[:count]
    exposed = exposed_from(made.enabled, made.integrations, made.accounts, min_integrations)[:count]
    return Customers(
        made.accounts.since[:count], np.minimum(churned, days), churned < days, exposed, segment * 3 + size
    )


def growth(seed: int, size: Size = Size.SMALL) -> tuple[Floats, Floats]:
    """Partners in the program and accounts gained on the first day of each month."""
    shape = SHAPES[size]
    partners = make_partners(stream(seed, "partners"), shape, SPAN)
    gained = customer_days(
        stream(seed, "growth"), shape.customers, partners.joined, partners.left, shape.growth_exponent, SPAN
    )
    firsts = SPAN.months[1:-1]
    return (
        in_program(partners.joined, partners.left, firsts).astype(float),
        np.searchsorted(np.sort(gained), firsts, side="right").astype(float),
    )
