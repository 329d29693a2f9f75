"""Work under prices: what packages cost when every hour of every resource, week and scenario has its price.

Everything is laid out with scenarios last and done for all of them at once, since a processor takes several numbers in
one step; the arrays of prices and hours are (R, T, S) here.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, prange

from pursuit.selection.compiled import (
    BIG,
    BREACH,
    CAP,
    DUE,
    FIRST,
    LAST,
    LATE,
    LEAST,
    MOST_OUTSIDE,
    OUTSIDE,
    RATE,
    SPARE_SHARE,
)

BLOCKS = 64
"""Parts in which sums over items are formed, so that their order does not depend on the number of threads."""

LADDER = 64
"""Most weeks a package may need for the fast way."""

PARTS = 2
"""Blocks of scenarios whose use of hours is added up side by side."""


@njit(cache=True, inline="always")
def late(week: int, due: int, cost: float, cap: float) -> float:
    """Money per share worked in ``week`` when it was due in ``due``."""
    if week <= due:
        return 0.0
    money = cost * (week - due)
    return money if money < cap else cap


@njit(cache=True, fastmath={"nnan", "nsz"})
def week_costs(p: int, price: Any, w: Any, cost: Any) -> None:
    """(W, S) money per share of working package ``p`` in each week of its window, written into ``cost`` (T, S)."""
    first, n = w.when[p, FIRST], w.when[p, LAST] - w.when[p, FIRST] + 1
    S = cost.shape[1]
    for j in range(n):
        row = cost[j]
        money = late(first + j, w.when[p, DUE], w.terms[p, LATE], w.terms[p, CAP])
        for u in range(w.use_start[p], w.use_start[p + 1]):
            r, hours = w.use_resource[u], w.use_hours[u]
            factor, paid = w.factor[r], price[r, first + j]
            if u == w.use_start[p]:
                for s in range(S):
                    row[s] = money + hours * factor[s] * paid[s]
            else:
                for s in range(S):
                    row[s] += hours * factor[s] * paid[s]


@njit(cache=True)
def weeks_needed(p: int, w: Any) -> int:
    """Weeks that a package takes at its rate; ``LADDER + 1`` where the fast way does not apply."""
    if w.tight[p] or w.terms[p, LEAST] > 0:
        return LADDER + 1
    n = w.when[p, LAST] - w.when[p, FIRST] + 1
    need = int(np.ceil(1.0 / w.terms[p, RATE] - 1e-9))
    return int(min(max(need, 1), n))


@njit(cache=True, fastmath={"nnan", "nsz"})
def cheapest(n: int, k: int, cost: Any, best: Any, carry: Any) -> None:
    """The ``k`` smallest of ``cost[:n]`` in each scenario, ascending, written into ``best``."""
    S = cost.shape[1]
    for i in range(k):
        row = best[i]
        for s in range(S):
            row[s] = BIG
    for j in range(n):
        source = cost[j]
        for s in range(S):
            carry[s] = source[s]
        for i in range(min(j + 1, k)):
            row = best[i]
            for s in range(S):
                a, b = row[s], carry[s]
                row[s] = a if a < b else b
                carry[s] = b if a < b else a


@njit(cache=True, fastmath={"nnan", "nsz"})
def package_costs(p: int, price: Any, w: Any, cost: Any, best: Any, carry: Any, out: Any) -> None:
    """Add the least cost of package ``p`` in each scenario to ``out`` (S,).

    Greedy is exact here: shares go to the cheapest weeks first, each up to the rate; what is dearer than breach is left
    undone, and work outside takes the place of the dearest shares. That a package may have to wait for another one is
    left out, which makes the answer a lower bound.
    """
    n = w.when[p, LAST] - w.when[p, FIRST] + 1
    S = cost.shape[1]
    week_costs(p, price, w, cost)
    k = weeks_needed(p, w)
    if k > LADDER:
        for s in range(S):
            out[s] += fill_one(p, s, n, w, cost, s, price, False)
        return
    cheapest(n, k, cost, best, carry)
    breach, outside, rate = w.terms[p, BREACH], w.terms[p, OUTSIDE], w.terms[p, RATE]
    inside = min(k * rate, 1.0)
    undone = (1.0 - inside) * breach
    for s in range(S):
        out[s] += undone
    left_outside = w.terms[p, MOST_OUTSIDE] if outside < breach else 0.0
    gain = min(left_outside, 1.0 - inside) * (breach - outside)
    left_outside -= min(left_outside, 1.0 - inside)
    for i in range(k - 1, -1, -1):
        amount = min(rate, inside - i * rate)
        swapped = min(amount, left_outside)
        left_outside -= swapped
        kept = amount - swapped
        row = best[i]
        if swapped > 0:
            for s in range(S):
                c = row[s] if row[s] < breach else breach
                out[s] += kept * c + swapped * (c if c < outside else outside)
        else:
            for s in range(S):
                out[s] += kept * (row[s] if row[s] < breach else breach)
    if gain != 0.0:
        for s in range(S):
            out[s] -= gain


@njit(cache=True)
def fill_one(p: int, s: int, n: int, w: Any, cost: Any, at: int, use: Any, record: bool) -> float:
    """Least cost of one package in one scenario given column ``at`` of ``cost``; adds its hours to ``use`` on request.

    With least shares the limits are laminar, so greedy stays exact (Edmonds 1970).
    """
    first, due, least = w.when[p, FIRST], w.when[p, DUE], w.terms[p, LEAST]
    breach, outside = w.terms[p, BREACH], w.terms[p, OUTSIDE]
    most_outside = w.terms[p, MOST_OUTSIDE] if outside < breach else 0.0
    spare = w.terms[p, SPARE_SHARE]
    asked, most = np.empty(n), np.empty(n)
    for j in range(n):
        most[j] = w.terms[p, RATE]
        if w.tight[p]:
            for u in range(w.use_start[p], w.use_start[p + 1]):
                r = w.use_resource[u]
                most[j] = min(most[j], w.most[r, first + j] / (w.use_hours[u] * w.factor[r, s]))
        asked[j] = min(least, most[j]) if first + j <= due else 0.0
        most[j] -= asked[j]
    left, money = 1.0, 0.0
    while left > 1e-12:
        best, week = breach, -1
        for j in range(n):
            if cost[j, at] < best and (asked[j] > 1e-12 or (spare > 1e-12 and most[j] > 1e-12)):
                best, week = cost[j, at], j
        if most_outside > 1e-12 and outside < best:
            best, week = outside, -2
        if week == -1:
            return float(money + best * left)
        if week == -2:
            amount = min(left, most_outside)
            most_outside -= amount
        elif asked[week] > 1e-12:
            amount = min(left, asked[week])
            asked[week] -= amount
        else:
            amount = min(left, min(spare, most[week]))
            spare -= amount
            most[week] -= amount
        money += best * amount
        left -= amount
        if record and week >= 0:
            for u in range(w.use_start[p], w.use_start[p + 1]):
                r = w.use_resource[u]
                use[r, first + week, s] += amount * w.use_hours[u] * w.factor[r, s]
    return money


@njit(cache=True)
def fill_simple(p: int, s: int, n: int, k: int, w: Any, cost: Any, at: int, level: Any, use: Any) -> float:
    """As :func:`fill_one` with recording, for a package of steady rate; ``level`` (k,) is room to work in."""
    first, rate = w.when[p, FIRST], w.terms[p, RATE]
    breach, outside = w.terms[p, BREACH], w.terms[p, OUTSIDE]
    most_outside = w.terms[p, MOST_OUTSIDE] if outside < breach else 0.0
    count = 0  # the k cheapest weeks below breach, ascending, by insertion
    for j in range(n):
        c = cost[j, at]
        if c >= breach or (count == k and c >= level[count - 1]):
            continue
        place = count if count < k else k - 1
        count = min(count + 1, k)
        while place > 0 and level[place - 1] > c:
            level[place] = level[place - 1]
            place -= 1
        level[place] = c
    left, money, top, rest = 1.0, 0.0, -1.0, 0.0
    for i in range(count):
        if level[i] > outside and most_outside > 0.0:
            money += outside * min(left, most_outside)
            left -= min(left, most_outside)
            most_outside = 0.0
        if left <= 1e-12:
            break
        amount = min(left, rate)
        money += level[i] * amount
        left -= amount
        if level[i] > top:
            top, rest = level[i], 0.0
        rest += amount  # what all weeks at the highest level used take together
    if left > 1e-12 and most_outside > 0.0:
        money += outside * min(left, most_outside)
        left -= min(left, most_outside)
    if left > 1e-12:
        money += breach * left
    for j in range(n):
        c = cost[j, at]
        if c > top:
            continue
        amount = rate
        if c == top:
            amount = min(rest, rate)
            rest -= amount
        if amount > 0.0:
            for u in range(w.use_start[p], w.use_start[p + 1]):
                r = w.use_resource[u]
                use[r, first + j, s] += amount * w.use_hours[u] * w.factor[r, s]
    return money


@njit(cache=True, parallel=True, fastmath={"nnan", "nsz"})
def price_items(
    hour: Any,
    weight: Any,
    cash: Any,
    extra_of: Any,
    extra: Any,
    adjust: Any,
    allowed: Any,
    item_start: Any,
    value: Any,
    won: Any,
    fixed: Any,
    if_paid: Any,
    w: Any,
    scores: Any,
    choice: Any,
    by_block: Any,
) -> None:
    """Score of every option at the prices, the best option of every item, and what those are worth by scenario.

    Parameters
    ----------
    hour, weight, cash
        (R, T, S), (S,), (S, M) prices; ``cash`` may have no months where all its prices are 0.
    extra_of, extra
        (O,) row of ``extra`` (X, S) that is added to an option's worth, -1 for none.
    adjust
        (O,) added to the score: rows and needs at their prices.
    scores, choice, by_block
        (O,), (I,), (BLOCKS, S) are written.
    """
    T, S = hour.shape[1], hour.shape[2]
    M, I = cash.shape[1], len(choice)
    widest = 0
    for i in range(I):
        widest = max(widest, item_start[i + 1] - item_start[i])
    by_block[:, :] = 0.0
    for block in prange(BLOCKS):
        cost, best, carry = np.empty((T, S)), np.empty((LADDER, S)), np.empty(S)
        known, known_id, net = (
            np.empty((2 * widest, S)),
            np.empty(2 * widest, np.int64),
            np.empty((widest, S)),
        )
        sums = by_block[block]
        for i in range(block * I // BLOCKS, (block + 1) * I // BLOCKS):
            a, b = item_start[i], item_start[i + 1]
            n_known = 0
            for o in range(a, b):
                money, worth = net[o - a], value[o]
                for s in range(S):
                    money[s] = worth[s]
                for kind in range(2):
                    bundle = w.sure[o] if kind == 0 else w.if_won[o]
                    if bundle < 0:
                        continue
                    at = -1
                    for q in range(n_known):
                        if known_id[q] == bundle:
                            at = q
                    if at < 0:
                        at, known_id[n_known] = n_known, bundle
                        n_known += 1
                        known[at, :] = 0.0
                        for p in range(w.bundle_start[bundle], w.bundle_start[bundle + 1]):
                            package_costs(p, hour, w, cost, best, carry, known[at])
                    spent = known[at]
                    if kind == 0:
                        for s in range(S):
                            money[s] -= spent[s]
                    else:
                        there = won[o]
                        for s in range(S):
                            money[s] -= spent[s] if there[s] else 0.0
                for m in range(M):
                    for s in range(S):
                        money[s] += cash[s, m] * (fixed[o, m] + (if_paid[o, m] if won[o, s] else 0.0))
                if extra_of[o] >= 0:
                    more = extra[extra_of[o]]
                    for s in range(S):
                        money[s] += more[s]
            chosen = -1
            for o in range(a, b):
                money, total = net[o - a], 0.0
                for s in range(S):
                    total += weight[s] * money[s]
                scores[o] = total + adjust[o]
                if allowed[o] and (chosen < 0 or scores[o] > scores[chosen]):
                    chosen = o
            choice[i] = chosen
            money = net[chosen - a]
            for s in range(S):
                sums[s] += money[s]


@njit(cache=True, fastmath={"nnan", "nsz"})
def record(
    p: int,
    lo: int,
    hi: int,
    mask: Any,
    hour: Any,
    w: Any,
    cost: Any,
    best: Any,
    carry: Any,
    level: Any,
    use: Any,
) -> None:
    """Add the hours of package ``p`` to ``use`` in the scenarios ``lo`` to ``hi-1``, ``mask`` (hi-lo,) times."""
    n, k = w.when[p, LAST] - w.when[p, FIRST] + 1, weeks_needed(p, w)
    first, rate = w.when[p, FIRST], w.terms[p, RATE]
    N = hi - lo
    for j in range(n):
        row = cost[j]
        money = late(first + j, w.when[p, DUE], w.terms[p, LATE], w.terms[p, CAP])
        for u in range(w.use_start[p], w.use_start[p + 1]):
            r, hours = w.use_resource[u], w.use_hours[u]
            factor, paid = w.factor[r, lo:hi], hour[r, first + j, lo:hi]
            if u == w.use_start[p]:
                for s in range(N):
                    row[s] = money + hours * factor[s] * paid[s]
            else:
                for s in range(N):
                    row[s] += hours * factor[s] * paid[s]
    if k > LADDER:
        for s in range(N):
            if mask[s] > 0:
                fill_one(p, lo + s, n, w, cost, s, use, True)
        return
    cheapest(n, k, cost, best, carry)
    breach, outside = w.terms[p, BREACH], w.terms[p, OUTSIDE]
    left, left_outside, top, rest = level[0], level[1], level[2], level[3]
    for s in range(N):
        left[s], left_outside[s], top[s], rest[s] = 1.0, w.terms[p, MOST_OUTSIDE], -1.0, 0.0
    for i in range(k):
        row = best[i]
        for s in range(N):
            c = row[s]
            given = min(left[s], left_outside[s]) if c > outside else 0.0
            left_outside[s] -= given
            after = left[s] - given
            amount = min(after, rate) if c < breach else 0.0
            left[s] = after - amount
            more = amount > 1e-12
            rest[s] = (rest[s] + amount if c <= top[s] else amount) if more else rest[s]
            top[s] = c if more else top[s]
    for j in range(n):
        row = cost[j]
        for s in range(N):
            c = row[s]
            last = min(rest[s], rate) if c == top[s] else 0.0
            rest[s] -= last
            row[s] = (rate if c < top[s] else last) * mask[s]
        for u in range(w.use_start[p], w.use_start[p + 1]):
            r, hours = w.use_resource[u], w.use_hours[u]
            factor, taken = w.factor[r, lo:hi], use[r, first + j, lo:hi]
            for s in range(N):
                taken[s] += row[s] * hours * factor[s]


@njit(cache=True, parallel=True)
def usage(
    hour: Any,
    by_scenario: Any,
    choice: Any,
    won: Any,
    base_start: Any,
    base_package: Any,
    w: Any,
    use: Any,
    free: Any,
) -> None:
    """(R, T, S) hours that the chosen options and the work that always comes take; (S,) cost of the latter.

    Scenarios are dealt out in blocks, so that each has one writer. ``by_scenario`` holds the prices as (S, R, T).
    """
    T, S = hour.shape[1], hour.shape[2]
    parts = min(S, PARTS)
    for part in prange(parts):
        lo, hi = part * S // parts, (part + 1) * S // parts
        cost, best, carry = np.empty((T, hi - lo)), np.empty((LADDER, hi - lo)), np.empty(hi - lo)
        level, ladder, mask = np.empty((4, hi - lo)), np.empty(LADDER), np.ones(hi - lo)
        use[:, :, lo:hi] = 0.0
        for i in range(len(choice)):
            o = choice[i]
            for kind in range(2):
                bundle = w.sure[o] if kind == 0 else w.if_won[o]
                if bundle < 0:
                    continue
                for s in range(lo, hi):
                    mask[s - lo] = 1.0 if kind == 0 or won[o, s] else 0.0
                for p in range(w.bundle_start[bundle], w.bundle_start[bundle + 1]):
                    record(p, lo, hi, mask, hour, w, cost, best, carry, level, use)
        for s in range(lo, hi):
            money = 0.0
            for j in range(base_start[s], base_start[s + 1]):
                p = base_package[j]
                k, n = weeks_needed(p, w), w.when[p, LAST] - w.when[p, FIRST] + 1
                _costs_of_one(p, s, by_scenario[s], w, cost)
                if k > LADDER:
                    money += fill_one(p, s, n, w, cost, 0, use, True)
                else:
                    money += fill_simple(p, s, n, k, w, cost, 0, ladder, use)
            free[s] = money


@njit(cache=True)
def _costs_of_one(p: int, s: int, price: Any, w: Any, cost: Any) -> None:
    """As :func:`week_costs` for one scenario at ``price`` (R, T), into the first column of ``cost``."""
    first, n = w.when[p, FIRST], w.when[p, LAST] - w.when[p, FIRST] + 1
    for j in range(n):
        money = late(first + j, w.when[p, DUE], w.terms[p, LATE], w.terms[p, CAP])
        for u in range(w.use_start[p], w.use_start[p + 1]):
            r = w.use_resource[u]
            money += w.use_hours[u] * w.factor[r, s] * price[r, first + j]
        cost[j, 0] = money
