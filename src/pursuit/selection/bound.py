"""A proven upper bound: capacity, limits, needs, cash and risk relaxed at prices, each item then decides alone.

Lagrangian relaxation (Geoffrion 1974): for *any* prices of the shared things the sum of every item's best option is no
less than the optimum, so whatever the search for good prices does, the bound it returns holds. Risk enters by its own
dual: weights on the futures that sum to one and none above ``((1 - lambda) + lambda / tail) / S`` (Rockafellar &
Uryasev 2000). The search is a deflected subgradient (Camerini, Fratta & Maffioli 1975) whose steps are sized by the
best choice known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from pursuit.selection.compiled import Compiled
from pursuit.selection.pricing import option_costs, option_usage
from pursuit.selection.problem import TAIL, Floats, Ints

LONGEST, AGAIN, SHORTEST = 0.2, 0.05, 0.005
"""Step lengths, in what an hour (a unit of a row, a need, money short) is typically worth: the first of a new
search, the first of one that goes on, the last of both. Lengths fall evenly in ratio between."""

WEIGHT_PACE = 5.0
"""How much longer the steps of the futures' weights are than those of the prices; 1 to 5 differ little."""

MEMORY, SPREAD = 0.9, 0.98
"""Share of the past kept in the average direction, and in the average square that sizes each price's step."""


@dataclass
class Prices:
    """Dual values: per hour and future, per future, per row, per need, per unit of cash short."""

    hour: Floats  # (S, R, T), money per hour if the future comes true
    weight: Floats  # (S,), sums to one
    row: Floats  # (C,)
    need: Floats  # (K,)
    cash: Floats  # (S, M), 0 .. penalty

    def copy(self) -> Prices:
        """The same prices, free to change."""
        return Prices(*(array.copy() for array in (self.hour, self.weight, self.row, self.need, self.cash)))


@dataclass(frozen=True)
class Relaxed:
    """The relaxed problem at given prices: its value, every option's score, the options that win."""

    bound: float
    scores: Floats
    choice: Ints
    by_future: Floats


@dataclass
class Dual:
    """Best prices found, the bound they prove, and how often each option won lately."""

    prices: Prices
    bound: float
    scores: Floats
    share: Floats
    steps: int
    history: list[float] = field(default_factory=list)


def first_prices(c: Compiled) -> Prices:
    """Everything free, all futures equal."""
    p = c.problem
    S, (R, T) = p.scenarios, p.capacity.shape
    return Prices(
        np.zeros((S, R, T)),
        np.full(S, 1.0 / S),
        np.zeros(len(p.rows.limit)),
        np.zeros(len(p.need_option)),
        np.zeros((S, len(p.cash.floor))),
    )


def relax(c: Compiled, prices: Prices) -> Relaxed:
    """Solve the relaxed problem at ``prices``; its value is an upper bound on every choice's objective."""
    p = c.problem
    S, O = p.scenarios, p.options
    costs = np.empty((S, O))
    free = np.empty(S)
    option_costs(prices.hour, c.opt_start, c.always, c.pkg_resource, c.active_hours, c.pk, c.pf, costs, free)
    net = p.value.T - costs  # (S, O)
    if len(p.cash.floor):
        net = net + np.einsum("oms,sm->so", p.cash.flow, prices.cash)
    for option, gain in c.gain.items():
        net[:, option] += np.einsum("srt,rt->s", prices.hour, gain)
    # einsum, not @: the order of a sum in BLAS depends on how many threads there are
    scores = np.einsum("s,so->o", prices.weight, net) - np.einsum("c,co->o", prices.row, p.rows.coefficients)
    np.subtract.at(scores, p.need_option, prices.need)
    lengths = np.diff(p.need_start)
    np.add.at(scores, p.need_provider, np.repeat(prices.need, lengths))
    scores = np.where(p.allowed, scores, -np.inf)
    best = np.maximum.reduceat(scores, p.item_start[:-1])
    choice = _first_best(scores, best, p.item_start)
    constant = p.base_value - free + _room_worth(c, prices.hour)
    if len(p.cash.floor):
        constant = constant + (prices.cash * (p.cash.base - p.cash.floor)).sum(axis=1)
    total = float(best.sum()) + float(prices.weight @ constant) + float(prices.row @ p.rows.limit)
    size = float(np.abs(best).sum()) + float(np.abs(prices.weight * constant).sum())
    total += 1e-11 * size  # rounding of the sums must never push the bound under the truth
    return Relaxed(total, scores, choice, net[:, choice].sum(axis=1) + constant)


