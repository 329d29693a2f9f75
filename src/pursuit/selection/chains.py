"""Packages that follow one another: in each scenario a week is set by which the earlier one ends and the later begins.

That keeps the order whatever happens to the work inside the two windows, at the price of some freedom: the bound knows
nothing of it, so what it costs shows in the gap.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from pursuit.selection.compiled import (
    BEFORE,
    BREACH,
    CAP,
    DUE,
    FIRST,
    LAST,
    LATE,
    MOST_OUTSIDE,
    OUTSIDE,
    RATE,
)
from pursuit.selection.pricing import late


@njit(cache=True)
def split_chains(b: int, s: int, book: Any, w: Any) -> None:
    """Set the windows of a bundle's packages in a scenario to where the hinted prices make the chain cheapest."""
    for p in range(w.bundle_start[b], w.bundle_start[b + 1]):
        c = book.chain[p]
        if c >= 0:
            book.window[s, c, 0], book.window[s, c, 1] = w.when[p, FIRST], w.when[p, LAST]
    for p in range(w.bundle_start[b], w.bundle_start[b + 1]):
        before = w.when[p, BEFORE]
        if before < 0:
            continue
        earlier, later = book.chain[before], book.chain[p]
        first = book.window[s, earlier, 0]
        cut = _best_cut(before, p, first, s, book, w)
        # several may wait for the same one: the earliest cut holds for it
        book.window[s, earlier, 1] = min(book.window[s, earlier, 1], cut)
        book.window[s, later, 0] = max(book.window[s, later, 0], book.window[s, earlier, 1] + 1)
        for q in range(w.bundle_start[b], p):
            if w.when[q, BEFORE] == before:
                d = book.chain[q]
                book.window[s, d, 0] = max(w.when[q, FIRST], book.window[s, earlier, 1] + 1)


@njit(cache=True)
def _best_cut(a: int, b: int, first: int, s: int, book: Any, w: Any) -> int:
    """Week by which ``a`` should end so that ``b`` may begin after it; of equals the one in the middle."""
    T = book.hint.shape[2]
    cost = np.empty(T)
    low, high = w.when[a, LAST], w.when[a, LAST]
    best = np.inf
    for cut in range(first - 1, w.when[a, LAST] + 1):
        money = _fill_between(a, first, cut, s, cost, book, w)
        money += _fill_between(b, max(w.when[b, FIRST], cut + 1), w.when[b, LAST], s, cost, book, w)
        near = 1e-9 * abs(money)
        if money < best - near:
            best, low, high = money, cut, cut
        elif money <= best + near:
            high = cut
    return int((low + high) // 2)


@njit(cache=True)
def _fill_between(p: int, first: int, last: int, s: int, cost: Any, book: Any, w: Any) -> float:
    """Least cost of a package between two weeks at the hinted prices."""
    for t in range(first, last + 1):
        cost[t] = late(t, w.when[p, DUE], w.terms[p, LATE], w.terms[p, CAP])
        for u in range(w.use_start[p], w.use_start[p + 1]):
            r = w.use_resource[u]
            cost[t] += w.use_hours[u] * w.factor[r, s] * book.hint[s, r, t]
    left, money = 1.0, 0.0
    outside = w.terms[p, MOST_OUTSIDE] if w.terms[p, OUTSIDE] < w.terms[p, BREACH] else 0.0
    while left > 1e-12:
        best, week = w.terms[p, BREACH], -1
        for t in range(first, last + 1):
            if cost[t] < best:
                best, week = cost[t], t
        if outside > 0.0 and w.terms[p, OUTSIDE] < best:
            amount = min(left, outside)
            money += amount * w.terms[p, OUTSIDE]
            outside = 0.0
        elif week < 0:
            return float(money + left * best)
        else:
            amount = min(left, w.terms[p, RATE])
            money += amount * best
            cost[week] = np.inf
        left -= amount
    return float(money)
