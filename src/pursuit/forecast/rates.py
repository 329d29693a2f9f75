"""Shares from counts: shrunk where counts are small, always with a 90 % interval."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv, betaln

Array = NDArray[np.float64]

STRENGTHS = np.geomspace(2.0, 500.0, 40)
"""Pseudo-counts tried for a prior; 2 believes each group nearly alone, 500 hardly at all."""


def prior_strength(hits: ArrayLike, counts: ArrayLike, mean: float) -> float:
    """Pseudo-count of a beta prior with this ``mean`` under which the groups' hits are most likely.

    Maximises the beta-binomial likelihood (Skellam, 1948) over ``STRENGTHS``: groups that differ by no more
    than chance give a large strength and are pulled together.
    """
    hits_, counts_ = np.asarray(hits, dtype=float), np.asarray(counts, dtype=float)
    if counts_.size < 2 or counts_.sum() == 0:
        return 10.0
    a, b = STRENGTHS[:, None] * mean, STRENGTHS[:, None] * (1 - mean)
    likelihood = (betaln(a + hits_, b + counts_ - hits_) - betaln(a, b)).sum(axis=1)
    return float(STRENGTHS[int(np.argmax(likelihood))])


def beta_interval(mean: ArrayLike, variance: ArrayLike) -> tuple[Array, Array]:
    """Central 90 % interval of beta distributions with these means and variances."""
    mean_ = np.clip(np.asarray(mean, dtype=float), 1e-9, 1 - 1e-9)
    limit = mean_ * (1 - mean_)
    variance_ = np.clip(np.asarray(variance, dtype=float), 1e-12 * limit, 0.95 * limit)
    strength = limit / variance_ - 1
    a, b = np.maximum(mean_ * strength, 1e-6), np.maximum((1 - mean_) * strength, 1e-6)
    low = np.clip(betaincinv(a, b, 0.05), 0.0, mean_)
    high = np.clip(betaincinv(a, b, 0.95), mean_, 1.0)
    return low, high


def beta_variance(a: ArrayLike, b: ArrayLike) -> Array:
    """Variance of beta distributions."""
    a_, b_ = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    total = a_ + b_
    return np.asarray(a_ * b_ / (total**2 * (total + 1)), dtype=np.float64)


def logit(share: ArrayLike) -> Array:
    """Log-odds of shares, kept finite at 0 and 1."""
    kept = np.clip(np.asarray(share, dtype=float), 1e-6, 1 - 1e-6)
    return np.asarray(np.log(kept / (1 - kept)), dtype=np.float64)


def expit(log_odds: ArrayLike) -> Array:
    """Share of log-odds."""
    return np.asarray(1 / (1 + np.exp(-np.asarray(log_odds, dtype=float))), dtype=np.float64)


def log_loss(share: ArrayLike, hit: ArrayLike) -> Array:
    """Surprise of each outcome in nats: the loss that only honest probabilities minimise."""
    kept, hit_ = np.clip(np.asarray(share, dtype=float), 1e-9, 1 - 1e-9), np.asarray(hit, dtype=float)
    return np.asarray(-hit_ * np.log(kept) - (1 - hit_) * np.log(1 - kept), dtype=np.float64)
