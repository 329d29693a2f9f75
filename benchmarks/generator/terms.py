"""Limits, goals and the firm's own cash."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.generator.deals import SECTORS, Deals
from benchmarks.generator.options import DealOptions
from benchmarks.generator.orders import Offers
from benchmarks.generator.sheet import Floats, Ints
from benchmarks.generator.sizes import Size
from pursuit.selection.problem import Rows

MONTH = 52 / 12
GOAL_PENALTY = 0.05
OVERDRAFT = 0.02


def draw_rows(rng: np.random.Generator, size: Size, d: Deals, o: DealOptions) -> tuple[Rows, Ints]:
    """Exposure by sector, revenue goals, exclusive pairs; and (L, 2) opportunities that are linked."""
    N = size.opportunities
    exposure = o.chance * o.price
    normal = np.bincount(d.sector[o.deal], weights=exposure * (o.kind == 1), minlength=SECTORS)
    parts: list[tuple[Ints, Floats, float, float, str]] = []
    share = rng.uniform(0.6, 1.1, SECTORS)
    for sector in range(SECTORS):
        at = np.flatnonzero((d.sector[o.deal] == sector) & (o.kind > 0))
        if len(at):
            parts.append(
                (at, exposure[at], share[sector] * normal[sector], np.inf, f"exposure to sector {sector}")
            )
    largest = np.argsort(-normal, kind="stable")[:2]
    for sector, goal in zip(largest.tolist(), rng.uniform(0.4, 0.7, 2), strict=True):
        at = np.flatnonzero((d.sector[o.deal] == sector) & (o.kind > 0))
        if len(at):
            limit = -goal * normal[sector]
            parts.append((at, -exposure[at], limit, GOAL_PENALTY, f"revenue goal of segment {sector}"))
    mixed = rng.permutation(N)
    exclusive, together = min(max(1, N // 40), N // 2), max(1, N // 200) if N >= 4 else 0
    pairs = mixed[: 2 * exclusive].reshape(-1, 2)
    linked = mixed[2 * exclusive : 2 * (exclusive + together)].reshape(-1, 2)
    first = np.searchsorted(o.deal, np.arange(N + 1))
    for a, b in pairs.tolist():
        both = np.concatenate([np.arange(first[i] + 1, first[i + 1]) for i in sorted((a, b))])
        parts.append((both, np.ones(len(both)), 1.0, np.inf, f"only one of deals {a} and {b}"))
    options, numbers, limits, penalties, names = zip(*parts, strict=True)
    rows = Rows(
        start=np.cumsum([0, *(len(part) for part in options)]),
        option=np.concatenate(options),
        coefficient=np.concatenate(numbers),
        limit=np.array(limits),
        penalty=np.array(penalties),
        names=tuple(names),
    )
    return rows, linked


@dataclass(frozen=True)
class Money:
    """Cash flows by month, cumulated: (O, M) sure and if won, (M,) committed, and how much bad years shift it."""

    fixed: Floats
    won: Floats
    committed: Floats
    swing: float


def draw_money(
    rng: np.random.Generator, size: Size, o: DealOptions, offers: Offers, invested: Floats, later: Ints,
    luck: Ints, tightness: float,
) -> Money:  # fmt: skip
    """A fifth is paid with the order, the rest two months after it is due; costs are paid while the work is done.

    ``invested`` costs of the options that follow those of opportunities, ``later`` the weeks they are spent in. The
    opening balance is what a firm that pursues its share of everything needs in all but one of ten futures; ``luck``
    (N, K) are ranks of K trial futures.
    """
    M = max(1, round(size.weeks / MONTH))
    month = np.arange(M)
    taken = np.maximum(o.offer, 0)
    begin, end = (np.floor(w[:, None] / MONTH) for w in (o.start, o.due))
    progress = np.clip((month - begin + 1) / (end - begin + 1), 0, 1)
    price, spent = o.price[:, None], (o.price - offers.margin[taken] * (o.offer >= 0))[:, None]
    won = price * (0.2 * (month >= begin) + 0.8 * (month >= end + 2)) - spent * progress
    before = np.floor(np.maximum(o.start - 2, 0)[:, None] / MONTH)
    fixed = -o.cost[:, None] * (month >= before) * (o.offer >= 0)[:, None]
    normal, K = o.where("normal"), luck.shape[1]
    wins = luck < np.rint(o.chance[normal] * K)[:, None]
    trial = (wins.T.astype(np.float64) @ won[normal] + fixed[normal].sum(axis=0)) / tightness
    swing = 0.05 * float(np.abs(trial).max(axis=1).mean())
    opening = max(float(-np.quantile(trial.min(axis=1), 0.1)), 0.0) + swing
    spends = -invested[:, None] * (month >= np.floor(later[:, None] / MONTH))
    return Money(
        np.vstack([fixed, spends]), np.vstack([won, np.zeros_like(spends)]), np.full(M, opening), swing
    )
