"""Comparisons of deals with and without a partner, by hand and against statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from ecograph.queries.estimate import SuppressionReason
from ecograph.queries.overlap.performance import Moments, Shares, means, win_rates


def shares(*pairs: tuple[int, int]) -> Shares:
    return Shares(*np.array(pairs, float).T)


def moments(*strata: list[float]) -> Moments:
    found = [np.array(values, float) for values in strata]
    return Moments(*np.array([[v.size, v.sum(), np.square(v).sum()] for v in found]).T)


def test_win_rates_by_hand() -> None:
    # Won 30 of 60 and 10 of 20 with the partner; without it 10 of 100 and 60 of 100: (60 · .1 + 20 · .6) / 80.
    found = win_rates(shares((30, 60), (10, 20)), shares((10, 100), (60, 100)))
    assert found.own.value == 0.5
    assert (found.own.low, found.own.high) == pytest.approx(proportion_confint(40, 80, method="wilson"))
    assert found.comparable.value == pytest.approx(0.225)
    assert found.comparable.low is not None
    assert found.comparable.high is not None
    assert found.comparable.low < 0.225 < found.comparable.high
    assert (found.own.n, found.comparable.n, found.own.note) == (80, 200, None)


def test_only_like_deals_are_compared() -> None:
    found = win_rates(shares((30, 60), (20, 20)), shares((10, 100), (0, 0)))
    assert (found.own.value, found.comparable.value) == (0.5, 0.1)
    assert found.own.note == (
        "20 of 80 deals are left out: no deal without the partner is of their segment and industry."
    )
    alone = win_rates(shares((30, 60), (0, 0)), shares((0, 0), (10, 10)))
    assert alone.own.value == 0.5
    assert alone.comparable.reason is SuppressionReason.NOT_IDENTIFIED


def test_few_won_deals_give_no_number() -> None:
    found = win_rates(shares((9, 60)), shares((10, 100)))
    assert (found.own.value, found.own.reason) == (None, SuppressionReason.TOO_FEW_EVENTS)
    assert found.own.note == "9 won deals with the partner; 10 are needed."
    assert found.comparable.value == 0.1
    found = win_rates(shares((10, 60)), shares((9, 100)))
    assert (found.own.value, found.comparable.value) == (pytest.approx(1 / 6), None)
    few = means(moments([1.0] * 9), moments([2.0] * 9))
    assert (few.own.value, few.comparable.value, few.own.n) == (None, None, 9)


def test_the_interval_of_a_mean_is_that_of_statsmodels() -> None:
    values, others = list(np.arange(1.0, 15.0) ** 2), list(np.arange(3.0, 30.0))
    found = means(moments(values), moments(others))
    for estimate, of in ((found.own, values), (found.comparable, others)):
        low, high = DescrStatsW(of).tconfint_mean()
        assert (estimate.value, estimate.low, estimate.high) == pytest.approx((np.mean(of), max(0.0, low), high))


def test_means_are_standardised() -> None:
    found = means(moments([1.0, 3.0] * 15, [10.0] * 10), moments([5.0] * 10, [20.0, 40.0] * 5))
    assert found.own.value == pytest.approx(4.0)
    assert found.comparable.value == pytest.approx(0.75 * 5 + 0.25 * 30)


@given(st.lists(st.tuples(st.integers(10, 50), st.integers(50, 99)), min_size=1, max_size=5))
def test_equal_groups_give_equal_numbers(strata: list[tuple[int, int]]) -> None:
    found = win_rates(shares(*strata), shares(*strata))
    assert found.own.value == pytest.approx(found.comparable.value)
