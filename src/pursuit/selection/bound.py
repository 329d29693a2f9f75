"""A proven upper bound: capacity, limits, needs, cash and risk relaxed at prices, each item then decides alone.

Lagrangian relaxation (Geoffrion 1974): for *any* prices of the shared things the sum of every item's best option is no
less than the optimum, so whatever the search for good prices does, the bound it returns holds. Risk enters by its own
dual: weights on the scenarios that sum to one and none above ``((1 - lambda) + lambda / tail) / S`` (Rockafellar &
Uryasev 2000). That packages follow one another is left out of the bound, which can only raise it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pursuit.selection.compiled import Compiled
from pursuit.selection.pricing import BLOCKS, price_items, usage
from pursuit.selection.problem import TAIL, Floats, Ints


@dataclass
class Prices:
    """Dual values: per hour and scenario, per scenario, per row, per need, per unit of cash short."""

    hour: Floats  # (S, R, T), money per hour if the scenario comes true
    weight: Floats  # (S,), sums to one
    row: Floats  # (C,)
    need: Floats  # (K,)
    cash: Floats  # (S, M), 0 .. penalty

    def copy(self) -> Prices:
        """The same prices, free to change."""
        return Prices(*(array.copy() for array in (self.hour, self.weight, self.row, self.need, self.cash)))


@dataclass(frozen=True)
class Relaxed:
    """The relaxed problem at given prices.

    Attributes
    ----------
    bound
        Its value, an upper bound on every choice's objective.
    scores
        (O,) score of every option, also of those that pins forbid.
    choice
        (I,) options that win.
    by_future
        (S,) what the relaxed choice is worth in each scenario.
    use
        (S, R, T) hours it takes.
    """

    bound: float
    scores: Floats
    choice: Ints
    by_future: Floats
    use: Floats


def first_prices(c: Compiled) -> Prices:
    """Everything free, all scenarios equal."""
    p = c.problem
    S, (R, T) = p.scenarios, p.capacity.shape
    return Prices(
        np.zeros((S, R, T)),
        np.full(S, 1.0 / S),
        np.zeros(len(p.rows)),
        np.zeros(len(p.need_option)),
        np.zeros((S, p.cash.months)),
    )


def relax(c: Compiled, prices: Prices) -> Relaxed:
    """Solve the relaxed problem at ``prices``."""
    p, S = c.problem, c.problem.scenarios
    scores, choice, by_block = np.empty(p.options), np.empty(p.items, np.int64), np.empty((BLOCKS, S))
    R, T = p.capacity.shape
    use, free = np.empty((R, T, S)), np.empty(S)
    hour = np.ascontiguousarray(prices.hour.transpose(1, 2, 0))
    extra_of, extra = _extras(c, prices)
    cash = prices.cash if np.any(prices.cash) else np.zeros((S, 0))
    price_items(
        hour, prices.weight, cash, extra_of, extra, _adjusted(c, prices), p.allowed, p.item_start, p.value,
        p.won, p.cash.fixed, p.cash.won, c.work, scores, choice, by_block,
    )  # fmt: skip
    usage(hour, prices.hour, choice, p.won, c.base_start, c.base_package, c.work, use, free)
    constant = p.base_value - free + _room_worth(c, prices.hour)
    if p.cash.months:
        constant = constant + (prices.cash * (p.cash.base - p.cash.floor)).sum(axis=1)
    best = scores[choice]
    total = (
        float(best.sum()) + float(np.dot(prices.weight, constant)) + float(np.dot(prices.row, p.rows.limit))
    )
    size = float(np.abs(best).sum()) + float(np.abs(prices.weight * constant).sum())
    total += 1e-11 * size  # rounding of the sums must never push the bound under the truth
    return Relaxed(total, scores, choice, by_block.sum(axis=0) + constant, use.transpose(2, 0, 1))


def _extras(c: Compiled, prices: Prices) -> tuple[Ints, Floats]:
    """(O,) row of (X, S): what hours that options add, and their exact cash, are worth at the prices."""
    p = c.problem
    options = sorted({*c.gain, *(int(o) for o in p.cash.exact_option)})
    extra_of = np.full(p.options, -1, dtype=np.int64)
    extra_of[options] = np.arange(len(options))
    extra = np.zeros((len(options), p.scenarios))
    for option, gain in c.gain.items():
        # einsum, not @: the order of a sum in BLAS depends on how many threads there are
        extra[extra_of[option]] += np.einsum("srt,rt->s", prices.hour, gain)
    if len(p.cash.exact_option):
        worth = np.einsum("ems,sm->es", p.cash.exact, prices.cash)
        np.add.at(extra, extra_of[p.cash.exact_option], worth)
    return extra_of, extra


def _adjusted(c: Compiled, prices: Prices) -> Floats:
    """(O,) what rows and needs at their prices add to the scores."""
    p = c.problem
    spent = prices.row[p.rows.row_of] * p.rows.coefficient
    adjust: Floats = -np.bincount(p.rows.option, weights=spent, minlength=p.options).astype(np.float64)
    np.subtract.at(adjust, p.need_option, prices.need)
    np.add.at(adjust, p.need_provider, np.repeat(prices.need, np.diff(p.need_start)))
    return adjust


def _room_worth(c: Compiled, hour: Floats) -> Floats:
    """(S,) what regular and overtime hours are worth at their prices."""
    p = c.problem
    regular = np.einsum("srt,rt->s", hour, p.capacity)
    extra = np.einsum("srt,rt->s", np.maximum(hour - p.overtime_cost[None, :, None], 0.0), p.overtime)
    return np.asarray(regular + extra)


def slack(c: Compiled, prices: Prices, relaxed: Relaxed) -> Prices:
    """Use minus room of everything relaxed: the direction in which prices should move. Changes ``relaxed.use``."""
    p, choice, use = c.problem, relaxed.choice, relaxed.use
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
    if p.cash.months:
        short = p.cash.floor - balance(c, choice)
    return Prices(
        use, np.zeros(0), p.rows.use(choice, p.options) - p.rows.limit, taken[p.need_option] - provided, short
    )


def balance(c: Compiled, choice: Ints) -> Floats:
    """(S, M) the firm's balance under a choice."""
    p = c.problem
    total = p.cash.base + p.cash.fixed[choice].sum(axis=0)
    total = total + np.einsum("is,im->sm", p.won[choice].astype(float), p.cash.won[choice])
    for e in np.flatnonzero(np.isin(p.cash.exact_option, choice)):
        total = total + p.cash.exact[e].T
    return np.asarray(total)


def towards(c: Compiled, weight: Floats, by_future: Floats, length: float) -> Floats:
    """Weights moved towards the scenarios that turn out worst, kept among those that risk allows."""
    spread = float(by_future.std())
    if spread <= 0:
        return weight
    way = (by_future - by_future.mean()) / spread
    return allowed_weights(c, weight - length / len(weight) * way)


def allowed_weights(c: Compiled, moved: Floats) -> Floats:
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
        allowed_weights(c, prices.weight),
        np.clip(prices.row, 0.0, p.rows.penalty),
        np.maximum(prices.need, 0.0),
        np.clip(prices.cash, 0.0, p.cash.penalty),
    )
