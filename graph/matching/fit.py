"""Estimates the weights from pairs whose truth is known, by logistic regression over their levels."""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy.optimize import minimize

from .evidence import LEVELS, terms

_RIDGE = 0.5
"""Holds the weights of rare levels near 0."""


def fit(levels: pl.DataFrame, is_match: pl.Series) -> dict[str, dict[str, float]]:
    """Weights that make the observed matches likeliest.

    Fields that depend on each other share their weight between them, which counting each for itself would not do.

    Args:
        levels: as `compare` gives them.
        is_match: Boolean, for each pair.

    Returns:
        as `evidence.Weights`, rounded to two places.
    """
    cells = levels.select(LEVELS).with_columns(is_match=is_match)
    cells = cells.group_by(LEVELS).agg(pairs=pl.len(), matches=pl.col("is_match").sum()).sort(LEVELS)
    found = terms(cells)
    indicators = [
        (field, level, (found[field] == level).fill_null(False).to_numpy().astype(float))
        for field in found.columns
        for level in found[field].drop_nulls().unique().sort()
    ]
    design = np.column_stack([column for _, _, column in indicators])
    pairs, matches = cells["pairs"].to_numpy().astype(float), cells["matches"].to_numpy().astype(float)

    def loss(beta: np.ndarray) -> tuple[float, np.ndarray]:
        eta = design @ beta
        value = float(np.sum(pairs * np.logaddexp(0, eta) - matches * eta) + _RIDGE * beta @ beta)
        gradient = design.T @ (pairs / (1 + np.exp(-eta)) - matches) + 2 * _RIDGE * beta
        return value, gradient

    best = minimize(loss, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 5_000})
    weights: dict[str, dict[str, float]] = {}
    for (field, level, _), weight in zip(indicators, best.x, strict=True):
        weights.setdefault(field, {})[level] = round(float(weight), 2)
    return weights
