"""The cheapest way to move work: augmenting paths in the transportation problem of one resource.

Ways are written as three arrays by week: what moving one more hour out of the week costs, where it goes (a week, or
one of the codes below) and which slot's hour it is. See :mod:`pursuit.selection.flow` for the other arrays.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from pursuit.selection.flow import BIG, EPS, enter, late, leave, pays, touch, ways_out

OUTSIDE, BREACH, SPARE, NOWHERE = -1, -2, -3, -9
"""Where an hour can go that no other week takes: outside, undone, into the week's own spare hours, or nowhere."""

RELEASE, FROM_OUTSIDE, FROM_BREACH, BREACH_TO_OUTSIDE, NONE = 0, 1, 2, 3, -1
"""Kinds of improving moves: free a week; bring an hour back from outside or from breach; give a breach outside."""


@njit(cache=True)
def improve(
    n: int,
    ids: Any,
    flow: Any,
    outside: Any,
    broken: Any,
    hours: Any,
    used: Any,
    regular: Any,
    extra: Any,
    extra_cost: float,
    tol: float,
    pk: Any,
    pf: Any,
) -> None:
    """Move work along the best improving path until there is none; all arrays are changed in place."""
    T = used.shape[0]
    if not pays(n, ids, flow, outside, broken, used, regular, pk):
        return  # nothing costs anything, so nothing can be improved
    push, push_to, push_by = np.empty(T), np.empty(T, np.int64), np.empty(T, np.int64)
    move, move_to, move_by = np.empty(T), np.empty(T, np.int64), np.empty(T, np.int64)
    out, out_to, out_by = np.empty(T), np.empty(T, np.int64), np.empty(T, np.int64)
    edge, edge_by = np.empty((T, T)), np.empty((T, T), np.int64)
    stale = np.ones(T, np.bool_)
    for _ in range(100000):
        for t in range(T):
            if stale[t]:
                stale[t] = False
                ways_out(t, n, ids, flow, outside, hours, pk, pf, edge[t], edge_by[t], out, out_to, out_by)
            move[t], move_to[t], move_by[t] = out[t], out_to[t], out_by[t]
        _price_weeks(
            used,
            regular,
            extra,
            extra_cost,
            tol,
            edge,
            edge_by,
            push,
            push_to,
            push_by,
            move,
            move_to,
            move_by,
        )
        kind, at, who = _best_move(
            n, ids, flow, outside, broken, hours, used, regular, extra_cost, tol, pk, pf, push, move
        )
        if kind == NONE:
            return
        if kind == BREACH_TO_OUTSIDE:
            amount = min(broken[who], pf[ids[who], 4] * hours[who] - outside[who])
            outside[who] += amount
            broken[who] -= amount
            touch(who, ids, flow, pk, stale)
            continue
        if kind == RELEASE:
            over = used[at] - regular[at]
            amount = over if over > EPS else used[at]
            to, by = move_to[at], move_by[at]
        else:
            there = outside[who] if kind == FROM_OUTSIDE else broken[who]
            amount = min(there, pf[ids[who], 0] - flow[at, who])
            to, by = push_to[at], push_by[at]
        amount = _room_along(
            at, to, by, amount, ids, flow, outside, hours, used, regular, extra, pf, push_to, push_by
        )
        if amount <= 0.0:
            return
        if kind == RELEASE:
            used[at] -= amount
        else:
            if kind == FROM_BREACH:
                broken[who] -= amount
            else:
                if outside[who] >= pf[ids[who], 4] * hours[who] - EPS:
                    touch(who, ids, flow, pk, stale)
                outside[who] -= amount
            enter(at, who, amount, ids, flow, pk, pf, stale)
        _send(at, to, by, amount, ids, flow, outside, broken, hours, used, pk, pf, push_to, push_by, stale)


