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

WEIGHT_PACE = 10.0
"""How much longer the steps of the futures' weights are than those of the prices; tried from 1 to 10."""


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


def _towards(c: Compiled, weight: Floats, by_future: Floats, gap: float) -> Floats:
    """Weights moved a Polyak step towards the futures that turn out worst, kept among those that risk allows."""
    way = by_future - by_future.mean()
    size = float(way @ way)
    if size <= 0:
        return weight
    return _allowed_weights(c, weight - gap / size * way)


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
    """State of the search for prices."""

    prices: Prices
    stretch: (
        Floats  # (R,) longer steps where few hours carry much money: overload counts as a share of capacity
    )
    direction: Prices | None = None
    by_future: Floats | None = None
    pace: float = 0.5
    since: int = 0

    def slow_down(self, prices: Prices) -> None:
        """Shorter steps from the best prices on (Held, Wolfe & Crowder 1974)."""
        self.pace *= 0.6
        self.since = 0
        self.prices = prices.copy()
        self.direction = None


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
        Objective of the best choice known: what the bound cannot fall below, which sizes the steps.
    report
        Called with step and bound; False stops.
    start
        Prices to begin with.
    """
    state = _Search((start or first_prices(c)).copy(), _stretch(c))
    best: Dual | None = None
    share = np.zeros(c.problem.options)
    for step in range(1, steps + 1):
        relaxed = relax(c, state.prices)
        taken = np.zeros_like(share)
        taken[relaxed.choice] = 1.0
        share = taken if step == 1 else 0.93 * share + 0.07 * taken
        state.since += 1
        if best is None or relaxed.bound < best.bound - 1e-6 * abs(best.bound):
            history = best.history if best else []
            best = Dual(state.prices.copy(), relaxed.bound, relaxed.scores, share, step, history)
            state.since = 0
        elif state.since > 20:
            state.slow_down(best.prices)
        best.history.append(best.bound)
        best.share, best.steps = share, step
        gap = state.pace * (relaxed.bound - floor)
        if not report(step, best.bound) or gap <= 1e-7 * abs(best.bound):
            break
        _move(c, state, relaxed, gap)
    assert best is not None
    return best


def _stretch(c: Compiled) -> Floats:
    """(R,) relative step lengths: the square of how much value hangs on an hour of each resource.

    Prices end up near that value; measured in it, all resources need steps of like length.
    """
    p = c.problem
    worth = np.maximum(p.value.mean(axis=1), 0.0)
    hours = np.zeros(len(p.capacity))
    np.add.at(hours, c.pkg_resource, c.active_hours.mean(axis=1))
    owned = p.packages.option >= 0
    use = np.zeros((p.options, len(p.capacity)))
    np.add.at(use, (p.packages.option[owned], c.pkg_resource[owned]), c.active_hours[owned].mean(axis=1))
    value = np.where(use > 0, worth[:, None], 0.0).sum(axis=0)
    density = value / np.maximum(hours, 1e-9)
    top = density.max(initial=0.0)
    return np.maximum((density / top) ** 2, 1e-4) if top > 0 else np.ones(len(p.capacity))


def _move(c: Compiled, state: _Search, relaxed: Relaxed, gap: float) -> None:
    """One deflected, Polyak-sized step of every block of prices."""
    p, old = c.problem, state.prices
    slack = _slack(c, old, relaxed.choice)
    if state.direction is None:
        state.direction = slack
        state.by_future = relaxed.by_future.copy()
    else:
        for name in ("hour", "row", "need", "cash"):
            merged = 0.7 * getattr(state.direction, name) + 0.3 * getattr(slack, name)
            setattr(state.direction, name, merged)
        assert state.by_future is not None
        state.by_future = 0.9 * state.by_future + 0.1 * relaxed.by_future
    d = state.direction
    hour = _free(d.hour, old.hour)
    size = float(np.einsum("s,srt,srt,r->", old.weight, hour, hour, state.stretch))
    new = old.copy()
    if size > 0:
        new.hour = np.maximum(old.hour + gap / size * state.stretch[None, :, None] * hour, 0.0)
    for name, top in (("row", p.rows.penalty), ("need", np.inf), ("cash", p.cash.penalty)):
        price = getattr(old, name)
        way = _free(getattr(d, name), price)
        weight = old.weight[:, None] if name == "cash" else 1.0
        size = float((weight * way * way).sum())
        if size > 0:
            setattr(new, name, np.clip(price + 0.3 * gap / size * way, 0.0, top))
    if p.risk_aversion > 0 and state.by_future is not None:
        new.weight = _towards(c, old.weight, state.by_future, WEIGHT_PACE * gap)
    state.prices = new


def _free(way: Floats, price: Floats) -> Floats:
    """The direction without what would push a zero price under zero."""
    return np.where((price <= 0) & (way < 0), 0.0, way)
