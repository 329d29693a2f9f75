"""Which traits are worth using: added one by one while the data make the larger model more likely than the
smaller.

A model's evidence weighs how well it fits against how much freedom it needed (MacKay, 1992), so nothing has
to be held back to choose. Whether the choice is any good is asked elsewhere, on later deals.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pursuit.forecast.rates import log_loss
from pursuit.forecast.ridge import fit_ridge, predict
from pursuit.forecast.traits import Block

Array = NDArray[np.float64]

SPREADS = (0.15, 0.4, 1.0)
"""Standard deviations of log-odds between groups that are tried as priors."""
PROOF = 20.0
"""Odds by which the data must favour the chosen traits over none, before any is used."""


@dataclass(frozen=True)
class Chosen:
    """Traits in use with the spread of their prior, and the log-odds for them against none."""

    blocks: tuple[tuple[Block, float], ...] = ()
    log_odds: float = 0.0

    @property
    def proven(self) -> bool:
        """Whether the outcomes speak clearly for these traits."""
        return self.log_odds > math.log(PROOF)

    def design(self, rows: slice = slice(None)) -> Array:
        """Columns of all chosen traits side by side, (deals in ``rows``, columns)."""
        return np.hstack([block.known[rows] for block, _ in self.blocks])

    @property
    def spread(self) -> Array:
        """Prior spread of each column."""
        return np.concatenate([np.full(len(block.columns), spread) for block, spread in self.blocks])


def choose(blocks: Sequence[Block], hit: Array) -> Chosen:
    """Traits that the outcomes ``hit`` of the first deals speak for, by forward selection.

    Each of m traits tried is given odds of 1 to m beforehand, so that trying many does not find more by
    chance.
    """
    doubt = math.log(max(len(blocks), 1))
    left = []
    for block in blocks:
        best, spread = max((evidence(Chosen(((block, s),)), hit), s) for s in SPREADS)
        if best > doubt:
            left.append((block, spread))
    chosen, reached = Chosen(), 0.0
    while left:
        tried = [evidence(Chosen((*chosen.blocks, one)), hit) for one in left]
        best = int(np.argmax(tried))
        if tried[best] - doubt <= reached:
            break
        chosen, reached = Chosen((*chosen.blocks, left[best])), tried[best]
        left = [one for n, one in enumerate(left) if n != best]
    return Chosen(chosen.blocks, reached - doubt * len(chosen.blocks))


def evidence(chosen: Chosen, hit: Array) -> float:
    """Log evidence of a model against the one without traits, by Laplace's approximation.

    log p(data | model) = log-likelihood - w' P w / 2 + log det P / 2 - log det H / 2 at the best weights w,
    where P is the prior's precision and H the curvature there; MacKay (1992), equation 2.8.
    """
    design, spread = chosen.design(slice(0, hit.size)), chosen.spread
    weights, covariance = fit_ridge(design, hit, spread)
    mean = hit.mean()
    fit = -float(log_loss(predict(weights, design), hit).sum()) + float(
        log_loss(np.full(hit.size, mean), hit).sum()
    )
    prior = -float(((weights[1:] / spread) ** 2).sum()) / 2 - float(np.log(spread).sum())
    freedom = float(np.linalg.slogdet(covariance)[1]) / 2 + math.log(hit.size * mean * (1 - mean)) / 2
    return fit + prior + freedom


def base_losses(hit: Array, past: slice, later: slice) -> Array:
    """Log-loss of each later deal when all that is used is the share won so far."""
    return log_loss(np.full(hit[later].size, (hit[past].sum() + 0.5) / (hit[past].size + 1)), hit[later])


def losses(chosen: Chosen, hit: Array, past: slice, later: slice) -> Array:
    """Log-loss of each later deal when the chosen traits are fitted to the past."""
    if not chosen.blocks:
        return base_losses(hit, past, later)
    weights, _ = fit_ridge(chosen.design(past), hit[past], chosen.spread)
    return log_loss(predict(weights, chosen.design(later)), hit[later])
