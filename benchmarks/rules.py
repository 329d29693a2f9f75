"""How people choose today: rules that fill the capacity one deal after the other, without futures or prices."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from pursuit.selection.compiled import Compiled
from pursuit.selection.problem import SelectionProblem

Choice = NDArray[np.int64]


def amount_times_probability(c: Compiled) -> Choice:
    """Best expected amount first; each taken at normal effort while its expected hours still fit everywhere."""
    return _fill(c, lambda amount, share: amount)


def margin_per_bottleneck_hour(c: Compiled) -> Choice:
    """Best margin per share of the capacity it strains most first, any effort; each taken while it fits."""
    return _fill(c, lambda amount, share: amount / max(share, 1e-9), efforts=True)


def take_everything(c: Compiled) -> Choice:
    """Every deal at normal effort, in the order they came, as far as hard limits allow."""
    return _fill(c, lambda amount, share: 0.0, fits=False)


RULES = {"sort": amount_times_probability, "greedy": margin_per_bottleneck_hour, "all": take_everything}


def _fill(
    c: Compiled, rank: Callable[[float, float], float], fits: bool = True, efforts: bool = False
) -> Choice:
    """Take deals in falling ``rank(expected amount, largest share of a resource)``; invest in nothing.

    Only the first effort after declining is considered unless ``efforts`` says all.
    """
    p = c.problem
    choice = p.item_start[:-1].copy()
    load = _expected_hours(c)
    room = p.capacity.sum(axis=1)
    amount = p.value.mean(axis=1)
    gains = set(p.gain_option.tolist())
    open_ = [o for i in range(p.items) for o in (p.options_of(i)[1:] if efforts else p.options_of(i)[1:2])]
    ranks = {o: rank(float(amount[o]), float((load[o] / np.maximum(room, 1e-9)).max())) for o in open_}
    for o in sorted(open_, key=lambda o: -ranks[o]):
        if choice[p.item_of[o]] != p.item_start[p.item_of[o]]:
            continue  # taken already, with another effort
        if o in gains or o in p.need_option or (fits and amount[o] <= 0):
            continue
        trial = choice.copy()
        trial[p.item_of[o]] = o
        if _within_hard_rows(p, trial) and (not fits or np.all(load[o] <= room + 1e-9)):
            choice = trial
            room = room - load[o]
    return choice


def _expected_hours(c: Compiled) -> NDArray[np.float64]:
    """(O, R) mean hours of each option over the futures."""
    k = c.problem.packages
    load = np.zeros((c.problem.options, len(c.problem.capacity)))
    owned = k.option >= 0
    np.add.at(load, (k.option[owned], k.resource[owned]), c.active_hours[owned].mean(axis=1))
    return load


def _within_hard_rows(p: SelectionProblem, choice: Choice) -> bool:
    hard = ~np.isfinite(p.rows.penalty)
    return bool(np.all(p.rows.coefficients[hard][:, choice].sum(axis=1) <= p.rows.limit[hard]))
