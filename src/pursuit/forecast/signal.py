"""Does anything known of a deal tell who wins? Asked in time order, and answered "no signal" where it does
not.

Two things are asked. Do all closed deals speak clearly for some traits (:mod:`pursuit.forecast.choice`)? And
do those traits, their weights learned from earlier deals only, foretell later ones better than the share won
so far? Only if both are answered yes, is any trait used.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pursuit.domain import Company, Opportunity
from pursuit.forecast.choice import Chosen, base_losses, choose, losses
from pursuit.forecast.rates import logit
from pursuit.forecast.ridge import fit_ridge
from pursuit.forecast.stages import Funnel
from pursuit.forecast.traits import Block, trait_blocks

Array = NDArray[np.float64]

NO_SIGNAL = "no signal"
FEWEST_DEALS = 60
"""Closed deals, won and lost, below which no trait is tried."""
ORIGINS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Shares of the closed deals, oldest first, after which the weights are learned and the next tenth is
foretold."""
STAGE_SPREAD = 0.5
"""How far the weight of the traits at a stage may differ from their weight over all deals, before it is
seen."""
FEWEST_AT_STAGE = 30
"""Closed deals that reached a stage from which on the traits get a weight of their own there."""


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
    """What traits add to the log-odds of each open deal, and the test they passed or failed.

    ``shift`` and ``variance`` are (open deals,); ``parts`` (open deals, columns) splits the shift and
    ``columns`` says what each stands for. ``base_loss`` and ``loss`` are mean log-losses of the ``tested``
    later deals.
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


def find_signal(company: Company, funnel: Funnel) -> Signal:
    """The shift that traits justify for each open deal; zero, with the name "no signal", if they fail the
    test."""
    open_deals = company.open_opportunities
    none = np.zeros(len(open_deals))
    past = sorted(
        company.closed_opportunities, key=lambda deal: (deal.closed or deal.created or date.min, deal.id)
    )
    hit = np.array([deal.outcome == "won" for deal in past], dtype=float)
    if len(past) < FEWEST_DEALS or min(hit.sum(), len(past) - hit.sum()) < FEWEST_DEALS / 6:
        return Signal(NO_SIGNAL, none, none)
    is_closed = np.arange(len(past) + len(open_deals)) < len(past)
    blocks = trait_blocks(company, [*past, *open_deals], is_closed)
    chosen = choose(blocks, hit)
    base, found = _foretold(chosen, hit)
    verdict: dict[str, Any] = {
        "base_loss": float(base.mean()),
        "loss": float(found.mean()),
        "tested": base.size,
        "tried": tuple(block.name for block in blocks),
    }
    if not chosen.proven or found.mean() >= base.mean():
        return Signal(NO_SIGNAL, none, none, **verdict)
    return _applied(chosen, hit, past, open_deals, funnel, verdict)


def _foretold(chosen: Chosen, hit: Array) -> tuple[Array, Array]:
    """Losses of the later deals by the share won so far, and by the traits as learned so far."""
    steps = [int(len(hit) * share) for share in (*ORIGINS, 1.0)]
    spans = [(slice(0, now), slice(now, later)) for now, later in pairwise(steps)]
    base = np.concatenate([base_losses(hit, known, later) for known, later in spans])
    return base, np.concatenate([losses(chosen, hit, known, later) for known, later in spans])


def _applied(
    chosen: Chosen,
    hit: Array,
    past: Sequence[Opportunity],
    open_deals: Sequence[Opportunity],
    funnel: Funnel,
    verdict: Mapping[str, Any],
) -> Signal:
    design = chosen.design()
    weights, covariance = fit_ridge(design[: hit.size], hit, chosen.spread)
    given, now = design[: hit.size], design[hit.size :]
    centre = given.mean(axis=0)
    spread = (given - centre) @ weights[1:]
    parts = (now - centre) * weights[1:]
    deviation = now - centre
    variance = np.einsum("ij,jk,ik->i", deviation, covariance[1:, 1:], deviation, optimize=True)
    level, slope = np.zeros(len(open_deals)), np.ones(len(open_deals))
    for stage, (a, m) in _by_stage(spread, hit, past, funnel).items():
        here = np.array([(deal.stage if deal.stage in funnel.closed else "") == stage for deal in open_deals])
        level[here], slope[here] = a, m
    parts = parts * slope[:, None]
    return Signal(
        name=", ".join(block.name for block, _ in chosen.blocks),
        shift=level + parts.sum(axis=1),
        variance=variance * slope**2,
        columns=tuple(column for block, _ in chosen.blocks for column in _columns(block, hit)),
        parts=parts,
        known=now,
        **verdict,
    )


def _by_stage(
    spread: Array, hit: Array, past: Sequence[Opportunity], funnel: Funnel
) -> Mapping[str, tuple[float, float]]:
    """Level and slope of the traits' log-odds among deals that reached each stage ("" for any).

    Part of what the traits tell has come true when a deal has got far; the slope says how much is still
    ahead. The level keeps the mean probability at the stage's own rate.
    """
    found = {}
    for stage in ("", *funnel.order):
        reached = np.array([not stage or funnel.reached(deal) >= funnel.order.index(stage) for deal in past])
        wins, odds = hit[reached], spread[reached]
        if wins.size >= FEWEST_AT_STAGE and 0 < wins.mean() < 1:
            weights, _ = fit_ridge(odds[:, None], wins, np.array([STAGE_SPREAD]), offset=odds)
            found[stage] = (float(weights[0] - logit(wins.mean())), max(float(1 + weights[1]), 0.0))
    return found


def _columns(block: Block, hit: Array) -> list[Column]:
    if block.spread:
        return [Column(block.name, "", 0, 0, block.centre, block.spread)]
    past = block.known[: hit.size]
    won, closed = past.T @ hit, past.sum(axis=0)
    return [Column(block.name, group, int(won[n]), int(closed[n])) for n, group in enumerate(block.columns)]
