"""Rates, risks and curves against other implementations, and what may not change them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from statsmodels.api import families
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.proportion import proportion_confint

from ecograph.queries.estimate import Estimate, SuppressionReason, estimated, suppressed
from ecograph.queries.rates import rate_ratios, risk_differences, wilson
from ecograph.queries.survival import kaplan_meier

counts = st.lists(
    st.tuples(st.integers(0, 30), st.integers(30, 400), st.integers(0, 30), st.integers(30, 400)),
    min_size=1, max_size=6,
)  # fmt: skip


def table(seed: int = 1, strata: int = 5) -> np.ndarray:
    rng = np.random.default_rng(seed)
    time, other = rng.integers(500, 5000, strata), rng.integers(500, 5000, strata)
    base = rng.uniform(0.01, 0.05, strata)
    return np.stack([rng.poisson(base * 2 * time), time, rng.poisson(base * other), other]).astype(float)


def test_the_ratio_is_that_of_statsmodels_where_time_is_people() -> None:
    events, people, other_events, others = table()
    tables = [
        np.array([[e, p - e], [f, q - f]]) for e, p, f, q in zip(events, people, other_events, others, strict=True)
    ]
    found = rate_ratios(events, people, other_events, others)
    assert float(found.value) == pytest.approx(StratifiedTable(tables).riskratio_pooled, rel=1e-12)


def test_ratio_and_error_are_near_those_of_a_poisson_regression() -> None:
    events, time, other_events, other_time = table()
    size = events.size
    dummies = np.tile(np.eye(size), (2, 1))
    exposed = np.repeat([1.0, 0.0], size)
    fit = GLM(
        np.concatenate([events, other_events]),
        np.column_stack([exposed, dummies]),
        families.Poisson(),
        exposure=np.concatenate([time, other_time]),
    ).fit()
    found = rate_ratios(events, time, other_events, other_time)
    assert math.log(found.value) == pytest.approx(fit.params[0], abs=0.02)
    assert float(found.log_error) == pytest.approx(fit.bse[0], rel=0.05)


def test_risk_differences_by_hand() -> None:
    # One stratum: 10 of 100 against 20 of 80; the usual variance p(1 − p)/n of each share.
    found = risk_differences(np.array([10.0]), np.array([100.0]), np.array([20.0]), np.array([80.0]))
    assert float(found.value) == pytest.approx(0.1 - 0.25)
    assert float(found.error) == pytest.approx(math.sqrt(0.1 * 0.9 / 100 + 0.25 * 0.75 / 80))


@settings(deadline=None)
@given(counts)
def test_empty_strata_say_nothing(rows: list[tuple[int, int, int, int]]) -> None:
    cells = np.array(rows, dtype=float).T
    padded = np.concatenate([cells, np.zeros((4, 2)), np.array([[3.0, 50.0, 0.0, 0.0]]).T], axis=1)
    for compare in (rate_ratios, risk_differences):
        np.testing.assert_allclose(compare(*padded)[:2], compare(*cells)[:2], rtol=1e-12)


@settings(deadline=None)
@given(counts, st.integers(0, 5))
def test_splitting_a_stratum_in_equal_parts_keeps_the_ratio(rows: list[tuple[int, int, int, int]], at: int) -> None:
    cells = np.array(rows, dtype=float).T
    at = at % cells.shape[1]
    halves = np.concatenate([np.delete(cells, at, axis=1), cells[:, [at]] / 2, cells[:, [at]] / 2], axis=1)
    np.testing.assert_allclose(rate_ratios(*halves)[:2], rate_ratios(*cells)[:2], rtol=1e-12)


@settings(deadline=None)
@given(counts, st.floats(0.01, 100))
def test_the_unit_of_time_does_not_matter(rows: list[tuple[int, int, int, int]], unit: float) -> None:
    events, time, other_events, other_time = np.array(rows, dtype=float).T
    scaled = rate_ratios(events, time * unit, other_events, other_time * unit)
    np.testing.assert_allclose(scaled[:2], rate_ratios(events, time, other_events, other_time)[:2], rtol=1e-9)


@settings(deadline=None)
@given(counts)
def test_turning_the_groups_round_inverts_the_ratio(rows: list[tuple[int, int, int, int]]) -> None:
    events, time, other_events, other_time = np.array(rows, dtype=float).T
    one, other = (
        rate_ratios(events, time, other_events, other_time),
        rate_ratios(other_events, other_time, events, time),
    )
    if one.value > 0 and math.isfinite(one.value):
        np.testing.assert_allclose([1 / other.value, other.log_error], [one.value, one.log_error], rtol=1e-9)


@pytest.mark.parametrize(("successes", "trials"), [(0, 10), (3, 10), (10, 10), (431, 500)])
def test_wilson_is_that_of_statsmodels(successes: int, trials: int) -> None:
    assert wilson(successes, trials) == pytest.approx(proportion_confint(successes, trials, method="wilson"))
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize("seed", range(3))
def test_the_curve_is_that_of_lifelines(seed: int) -> None:
    rng = np.random.default_rng(seed)
    duration, is_event = rng.integers(1, 400, 150), rng.random(150) < 0.6
    days = np.arange(0, 400, 30)
    curve = kaplan_meier(duration, is_event, days)
    fitted = KaplanMeierFitter().fit(duration, is_event)
    ends = fitted.confidence_interval_survival_function_
    for at, day in enumerate(days):
        assert curve.surviving[at] == pytest.approx(fitted.predict(day))
        low, high = ends[ends.index <= day].iloc[-1]
        assert (curve.low[at], curve.high[at]) == pytest.approx((low, high))
        assert curve.at_risk[at] == (duration >= day).sum()


def test_a_curve_that_reaches_nobody_stays_a_curve() -> None:
    curve = kaplan_meier(np.array([5, 10]), np.array([True, True]), np.array([0, 5, 10, 20]))
    assert curve.surviving.tolist() == [1.0, 0.5, 0.0, 0.0]
    assert np.isfinite(curve.low).all()
    assert np.isfinite(curve.high).all()
    assert (curve.low <= curve.surviving).all()
    assert (curve.surviving <= curve.high).all()


def test_an_estimate_never_gives_what_is_no_number() -> None:
    lost = estimated(math.nan, 0, 1, method="m", n=3, otherwise=SuppressionReason.TOO_FEW_EVENTS)
    assert lost == suppressed(SuppressionReason.TOO_FEW_EVENTS, method="m", n=3)
    open_ended = estimated(2.0, 1.0, math.inf, method="m", n=3)
    assert (open_ended.value, open_ended.low, open_ended.high, open_ended.reason) == (2.0, 1.0, None, None)
    with pytest.raises(ValueError, match="either a value or a reason"):
        Estimate(None, None, None, "m", 3)
    with pytest.raises(ValueError, match="no number"):
        Estimate(1.0, math.nan, None, "m", 3)
