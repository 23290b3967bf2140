"""The network effect: against other implementations, where it is suppressed, and the planted truth."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import statsmodels.api as sm
from synthetic_worlds import growth

from ecograph.queries.estimate import SuppressionReason
from ecograph.queries.network_effects.growth import MIN_MONTHS, exponents
from ecograph.seeds.synthetic import SHAPES, Size

TRUTH = 1.3


def test_differences_are_those_of_statsmodels() -> None:
    partners, value = growth(1)
    found = exponents(partners, value)
    steps, grown = np.diff(np.log(partners)), np.diff(np.log(value))
    fit = sm.OLS(grown, sm.add_constant(steps)).fit(cov_type="HC3", use_t=True)
    low, high = fit.conf_int()[1]
    assert (found.exponent.value, found.exponent.low, found.exponent.high) == pytest.approx((fit.params[1], low, high))
    level = sm.OLS(np.log(value), sm.add_constant(np.log(partners))).fit()
    assert found.level_exponent.value == pytest.approx(level.params[1])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_planted_exponent_is_found(seed: int) -> None:
    found = exponents(*growth(seed))
    assert found.exponent.value == pytest.approx(TRUTH, abs=0.05)
    assert found.level_exponent.value == pytest.approx(TRUTH, abs=0.05)


@pytest.mark.verify
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_planted_exponent_of_a_medium_ecosystem(seed: int, figure: Callable[[str, object], None]) -> None:
    found = exponents(*growth(seed, Size.MEDIUM))
    for name, estimate in (("by differences", found.exponent), ("by levels", found.level_exponent)):
        figure(f"exponent {name}", [estimate.value, estimate.low, estimate.high])
        assert estimate.value == pytest.approx(SHAPES[Size.MEDIUM].growth_exponent, abs=0.05)


def test_the_units_of_value_do_not_matter() -> None:
    partners, value = growth(1)
    one, other = exponents(partners, value), exponents(partners, value * 1_000)
    assert one.exponent.value == pytest.approx(other.exponent.value)
    assert one.exponent.low == pytest.approx(other.exponent.low)


@pytest.mark.parametrize(
    ("partners", "value", "reason"),
    [
        (np.arange(1.0, MIN_MONTHS + 1), np.arange(1.0, MIN_MONTHS + 1), SuppressionReason.TOO_FEW_PERIODS),
        (np.full(30, 7.0), np.arange(1.0, 31), SuppressionReason.NOT_IDENTIFIED),
        (np.zeros(30), np.arange(1.0, 31), SuppressionReason.TOO_FEW_PERIODS),
        (np.array([]), np.array([]), SuppressionReason.TOO_FEW_PERIODS),
    ],
)
def test_what_cannot_be_told_has_a_reason(partners: np.ndarray, value: np.ndarray, reason: SuppressionReason) -> None:
    found = exponents(partners, value)
    assert found.exponent.reason is found.level_exponent.reason is reason
    assert found.exponent.value is None


def test_a_month_without_partners_begins_anew() -> None:
    partners, value = growth(1)
    partners[5] = 0
    assert exponents(partners, value).months.min() == 6