@njit(cache=True)
def _price_weeks(
    used: Any,
    regular: Any,
    extra: Any,
    extra_cost: float,
    tol: float,
    edge: Any,
    edge_by: Any,
    push: Any,
    push_to: Any,
    push_by: Any,
    move: Any,
    move_to: Any,
    move_by: Any,
) -> None:
    """Least cost of one more hour in every week (``push``) and of moving one out of it (``move``): Bellman & Ford."""
    T = used.shape[0]
    fresh = np.zeros(T, np.bool_)
    again = np.zeros(T, np.bool_)
    for t in range(T):
        spare = regular[t] - used[t]
        push[t], push_to[t], push_by[t] = BIG, NOWHERE, -1
        if spare > EPS:
            push[t], push_to[t] = 0.0, SPARE
        elif extra[t] + spare > EPS:
            push[t], push_to[t] = extra_cost, SPARE
        if move[t] < push[t] - tol:
            push[t], push_to[t], push_by[t] = move[t], move_to[t], move_by[t]
        fresh[t] = push[t] < BIG
    for _ in range(T + 1):
        changed = False
        for u in range(T):
            if not fresh[u]:
                continue
            for t in range(T):
                if edge[t, u] < BIG:
                    c = edge[t, u] + push[u]
                    if c < move[t] - tol:
                        move[t], move_to[t], move_by[t] = c, u, edge_by[t, u]
                    if c < push[t] - tol:
                        push[t], push_to[t], push_by[t] = c, u, edge_by[t, u]
                        again[t] = True
                        changed = True
        for t in range(T):
            fresh[t] = again[t]
            again[t] = False
        if not changed:
            return


@njit(cache=True)
def _best_move(
    n: int,
    ids: Any,
    flow: Any,
    outside: Any,
    broken: Any,
    hours: Any,
    used: Any,
    regular: Any,
    extra_cost: float,
    tol: float,
    pk: Any,
    pf: Any,
    push: Any,
    move: Any,
) -> tuple[int, int, int]:
    """(kind, week, slot) of the move that saves most per hour; kind ``NONE`` when none saves anything."""
    best, kind, at, who = -tol, NONE, -1, -1
    for t in range(used.shape[0]):
        if used[t] > EPS and move[t] < BIG:
            saved = extra_cost if used[t] - regular[t] > EPS else 0.0
            if move[t] - saved < best:
                best, kind, at = move[t] - saved, RELEASE, t
    for k in range(n):
        p = ids[k]
        if outside[k] <= EPS and broken[k] <= EPS:
            continue
        for t in range(pk[p, 0], pk[p, 1] + 1):
            if flow[t, k] < pf[p, 0] - EPS and push[t] < BIG:
                c = late(t, pk[p, 2], pf[p, 1], pf[p, 2]) + push[t]
                if outside[k] > EPS and c - pf[p, 3] < best:
                    best, kind, at, who = c - pf[p, 3], FROM_OUTSIDE, t, k
                if broken[k] > EPS and c - pf[p, 5] < best:
                    best, kind, at, who = c - pf[p, 5], FROM_BREACH, t, k
        free = pf[p, 3] < BIG and outside[k] < pf[p, 4] * hours[k] - EPS
        if free and broken[k] > EPS and pf[p, 3] - pf[p, 5] < best:
            best, kind, who = pf[p, 3] - pf[p, 5], BREACH_TO_OUTSIDE, k
    return kind, at, who


@njit(cache=True)
def _room_along(
    at: int,
    to: int,
    by: int,
    amount: float,
    ids: Any,
    flow: Any,
    outside: Any,
    hours: Any,
    used: Any,
    regular: Any,
    extra: Any,
    pf: Any,
    push_to: Any,
    push_by: Any,
) -> Any:
    """How many of ``amount`` hours the path from week ``at`` can take; 0 should it turn in a circle."""
    t = at
    for _ in range(used.shape[0] + 1):
        if to == SPARE:
            room = regular[t] - used[t]
            return min(amount, room if room > EPS else room + extra[t])
        amount = min(amount, flow[t, by])
        if to == OUTSIDE:
            return min(amount, pf[ids[by], 4] * hours[by] - outside[by])
        if to == BREACH:
            return amount
        amount = min(amount, pf[ids[by], 0] - flow[to, by])
        t = to
        to, by = push_to[t], push_by[t]
    return 0.0


@njit(cache=True)
def _send(
    at: int,
    to: int,
    by: int,
    amount: float,
    ids: Any,
    flow: Any,
    outside: Any,
    broken: Any,
    hours: Any,
    used: Any,
    pk: Any,
    pf: Any,
    push_to: Any,
    push_by: Any,
    stale: Any,
) -> None:
    """Move ``amount`` hours along the path from week ``at``."""
    t = at
    while to != SPARE:
        leave(t, by, amount, ids, flow, pk, pf, stale)
        if to == OUTSIDE:
            outside[by] += amount
            if outside[by] >= pf[ids[by], 4] * hours[by] - EPS:
                touch(by, ids, flow, pk, stale)
            return
        if to == BREACH:
            broken[by] += amount
            return
        enter(to, by, amount, ids, flow, pk, pf, stale)
        t = to
        to, by = push_to[t], push_by[t]
    used[t] += amount
