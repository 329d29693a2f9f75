"""Does anything known of a deal tell who wins? Asked in time order, and answered "no signal" where it does
not.

The oldest half of the closed deals proposes the traits, the next fifth chooses among them, and the latest
three tenths, which neither has seen, must be foretold clearly better than by the base rate. Only then is any
trait used.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from pursuit.domain import Company, Opportunity
from pursuit.forecast.rates import expit, log_loss, logit
from pursuit.forecast.traits import Block, trait_blocks

Array = NDArray[np.float64]

NO_SIGNAL = "no signal"
FEWEST_DEALS = 60
"""Closed deals, won and lost, below which no trait is tried."""
SPREADS = (0.1, 0.3, 0.8)
"""Standard deviations of log-odds between groups that are tried as priors."""
SURE = 1.645
"""Standard errors by which the later deals must be foretold better (one-sided 5 %)."""


@dataclass(frozen=True, slots=True)
class Column:
    """One group of a trait with its closed deals, or a measured trait with its usual value."""

    trait: str
    group: str
    won: int = 0
    closed: int = 0
    centre: float = 0.0
    spread: float = 0.0


@dataclass(frozen=True)
class Signal:
    """What traits add to the log-odds of each deal that is open, and the test they passed or failed.

    ``shift`` and ``variance`` are (open deals,); ``parts`` (open deals, columns) splits the shift and
    ``columns`` says what each stands for. ``base_loss`` and ``loss`` are mean log-losses of the ``tested``
    latest deals.
    """

    name: str
    shift: Array
    variance: Array
    columns: tuple[Column, ...] = ()
    parts: Array = field(default_factory=lambda: np.zeros((0, 0)))
    known: Array = field(default_factory=lambda: np.zeros((0, 0)))
    base_loss: float = math.nan
    loss: float = math.nan
    tested: int = 0
    tried: tuple[str, ...] = ()


def find_signal(company: Company, closed: Sequence[Opportunity], open_deals: Sequence[Opportunity]) -> Signal:
    """The shift that traits justify for each open deal; zero, with the name "no signal", if they fail the
    test."""
    none = Signal(NO_SIGNAL, np.zeros(len(open_deals)), np.zeros(len(open_deals)))
    past = sorted(closed, key=lambda deal: (deal.closed or deal.created or date.min, deal.id))
    hit = np.array([deal.outcome == "won" for deal in past], dtype=float)
    if len(past) < FEWEST_DEALS or hit.min() == hit.max():
        return none
    is_closed = np.arange(len(past) + len(open_deals)) < len(past)
    blocks = trait_blocks(company, [*past, *open_deals], is_closed)
    half, test = len(past) // 2, len(past) * 7 // 10
    chosen = [(block, spread) for block in blocks if (spread := _proposed(block, hit, half, test))]
    tried = tuple(block.name for block in blocks)
    base = np.full(len(past) - test, (hit[:test].sum() + 0.5) / (test + 1))
    base_losses = log_loss(base, hit[test:])
    if not chosen:
        return _failed(none, base_losses, base_losses, tried)
    design = np.hstack([block.known for block, _ in chosen])
    penalty = np.concatenate([np.full(len(block.columns), spread**-2) for block, spread in chosen])
    weights, _ = fit_ridge(design[:test], hit[:test], penalty)
    losses = log_loss(expit(weights[0] + design[test : len(past)] @ weights[1:]), hit[test:])
    gain = base_losses - losses
    if gain.mean() <= SURE * gain.std() / math.sqrt(gain.size):
        return _failed(none, base_losses, losses, tried)
    weights, covariance = fit_ridge(design[: len(past)], hit, penalty)
    return _found(chosen, design, weights, covariance, hit, (base_losses, losses), tried)


def _proposed(block: Block, hit: Array, half: int, test: int) -> float:
    """The prior spread under which a trait alone foretells the middle deals best; 0 where none beats the base
    rate."""
    middle = hit[half:test]
    base = log_loss(np.full(middle.size, (hit[:half].sum() + 0.5) / (half + 1)), middle).mean()
    best = 0.0
    for spread in SPREADS:
        weights, _ = fit_ridge(block.known[:half], hit[:half], np.full(len(block.columns), spread**-2))
        loss = log_loss(expit(weights[0] + block.known[half:test] @ weights[1:]), middle).mean()
        if loss < base:
            base, best = loss, spread
    return best


def _failed(none: Signal, base: Array, losses: Array, tried: tuple[str, ...]) -> Signal:
    return Signal(
        NO_SIGNAL,
        none.shift,
        none.variance,
        base_loss=float(base.mean()),
        loss=float(losses.mean()),
        tested=base.size,
        tried=tried,
    )


def _found(
    chosen: Sequence[tuple[Block, float]],
    design: Array,
    weights: Array,
    covariance: Array,
    hit: Array,
    losses: tuple[Array, Array],
    tried: tuple[str, ...],
) -> Signal:
    now = design[hit.size :]
    parts = now * weights[1:]
    centre = float(logit(hit.mean()))
    rows = np.hstack([np.ones((len(now), 1)), now])
    variance = np.einsum("ij,jk,ik->i", rows, covariance, rows, optimize=True)
    return Signal(
        name=", ".join(block.name for block, _ in chosen),
        shift=weights[0] + parts.sum(axis=1) - centre,
        variance=variance,
        columns=tuple(column for block, _ in chosen for column in _columns(block, hit)),
        parts=parts,
        known=now,
        base_loss=float(losses[0].mean()),
        loss=float(losses[1].mean()),
        tested=losses[0].size,
        tried=tried,
    )


def _columns(block: Block, hit: Array) -> list[Column]:
    past = block.known[: hit.size]
    if block.spread:
        return [Column(block.name, "", 0, 0, block.centre, block.spread)]
    won, closed = past.T @ hit, past.sum(axis=0)
    return [Column(block.name, group, int(won[n]), int(closed[n])) for n, group in enumerate(block.columns)]


def fit_ridge(design: Array, hit: Array, penalty: Array) -> tuple[Array, Array]:
    """Logistic regression with normal priors of precision ``penalty``, the first weight being a free
    intercept.

    Returns the weights (1 + columns,) and their covariance by Laplace's approximation. Newton's method.
    """
    rows = np.hstack([np.ones((len(design), 1)), design])
    precision = np.concatenate([[1e-6], penalty])
    weights = np.zeros(rows.shape[1])
    weights[0] = float(logit(hit.mean()))
    for _ in range(25):
        share = expit(rows @ weights)
        gradient = rows.T @ (hit - share) - precision * weights
        curvature = (rows * (share * (1 - share))[:, None]).T @ rows + np.diag(precision)
        step = np.linalg.solve(curvature, gradient)
        weights = weights + np.clip(step, -3, 3)
        if np.abs(step).max() < 1e-6:
            break
    return weights, np.asarray(np.linalg.inv(curvature), dtype=np.float64)