def _first_best(scores: Floats, best: Floats, item_start: Ints) -> Ints:
    is_best = scores >= np.repeat(best, np.diff(item_start))
    positions = np.where(is_best, np.arange(len(scores)), len(scores))
    return np.minimum.reduceat(positions, item_start[:-1]).astype(np.int64)


def _room_worth(c: Compiled, hour: Floats) -> Floats:
    """(S,) what regular and overtime hours are worth at their prices."""
    p = c.problem
    regular = np.einsum("srt,rt->s", hour, p.capacity)
    extra = np.einsum("srt,rt->s", np.maximum(hour - p.overtime_cost[None, :, None], 0.0), p.overtime)
    return np.asarray(regular + extra)


def _slack(c: Compiled, prices: Prices, choice: Ints) -> Prices:
    """Use minus room of everything relaxed, at the relaxed solution: the direction in which prices should move."""
    p = c.problem
    use = np.zeros_like(prices.hour)
    option_usage(prices.hour, choice, c.opt_start, c.always, c.pkg_resource, c.active_hours, c.pk, c.pf, use)
    use -= p.capacity
    use -= np.where(prices.hour > p.overtime_cost[None, :, None], p.overtime, 0.0)
    for option in choice:
        if int(option) in c.gain:
            use -= c.gain[int(option)]
    taken = np.zeros(p.options)
    taken[choice] = 1.0
    need = np.repeat(np.arange(len(p.need_option)), np.diff(p.need_start))
    provided = np.bincount(need, weights=taken[p.need_provider], minlength=len(p.need_option))
    short = np.zeros_like(prices.cash)
    if len(p.cash.floor):
        short = p.cash.floor - p.cash.base - p.cash.flow[choice].sum(axis=0).T
    return Prices(
        use,
        np.zeros(0),
        p.rows.coefficients[:, choice].sum(axis=1) - p.rows.limit,
        taken[p.need_option] - provided,
        short,
    )


def _towards(c: Compiled, weight: Floats, by_future: Floats, length: float) -> Floats:
    """Weights moved towards the futures that turn out worst, kept among those that risk allows."""
    spread = float(by_future.std())
    if spread <= 0:
        return weight
    way = (by_future - by_future.mean()) / spread
    return _allowed_weights(c, weight - length / len(weight) * way)


def _allowed_weights(c: Compiled, moved: Floats) -> Floats:
    """The weights nearest to ``moved`` that sum to one and lie within what risk aversion allows."""
    risk, S = c.problem.risk_aversion, len(moved)
    low = (1 - risk) / S
    high = low + risk / max(TAIL * S, 1.0)
    under, over = low - moved.max(), high - moved.min()
    for _ in range(60):  # the shift at which the clipped weights sum to one, by bisection
        shift = 0.5 * (under + over)
        if np.clip(moved + shift, low, high).sum() < 1.0:
            under = shift
        else:
            over = shift
    new = np.clip(moved + over, low, high)
    return np.asarray(new / new.sum() if abs(new.sum() - 1) < 1e-9 else np.full(S, 1.0 / S))


