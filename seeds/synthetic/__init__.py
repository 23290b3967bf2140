"""A synthetic ecosystem of any size with planted truth, to try everything on and to hold measures against.

    made = generate(Size.SMALL, seed=1, ends_on=date(2026, 1, 1))
    made.dataset        # what the loader takes
    made.truth.lines()  # what the measures should find

The same shape, seed and last day give the same dataset. All names are coined, all domains lie under a reserved suffix,
and the dataset says of itself that it is synthetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

import numpy as np

from ...graph.load.tables import Dataset
from .credits import won_units
from .shape import SHAPES, Shape, Size
from .span import Span
from .tables import make_tables
from .truth import LiftPair, Truth
from .world import World, make_world

__all__ = ["SHAPES", "LiftPair", "Shape", "Size", "Synthetic", "Truth", "generate"]

SOURCE = "synthetic"
_VERSION = 1
"""Counts up whenever the same arguments give another ecosystem."""


@dataclass(frozen=True)
class Synthetic:
    """A generated ecosystem, and what was planted in it."""

    dataset: Dataset
    truth: Truth


def generate(size: Size | Shape = Size.SMALL, *, seed: int = 1, ends_on: date | None = None) -> Synthetic:
    """Generate an ecosystem.

    Args:
        size: a size with a name, or any other as a `Shape`.
        seed: 0 or more; another seed gives another ecosystem of the same shape.
        ends_on: the day after the last day of it; the first of this month when it is not given.
    """
    shape = size if isinstance(size, Shape) else SHAPES[size]
    span = Span.until(ends_on or date.today().replace(day=1), shape.years)
    world = make_world(shape, seed, span)
    dataset = Dataset(
        source=SOURCE,
        tables=make_tables(world),
        fingerprint=_fingerprint(shape, seed, span),
        notes=(f"Synthetic ecosystem: {shape.describe()}; seed {seed}, up to {span.ends_on}.",),
        is_synthetic=True,
    )
    return Synthetic(dataset, _truth(world))


def _fingerprint(shape: Shape, seed: int, span: Span) -> str:
    # Another version of numpy may draw other numbers.
    parts = (SOURCE, str(_VERSION), np.__version__, shape.describe(), str(seed), str(span.ends_on))
    return blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def _truth(world: World) -> Truth:
    ids = world.partners.ids
    pairs = zip(world.pairs.source, world.pairs.target, world.pairs.ratio, strict=True)
    deals, accounts = world.deals, world.accounts
    return Truth(
        lift_pairs=tuple(LiftPair(ids[int(a)], ids[int(b)], float(ratio)) for a, b, ratio in pairs),
        retention_hazard_ratio=world.shape.retention_hazard_ratio,
        retention_min_integrations=world.shape.retention_min_integrations,
        growth_exponent=world.shape.growth_exponent,
        sourced_revenue=won_units(deals, accounts, world.sourced.deal),
        influenced_revenue=won_units(deals, accounts, world.influenced.deal),
        won_revenue=won_units(deals, accounts),
        opens_on=world.span.opens_on,
        ends_on=world.span.ends_on,
    )
