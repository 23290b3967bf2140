"""Retention with partner-built integrations: against a plain count, where it is suppressed, and the planted truth."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from synthetic_worlds import customers, world

from ecograph.queries.estimate import SuppressionReason
from ecograph.queries.network_effects.retention_lift import (
    HORIZON,
    LANDMARK,
    MIN_EXPOSED,
    Customers,
    retention_lift,
)
from ecograph.seeds.synthetic import SHAPES, Size

TRUTH = 0.55


def few(exposed: int, others: int, seed: int = 1) -> Customers:
    rng = np.random.default_rng(seed)
    count = exposed + others
    start = rng.integers(0, 300, count)
    duration = rng.integers(100, 900, count)
    end = np.minimum(start + duration, 1000)
    turn = np.where(np.arange(count) < exposed, start + 50, 1000)
    return Customers(start, end, end < 1000, turn, rng.integers(0, 3, count))


def plain_ratio(of: Customers) -> float:
    """One account and one day at a time."""
    cells: dict[tuple[int, int], list[float]] = {}
    for start, end, left, exposed, stratum in zip(of.start, of.end, of.left, of.exposed, of.stratum, strict=True):
        for day in range(start, end):
            cell = cells.setdefault((stratum, min((day - start) // 365, 3)), [0.0] * 4)
            is_exposed = day > exposed
            cell[1 if is_exposed else 3] += 1
            if left and day == end - 1:
                cell[0 if is_exposed else 2] += 1
    e, t, f, u = np.array(list(cells.values())).T
    return float((e * u / (t + u)).sum() / (f * t / (t + u)).sum())


def test_the_ratio_is_what_a_plain_count_finds() -> None:
    of = few(60, 90)
    assert retention_lift(of).rate_ratio.value == pytest.approx(plain_ratio(of), rel=1e-9)


def test_the_risk_difference_of_one_stratum_is_that_of_two_shares() -> None:
    of = few(80, 120)
    of = Customers(of.start, of.end, of.left, of.exposed, np.zeros_like(of.stratum))
    last = of.end.max()
    there = (of.end > of.start + LANDMARK) & (last - of.start - LANDMARK >= HORIZON)
    gone = of.left & (of.end <= of.start + LANDMARK + HORIZON)
    early = of.exposed <= of.start + LANDMARK
    expected = gone[there & early].mean() - gone[there & ~early].mean()
    assert retention_lift(of).risk_difference.value == pytest.approx(expected)


def test_too_few_exposed_give_a_reason_and_no_number() -> None:
    found = retention_lift(few(MIN_EXPOSED - 1, 200))
    for estimate in (found.rate_ratio, found.risk_difference):
        assert (estimate.value, estimate.low, estimate.high) == (None, None, None)
        assert estimate.reason is SuppressionReason.TOO_FEW_EXPOSED
    assert (found.naive_risk_ratio, found.curves) == (None, None)
    assert (found.exposed, found.unexposed) == (MIN_EXPOSED - 1, 200)


def test_nobody_and_nothing_lost_are_no_numbers_either() -> None:
    none = np.zeros(0, dtype=np.int64)
    empty = retention_lift(Customers(none, none, none.astype(bool), none, none))
    assert empty.rate_ratio.reason is SuppressionReason.TOO_FEW_EXPOSED
    of = few(60, 90)
    loyal = retention_lift(Customers(of.start, of.end, np.zeros_like(of.left), of.exposed, of.stratum))
    assert loyal.rate_ratio.reason is SuppressionReason.TOO_FEW_EVENTS
    assert loyal.naive_risk_ratio is None


def test_days_and_strata_may_be_named_otherwise() -> None:
    of = few(60, 90)
    order = np.random.default_rng(2).permutation(of.start.size)
    moved = Customers(
        of.start[order] + 77, of.end[order] + 77, of.left[order], of.exposed[order] + 77, 5 - of.stratum[order]
    )
    one, other = retention_lift(of), retention_lift(moved)
    assert one.rate_ratio.value == pytest.approx(other.rate_ratio.value)
    assert one.risk_difference.value == pytest.approx(other.risk_difference.value)
    assert one.naive_risk_ratio == other.naive_risk_ratio


def test_the_planted_ratio_is_in_the_interval_and_the_naive_one_far_below() -> None:
    found = retention_lift(customers(world(2)))
    assert found.rate_ratio.low is not None
    assert found.rate_ratio.high is not None
    assert found.rate_ratio.low <= TRUTH <= found.rate_ratio.high
    assert found.naive_risk_ratio is not None
    assert found.naive_risk_ratio < 0.4
    assert found.curves is not None
    for curve in found.curves:
        assert (np.diff(curve.surviving) <= 0).all()
        assert curve.surviving[0] == 1


@pytest.mark.verify
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_planted_ratio_of_a_medium_ecosystem(seed: int, figure: Callable[[str, object], None]) -> None:
    found = retention_lift(customers(world.__wrapped__(seed, Size.MEDIUM)))
    ratio = found.rate_ratio
    figure("rate ratio", [ratio.value, ratio.low, ratio.high])
    figure("naive risk ratio", found.naive_risk_ratio)
    assert ratio.low is not None
    assert ratio.high is not None
    assert ratio.low <= SHAPES[Size.MEDIUM].retention_hazard_ratio <= ratio.high