def admissible(c: Compiled, prices: Prices) -> Prices:
    """``prices`` cut to what this problem allows, so that they prove a bound; they may stem from another problem.

    Prices of another shape are of no use and are replaced by none at all.
    """
    p, first = c.problem, first_prices(c)
    names = ("hour", "weight", "row", "need", "cash")
    if any(getattr(prices, n).shape != getattr(first, n).shape for n in names):
        return first
    return Prices(
        np.maximum(prices.hour, 0.0),
        _allowed_weights(c, prices.weight),
        np.clip(prices.row, 0.0, p.rows.penalty),
        np.maximum(prices.need, 0.0),
        np.clip(prices.cash, 0.0, p.cash.penalty),
    )


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
    start
        Prices to begin with.
    """
    state = _start(c, start)
    first = LONGEST if start is None else AGAIN
    best: Dual | None = None
    share = np.zeros(c.problem.options)
    for step in range(1, steps + 1):
        relaxed = relax(c, state.prices)
        taken = np.zeros_like(share)
        taken[relaxed.choice] = 1.0
        share = taken if step == 1 else 0.93 * share + 0.07 * taken
        if best is None or relaxed.bound < best.bound:
            history = best.history if best else []
            best = Dual(state.prices, relaxed.bound, relaxed.scores, share, step, history)
        best.history.append(best.bound)
        best.share, best.steps = share, step
        if not report(step, best.bound) or best.bound - floor <= 1e-7 * abs(best.bound):
            break
        _move(c, state, relaxed, first * (SHORTEST / first) ** (step / steps))
    assert best is not None
    return best


BLOCKS = ("hour", "row", "need", "cash")


def _start(c: Compiled, start: Prices | None) -> _Search:
    prices = (start or first_prices(c)).copy()
    zeros = {name: np.zeros_like(getattr(prices, name)) for name in BLOCKS}
    return _Search(prices, _units(c), zeros, {name: array.copy() for name, array in zeros.items()})


def _units(c: Compiled) -> dict[str, Floats]:
    """What an hour of each resource, a unit of each row, a need and money short are typically worth."""
    p, k = c.problem, c.problem.packages
    worth = np.maximum(p.value.mean(axis=1), 0.0)
    hours = c.active_hours.mean(axis=1)
    owned = k.option >= 0
    use = np.zeros((p.options, len(p.capacity)))
    np.add.at(use, (k.option[owned], k.resource[owned]), hours[owned])
    at_stake, whole = np.zeros(len(p.capacity)), np.zeros(len(p.capacity))
    np.add.at(at_stake, k.resource, hours * k.breach_cost)
    np.add.at(whole, k.resource, hours)
    hour = np.where(use > 0, worth[:, None], 0.0).sum(axis=0) / np.maximum(use.sum(axis=0), 1e-9)
    weight = np.abs(p.rows.coefficients)
    row = np.where(weight > 0, worth, 0.0).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-9)
    return {
        "hour": np.where(hour > 0, hour, at_stake / np.maximum(whole, 1e-9))[None, :, None],
        "row": np.where(np.isfinite(p.rows.penalty), p.rows.penalty, row),
        "need": np.full(len(p.need_option), float(worth.max(initial=0.0))),
        "cash": np.full((1, 1), p.cash.penalty),
    }


def _move(c: Compiled, state: _Search, relaxed: Relaxed, length: float) -> None:
    """One step of every block of prices against its averaged slack."""
    p, old = c.problem, state.prices
    slack = _slack(c, old, relaxed.choice)
    state.step += 1
    new = old.copy()
    for name, top in (("hour", np.inf), ("row", p.rows.penalty), ("need", np.inf), ("cash", p.cash.penalty)):
        way = getattr(slack, name)
        mean = state.mean[name] = MEMORY * state.mean[name] + (1 - MEMORY) * way
        square = state.square[name] = SPREAD * state.square[name] + (1 - SPREAD) * way * way
        size = np.sqrt(square / (1 - SPREAD**state.step)) + 1e-9
        stride = length * state.unit[name] * mean / (1 - MEMORY**state.step) / size
        setattr(new, name, np.clip(getattr(old, name) + stride, 0.0, top))
    last = relaxed.by_future if state.by_future is None else state.by_future
    state.by_future = MEMORY * last + (1 - MEMORY) * relaxed.by_future
    if p.risk_aversion > 0:
        new.weight = _towards(c, old.weight, state.by_future, WEIGHT_PACE * length)
    state.prices = new
