"""The search for prices that prove a low bound.

Averaged subgradients with a step length of their own for each price (Adam; Kingma & Ba 2015), from long steps to short
ones. A first search on a thinned-out set of scenarios is cheap and gives prices close to the final ones, since what an
hour is worth differs little from one scenario to the next.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from pursuit.selection.bound import Prices, Relaxed, first_prices, relax, slack, towards
from pursuit.selection.compiled import Compiled
from pursuit.selection.problem import Floats

LONGEST, AGAIN, SHORTEST = 0.2, 0.05, 0.002
"""Step lengths, in what an hour (a unit of a row, a need, money short) is typically worth: the first of a new
search, the first of one that goes on, the last of both. Lengths fall evenly in ratio between."""

WEIGHT_PACE = 5.0
"""How much longer the steps of the scenarios' weights are than those of the prices; 1 to 5 differ little."""

MEMORY, SPREAD = 0.9, 0.98
"""Share of the past kept in the average direction, and in the average square that sizes each price's step."""

FADE = 0.93
"""Share of the past kept in how often each option won lately."""

BLOCKS_OF_PRICES = ("hour", "row", "need", "cash")


@dataclass
class Dual:
    """Best prices found, the bound they prove, and how often each option won lately."""

    prices: Prices
    bound: float
    scores: Floats
    share: Floats
    steps: int
    history: list[float] = field(default_factory=list)


@dataclass
class _Search:
    """State of the search for prices: averages of the directions so far, and of their squares."""

    prices: Prices
    unit: dict[str, Floats]
    mean: dict[str, Floats]
    square: dict[str, Floats]
    by_future: Floats | None = None
    step: int = 0


def find_prices(
    c: Compiled,
    steps: int,
    floor: float,
    report: Callable[[int, float], bool],
    start: Prices | None = None,
    first: float | None = None,
) -> Dual:
    """Search for prices with a low bound.

    Parameters
    ----------
    c
        The problem.
    steps
        Work limit: number of times all items are priced.
    floor
        Objective of the best choice known: a bound that meets it cannot be improved.
    report
        Called with step and bound; False stops.
    start, first
        Prices to begin with, and the length of the first step.
    """
    state = _start(c, start)
    longest = first or (LONGEST if start is None else AGAIN)
    best: Dual | None = None
    share = np.zeros(c.problem.options)
    for step in range(1, steps + 1):
        relaxed = relax(c, state.prices)
        taken = np.zeros_like(share)
        taken[relaxed.choice] = 1.0
        share = taken if step == 1 else FADE * share + (1 - FADE) * taken
        if best is None or relaxed.bound < best.bound:
            history = best.history if best else []
            best = Dual(state.prices, relaxed.bound, relaxed.scores, share, step, history)
        best.history.append(best.bound)
        best.share, best.steps = share, step
        if not report(step, best.bound) or best.bound - floor <= 1e-7 * abs(best.bound):
            break
        _move(c, state, relaxed, longest * (SHORTEST / longest) ** (step / steps))
    assert best is not None
    return best


def _start(c: Compiled, start: Prices | None) -> _Search:
    prices = (start or first_prices(c)).copy()
    zeros = {name: np.zeros_like(getattr(prices, name)) for name in BLOCKS_OF_PRICES}
    return _Search(prices, units(c), zeros, {name: array.copy() for name, array in zeros.items()})


def units(c: Compiled) -> dict[str, Floats]:
    """What an hour of each resource, a unit of each row, a need and money short are typically worth."""
    p, k, w = c.problem, c.problem.packages, c.work
    worth = np.maximum(p.value.mean(axis=1), 0.0)
    owner = np.repeat(np.arange(len(k)), np.diff(k.use_start))
    hours = np.zeros((k.bundles, len(p.capacity)))
    np.add.at(hours, (w.bundle_of[owner], k.use_resource), k.use_hours)
    use = np.zeros((p.options, len(p.capacity)))
    for bundle, chance in ((p.sure, np.ones(p.options)), (p.if_won, p.won.mean(axis=1))):
        has = bundle >= 0
        use[has] += hours[bundle[has]] * chance[has, None]
    at_stake, whole = np.zeros(len(p.capacity)), np.zeros(len(p.capacity))
    np.add.at(at_stake, k.use_resource, k.breach_cost[owner])
    np.add.at(whole, k.use_resource, k.use_hours)
    hour = np.where(use > 0, worth[:, None], 0.0).sum(axis=0) / np.maximum(use.sum(axis=0), 1e-9)
    weight = np.abs(p.rows.coefficient)
    stake = np.bincount(p.rows.row_of, weights=worth[p.rows.option] * (weight > 0), minlength=len(p.rows))
    row = stake / np.maximum(np.bincount(p.rows.row_of, weights=weight, minlength=len(p.rows)), 1e-9)
    return {
        "hour": np.where(hour > 0, hour, at_stake / np.maximum(whole, 1e-9))[None, :, None],
        "row": np.where(np.isfinite(p.rows.penalty), np.minimum(p.rows.penalty, row), row),
        "need": worth[p.need_option],
        "cash": np.full((1, 1), p.cash.penalty),
    }


def _move(c: Compiled, state: _Search, relaxed: Relaxed, length: float) -> None:
    """One step of every block of prices against its averaged slack."""
    p, old = c.problem, state.prices
    ways = slack(c, old, relaxed)
    state.step += 1
    new = old.copy()
    tops = (("hour", np.inf), ("row", p.rows.penalty), ("need", np.inf), ("cash", p.cash.penalty))
    for name, top in tops:
        way = getattr(ways, name)
        mean, square = state.mean[name], state.square[name]
        mean *= MEMORY
        mean += (1 - MEMORY) * way
        square *= SPREAD
        way *= way
        way *= 1 - SPREAD
        square += way
        size = np.sqrt(square / (1 - SPREAD**state.step)) + 1e-9
        stride = mean / size
        stride *= length / (1 - MEMORY**state.step) * state.unit[name]
        stride += getattr(old, name)
        setattr(new, name, np.clip(stride, 0.0, top, out=stride))
    last = relaxed.by_future if state.by_future is None else state.by_future
    state.by_future = MEMORY * last + (1 - MEMORY) * relaxed.by_future
    if p.risk_aversion > 0:
        new.weight = towards(c, old.weight, state.by_future, WEIGHT_PACE * length)
    state.prices = new
