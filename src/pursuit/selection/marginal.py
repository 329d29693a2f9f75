"""What one hour more and one hour less are worth in a loading: one-sided prices, and what they promise of an exchange.

A loading at least cost has two prices for every hour, since its value as a function of the hours is bent there: what
one more hour of work costs, and what one hour less saves. Adding work at the first and taking work away at the second
can only be better than it will turn out, so an exchange that promises nothing need not be tried.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, prange

from pursuit.selection.compiled import BIG, FIRST, LAST
from pursuit.selection.flow import EPS
from pursuit.selection.links import cost_elsewhere
from pursuit.selection.loading import package_cost
from pursuit.selection.paths import desk, price_weeks
from pursuit.selection.pricing import BLOCKS, LADDER, late, package_costs
from pursuit.selection.tables import (
    A_DUE,
    A_FIRST,
    A_KIND,
    A_LAST,
    A_OFF,
    A_OUT,
    A_PACKAGE,
    BREACH_COST,
    HOURS,
    LATE_CAP,
    LATE_COST,
    LINKED,
    MOST,
    OUT_COST,
    STIFF,
    table_of,
)


@njit(cache=True, nogil=True)
def hour_prices(
    low: int, high: int, rows: Any, used: Any, on: Any, regular: Any, book: Any, w: Any, push: Any, pull: Any
) -> None:
    """(R, T, S) money that one more hour of work costs (``push``), and that one less saves (``pull``), everywhere."""
    _, R, T = used.shape
    for s in range(low, high):
        d = desk(T)
        for r in range(R):
            n, at, per = table_of(s, r, on[s], book, w)
            d.stale[:] = True
            price_weeks(s, r, n, at, per, rows[s], used[s], regular, book, w, d)
            for t in range(T):
                push[r, t, s] = max(d.push[t], 0.0)
            _pull(s, r, n, at, per, rows[s], used[s], regular, book, w, d, pull)


@njit(cache=True)
def _pull(
    s: int,
    r: int,
    n: int,
    at: Any,
    per: Any,
    row: Any,
    used: Any,
    regular: Any,
    book: Any,
    w: Any,
    d: Any,
    pull: Any,
) -> None:
    T = used.shape[1]
    saved = d.move  # no longer needed
    for t in range(T):
        saved[t] = book.overtime_cost[r] if used[r, t] > regular[r, t] + EPS else 0.0
    for k in range(n):
        o, hours = at[k, A_OUT], per[k, HOURS]
        outside, undone = row[o] * hours > EPS, row[o + 1] * hours > EPS
        if not (outside or undone) or at[k, A_KIND] == STIFF:
            continue
        top = per[k, BREACH_COST] if undone else per[k, OUT_COST]
        for t in range(at[k, A_FIRST], at[k, A_LAST] + 1):
            if (per[k, MOST] - row[at[k, A_OFF] + t]) * hours > EPS:
                money = top - late(t, at[k, A_DUE], per[k, LATE_COST], per[k, LATE_CAP])
                if at[k, A_KIND] == LINKED:
                    money -= cost_elsewhere(at[k, A_PACKAGE], r, t, s, hours, used, regular, book, w)
                if money > saved[t]:
                    saved[t] = money
    for _ in range(T):
        changed = False
        for t in range(T):
            for u in range(T):
                if d.edge[t, u] < BIG and saved[u] - d.edge[t, u] > saved[t] + book.tol:
                    saved[t] = saved[u] - d.edge[t, u]
                    changed = True
        if not changed:
            break
    for t in range(T):
        pull[r, t, s] = saved[t]


@njit(cache=True, parallel=True)
def bundle_savings(bundles: Any, rows: Any, on: Any, pull: Any, book: Any, w: Any, out: Any) -> None:
    """(N, S) money that taking each of ``bundles`` away saves at most, where it is loaded; 0 elsewhere."""
    S = on.shape[0]
    for j in prange(len(bundles)):
        b = bundles[j]
        for s in range(S):
            out[j, s] = 0.0
            if not on[s, b]:
                continue
            money = 0.0
            for p in range(w.bundle_start[b], w.bundle_start[b + 1]):
                money += package_cost(p, rows[s], book, w)
                first = w.when[p, FIRST]
                for t in range(first, w.when[p, LAST] + 1):
                    share = rows[s, book.offset[p] + t - first]
                    if share > 0:
                        for u in range(w.use_start[p], w.use_start[p + 1]):
                            r = w.use_resource[u]
                            money += share * w.use_hours[u] * w.factor[r, s] * pull[r, t, s]
            out[j, s] = money


@njit(cache=True, parallel=True)
def promises(
    push: Any, weight: Any, cash: Any, adjust: Any, extra_of: Any, extra: Any, allowed: Any, item_start: Any,
    choice: Any, value: Any, won: Any, fixed: Any, if_paid: Any, slot: Any, savings: Any, w: Any, out: Any,
) -> None:  # fmt: skip
    """(O,) what going over from its item's choice to each option promises at most.

    Parameters
    ----------
    push, weight, cash
        (R, T, S), (S,), (S, M): price of one more hour, weight of each scenario, money per unit of cash.
    adjust, extra_of, extra
        (O,) worth of the option in rows; (O,) row of (X, S) that is added to it, -1 for none.
    slot, savings
        (B,) row of ``savings`` (N, S) of each loaded bundle, -1 for the others.
    """
    T, S = push.shape[1], push.shape[2]
    M, I = cash.shape[1], len(choice)
    for block in prange(BLOCKS):
        cost, best, carry = np.empty((T, S)), np.empty((LADDER, S)), np.empty(S)
        money, added = np.empty(S), np.empty(S)
        for i in range(block * I // BLOCKS, (block + 1) * I // BLOCKS):
            held = choice[i]
            for o in range(item_start[i], item_start[i + 1]):
                if o == held or not allowed[o]:
                    out[o] = 0.0 if o == held else -BIG
                    continue
                for s in range(S):
                    money[s] = value[o, s] - value[held, s]
                    for m in range(M):
                        before = fixed[held, m] + (if_paid[held, m] if won[held, s] else 0.0)
                        money[s] += cash[s, m] * (
                            fixed[o, m] + (if_paid[o, m] if won[o, s] else 0.0) - before
                        )
                if extra_of[o] >= 0:
                    money += extra[extra_of[o]]
                if extra_of[held] >= 0:
                    money -= extra[extra_of[held]]
                for kind in range(2):
                    b = w.sure[held] if kind == 0 else w.if_won[held]
                    if b >= 0:
                        for s in range(S):
                            if not _comes(b, o, s, won, w):
                                money[s] += savings[slot[b], s]
                    b = w.sure[o] if kind == 0 else w.if_won[o]
                    if b < 0:
                        continue
                    added[:] = 0.0
                    for p in range(w.bundle_start[b], w.bundle_start[b + 1]):
                        package_costs(p, push, w, cost, best, carry, added)
                    for s in range(S):
                        if (kind == 0 or won[o, s]) and not _comes(b, held, s, won, w):
                            money[s] -= added[s]
                total = adjust[o] - adjust[held]
                for s in range(S):
                    total += weight[s] * money[s]
                out[o] = total


@njit(cache=True, inline="always")
def _comes(b: int, o: int, s: int, won: Any, w: Any) -> bool:
    """Whether option ``o`` brings bundle ``b`` in a scenario."""
    return bool(w.sure[o] == b or (w.if_won[o] == b and won[o, s]))
