"""Proves a bound again from the prices behind it, by arithmetic alone; shares no code with what found them.

Lagrangian relaxation (Geoffrion 1974): whatever is shared is sold at prices, every item then takes its own best option,
and no choice is worth more than that. Any prices prove something, as long as none is negative, none is above what
breaking a soft limit costs, and the scenarios' weights are some that the risk aversion allows (Rockafellar & Uryasev
2000): a wrong price makes the bound high, never wrong. That packages wait for one another is left out.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pursuit.selection.problem import TAIL, Bools, Floats, Ints, SelectionProblem

ROUNDING = 1e-9
"""Share by which a price may lie outside its range for rounding."""


def price_faults(
    p: SelectionProblem, hour: Floats, weight: Floats, row: Floats, need: Floats, cash: Floats
) -> list[str]:
    """Why these prices prove nothing, as sentences; empty when they do. Shapes as in :func:`proven_bound`."""
    S, (R, T) = p.scenarios, p.capacity.shape
    given = {"hour": hour, "weight": weight, "row": row, "need": need, "cash": cash}
    shapes = {"hour": (S, R, T), "weight": (S,), "row": (len(p.rows),), "need": p.need_option.shape}
    shapes["cash"] = (S, p.cash.months)
    faults = [
        f"prices of {name}: the shape is wrong"
        for name, array in given.items()
        if array.shape != shapes[name]
    ]
    if faults:
        return faults
    low = (1 - p.risk_aversion) / S
    high = low + p.risk_aversion * min(1.0, 1.0 / (TAIL * S))
    ranges: dict[str, tuple[float, Any]] = {
        "hour": (0.0, np.inf),
        "weight": (low, high),
        "row": (0.0, p.rows.penalty),
        "need": (0.0, np.inf),
        "cash": (0.0, p.cash.penalty),
    }
    for name, array in given.items():
        least, most = ranges[name]
        fits = (
            (array >= least - ROUNDING * abs(least)) & (array <= most * (1 + ROUNDING)) & np.isfinite(array)
        )
        if not np.all(fits):
            faults.append(f"prices of {name}: some lie outside what proves a bound")
    if abs(float(weight.sum()) - 1) > ROUNDING:
        faults.append("the weights of the scenarios do not sum to one")
    return faults


def proven_bound(
    p: SelectionProblem, hour: Floats, weight: Floats, row: Floats, need: Floats, cash: Floats
) -> float:
    """What no choice can be worth more than, by these prices; they must have no :func:`price_faults`.

    Parameters
    ----------
    hour
        (S, R, T) money per hour of a resource in a week, if the scenario comes true.
    weight
        (S,) of the scenarios.
    row, need
        (C,) money per unit of a limit, (K,) money for what a need asks for.
    cash
        (S, M) money per unit of balance, if the scenario comes true.
    """
    most = most_hours(p)
    every = np.arange(p.scenarios)
    rest = p.base_value + np.einsum("srt,rt->s", hour, p.capacity)
    rest += np.einsum("srt,rt->s", np.maximum(hour - p.overtime_cost[:, None], 0.0), p.overtime)
    rest += (cash * (p.cash.base - p.cash.floor)).sum(axis=1)
    for bundle, own in zip(p.base_bundle, p.base_scenario, strict=True):
        which = every if own < 0 else every[own : own + 1]
        rest[which] -= bundle_cost(p, int(bundle), which, hour, most)
    scores = np.zeros(p.options)
    np.subtract.at(scores, p.rows.option, row[p.rows.row_of] * p.rows.coefficient)
    np.subtract.at(scores, p.need_option, need)
    np.add.at(scores, p.need_provider, np.repeat(need, np.diff(p.need_start)))
    total = float(weight @ rest) + float(row @ p.rows.limit)
    for item in range(p.items):
        known: dict[int, Floats] = {}
        worths = []
        for o in p.options_of(item):
            if not p.allowed[o]:
                continue
            worth = p.value[o] + _priced(p, o, hour, cash)
            for bundle, there in ((int(p.sure[o]), None), (int(p.if_won[o]), p.won[o])):
                if bundle >= 0:
                    if bundle not in known:
                        known[bundle] = bundle_cost(p, bundle, every, hour, most)
                    worth = worth - (known[bundle] if there is None else np.where(there, known[bundle], 0.0))
            worths.append(scores[o] + float(weight @ worth))
        total += max(worths)
    return total


def most_hours(p: SelectionProblem) -> Floats:
    """(R, T) hours that there could be: regular, overtime, and the most that each item can add."""
    most = p.capacity + p.overtime
    owner = p.item_of[p.gain_option]
    for item in np.unique(owner):
        most = most + np.maximum(p.capacity_gain[owner == item].max(axis=0), 0.0)
    return most


def _priced(p: SelectionProblem, option: int, hour: Floats, cash: Floats) -> Floats:
    """(S,) what the hours and the cash that an option brings are worth at the prices."""
    flow = p.cash.fixed[option] + np.where(p.won[option][:, None], p.cash.won[option], 0.0)
    for e in np.flatnonzero(p.cash.exact_option == option):
        flow = flow + p.cash.exact[e].T
    worth: Floats = (cash * flow).sum(axis=1)
    for g in np.flatnonzero(p.gain_option == option):
        worth = worth + np.einsum("srt,rt->s", hour, p.capacity_gain[g])
    return worth


def bundle_cost(p: SelectionProblem, bundle: int, which: Ints, hour: Floats, most: Floats) -> Floats:
    """Least cost of a bundle in the scenarios ``which`` at the prices of their hours; no package waits."""
    cost = np.zeros(len(which))
    for package in p.packages.of(bundle):
        cost += package_cost(p, package, which, hour, most)
    return cost


def package_cost(p: SelectionProblem, package: int, which: Ints, hour: Floats, most: Floats) -> Floats:
    """Least cost of a package in the scenarios ``which``: shares go where they cost least, as far as each place takes.

    Places are its weeks, once for the share asked for in them and once for what is above it, outside, and not done.
    """
    k = p.packages
    weeks = np.arange(k.first[package], k.last[package] + 1)
    late = np.minimum(k.late_cost[package] * np.maximum(weeks - k.due[package], 0), k.late_cap[package])
    cost = np.repeat(late[None, :], len(which), axis=0)
    fits = np.full(cost.shape, k.rate[package])
    for u in range(k.use_start[package], k.use_start[package + 1]):
        r = k.use_resource[u]
        hours = (k.use_hours[u] * p.hours_factor[r, which])[:, None]
        cost += hours * hour[which, r][:, weeks]
        there = np.divide(most[r, weeks], hours, out=np.full(cost.shape, np.inf), where=hours > 0)
        fits = np.minimum(fits, there)
    timely = weeks <= k.due[package]
    asked = np.where(timely, np.minimum(k.least[package], fits), 0.0)
    outside = np.isfinite(k.subcontract_cost[package])
    ends_cost = [k.subcontract_cost[package] if outside else 0.0, k.breach_cost[package]]
    ends_room = [k.subcontract_share[package] if outside else 0.0, 1.0]
    costs = np.hstack([cost, cost, np.broadcast_to(ends_cost, (len(which), 2))])
    rooms = np.hstack([asked, fits - asked, np.broadcast_to(ends_room, (len(which), 2))])
    spare = max(1.0 - k.least[package] * int(timely.sum()), 0.0)
    above = np.zeros(costs.shape[1], dtype=bool)
    above[len(weeks) : 2 * len(weeks)] = True
    return _cheapest(costs, rooms, above, spare)


def _cheapest(costs: Floats, rooms: Floats, above: Bools, spare: float) -> Floats:
    """(n,) least cost of one whole put into places of ``costs`` (n, m), at most ``rooms`` (n, m) each, and at most
    ``spare`` in the places ``above`` (m,) together; from the cheapest on, which is exact (Edmonds 1970)."""
    order = np.argsort(costs, axis=1, kind="stable")
    costs, rooms = np.take_along_axis(costs, order, axis=1), np.take_along_axis(rooms, order, axis=1)
    if spare < 1.0:
        free = np.where(above[order], rooms, 0.0)
        taken = np.diff(np.minimum(free.cumsum(axis=1), spare), axis=1, prepend=0.0)
        rooms = np.where(above[order], taken, rooms)
    filled = np.minimum(rooms.cumsum(axis=1), 1.0)
    whole: Floats = (np.diff(filled, axis=1, prepend=0.0) * costs).sum(axis=1)
    return whole
