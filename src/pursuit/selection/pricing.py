"""Work under prices: what a package costs when every hour of every resource, week and future has its price."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, prange

from pursuit.selection.flow import BIG, late


@njit(cache=True, inline="always")
def fill(p: int, hours: float, price: Any, pk: Any, pf: Any, use: Any, record: bool) -> float:
    """Least cost of ``hours`` of package ``p`` at ``price`` per week; adds the hours taken to ``use`` on request.

    Greedy is exact here: hours go to the cheapest weeks first, each up to the package's rate.
    """
    first, last, due = pk[p, 0], pk[p, 1], pk[p, 2]
    rate = pf[p, 0]
    outside = pf[p, 4] * hours if pf[p, 3] < BIG else 0.0
    breach = pf[p, 5]
    left = hours
    money = 0.0
    last_cost, last_week = -BIG, -1
    while left > 1e-12:
        best = breach
        week = -1
        if outside > 1e-12 and pf[p, 3] < best:
            best = pf[p, 3]
            week = -2
        for t in range(first, last + 1):
            c = price[t] + late(t, due, pf[p, 1], pf[p, 2])
            if c < best and (c > last_cost or (c == last_cost and t > last_week)):  # weeks not yet filled
                best = c
                week = t
        if week == -1:
            money += best * left
            break
        amount = min(left, outside if week == -2 else rate)
        money += best * amount
        left -= amount
        if week == -2:
            outside -= amount
        else:
            last_cost, last_week = best, week
            if record:
                use[week] += amount
    return money


@njit(cache=True, parallel=True)
def option_costs(
    price: Any,
    opt_start: Any,
    first_free: int,
    pkg_resource: Any,
    active_hours: Any,
    pk: Any,
    pf: Any,
    out: Any,
    free: Any,
) -> None:
    """(S, O) cost of every option's work under ``price`` (S, R, T), and (S,) cost of the work that always comes."""
    S, O = out.shape
    T = price.shape[2]
    for s in prange(S):
        dummy = np.empty(T)
        for o in range(O):
            money = 0.0
            for p in range(opt_start[o], opt_start[o + 1]):
                if active_hours[p, s] > 0:
                    money += fill(p, active_hours[p, s], price[s, pkg_resource[p]], pk, pf, dummy, False)
            out[s, o] = money
        money = 0.0
        for p in range(first_free):
            if active_hours[p, s] > 0:
                money += fill(p, active_hours[p, s], price[s, pkg_resource[p]], pk, pf, dummy, False)
        free[s] = money


@njit(cache=True, parallel=True)
def option_usage(
    price: Any,
    chosen: Any,
    opt_start: Any,
    first_free: int,
    pkg_resource: Any,
    active_hours: Any,
    pk: Any,
    pf: Any,
    use: Any,
) -> None:
    """(S, R, T) hours that the chosen options and the work that always comes take under ``price``."""
    S = price.shape[0]
    for s in prange(S):
        use[s, :, :] = 0.0
        for o in chosen:
            for p in range(opt_start[o], opt_start[o + 1]):
                if active_hours[p, s] > 0:
                    r = pkg_resource[p]
                    fill(p, active_hours[p, s], price[s, r], pk, pf, use[s, r], True)
        for p in range(first_free):
            if active_hours[p, s] > 0:
                r = pkg_resource[p]
                fill(p, active_hours[p, s], price[s, r], pk, pf, use[s, r], True)
