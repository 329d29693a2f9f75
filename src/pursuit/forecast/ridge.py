"""Logistic regression with normal priors, small enough to read."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pursuit.forecast.rates import expit, logit

Array = NDArray[np.float64]


def fit_ridge(design: Array, hit: Array, spread: Array, offset: Array | None = None) -> tuple[Array, Array]:
    """Weights and covariance of a logistic regression by Newton's method, Laplace's approximation.

    Parameters
    ----------
    design
        (cases, columns); a free intercept is put before them.
    hit
        (cases,) outcomes, 0 or 1.
    spread
        (columns,) standard deviations of the normal priors around 0.
    offset
        (cases,) log-odds that are given; none by default.

    Returns
    -------
    weights, covariance
        (1 + columns,), the intercept first, and its covariance.
    """
    rows = np.hstack([np.ones((len(design), 1)), design])
    given = np.zeros(len(design)) if offset is None else offset
    precision = np.concatenate([[1e-6], spread**-2])
    weights = np.zeros(rows.shape[1])
    weights[0] = float(logit(hit.mean()) - given.mean())
    for _ in range(25):
        share = expit(given + rows @ weights)
        gradient = rows.T @ (hit - share) - precision * weights
        curvature = (rows * (share * (1 - share))[:, None]).T @ rows + np.diag(precision)
        step = np.linalg.solve(curvature, gradient)
        weights = weights + np.clip(step, -3, 3)
        if np.abs(step).max() < 1e-5:
            break
    return weights, np.asarray(np.linalg.inv(curvature), dtype=np.float64)


def predict(weights: Array, design: Array) -> Array:
    """Probabilities of cases (rows of ``design``) under fitted weights."""
    return expit(weights[0] + design @ weights[1:])
