"""The cheapest way to move work: augmenting paths in the transportation problem of one resource.

The packages of one resource in one scenario and its weeks form a transportation problem, with overtime, subcontracting
and breach as dearer ways out; it is optimal when no improving path is left (Ford & Fulkerson 1962; Ahuja, Magnanti &
Orlin 1993, ch. 9). Packages on several resources take part as far as the other ones have room.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from pursuit.selection.compiled import BIG
from pursuit.selection.flow import EPS, NOWHERE, OUTSIDE, SPARE, UNDONE, enter, leave, pays, touch, ways_out
from pursuit.selection.links import cost_elsewhere, move_elsewhere, room_elsewhere
from pursuit.selection.pricing import late
from pursuit.selection.problem import Bools, Floats, Ints
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
    OUT_MOST,
    STIFF,
)

RELEASE, FROM_OUTSIDE, FROM_UNDONE, UNDONE_TO_OUTSIDE, NONE = 0, 1, 2, 3, -1
"""Kinds of improving moves: free a week; bring an hour back from outside or undone; give an undone one outside."""

MOST_PATHS = 400
"""Most paths in one go: hardly ever met, but a loop must end."""

LITTLE = 1e-6
"""Share of a resource's week for which linked work is not worth moving."""

PATIENCE = 10
"""Rounds without progress, while ways of linked work are closed, before giving up."""

MOST_TOGETHER = 24
"""Most paths taken on one pricing of the weeks."""


class Desk(NamedTuple):
    """Room to work in for one resource; all by week.

    ``edge[u, t]`` what moving an hour from week t to u costs and ``edge_by`` whose hour it is; ``stale`` weeks to look
    at again; ``out`` the cheapest way outside or undone; ``push`` least cost of one more hour in a week, ``move`` least
    cost of taking one out of it, each with where it goes and whose hour it is.
    """

    edge: Floats
    edge_by: Ints
    stale: Bools
    out: Floats
    out_to: Ints
    out_by: Ints
    push: Floats
    push_to: Ints
    push_by: Ints
    move: Floats
    move_to: Ints
    move_by: Ints


@njit(cache=True)
def desk(T: int) -> Any:
    """An empty desk for ``T`` weeks."""
    return Desk(
        np.empty((T, T)), np.empty((T, T), np.int64), np.ones(T, np.bool_),
        np.empty(T), np.empty(T, np.int64), np.empty(T, np.int64),
        np.empty(T), np.empty(T, np.int64), np.empty(T, np.int64),
        np.empty(T), np.empty(T, np.int64), np.empty(T, np.int64),
    )  # fmt: skip


@njit(cache=True)
def price_weeks(
    s: int, r: int, n: int, at: Any, per: Any, row: Any, used: Any, regular: Any, book: Any, w: Any, d: Any
) -> int:
    """Least cost of one more hour in every week (``push``) and of moving one out of it (``move``): Bellman & Ford.

    Returns a week on a circle along which work can be moved at a saving, -1 if there is none.
    """
    T, tol = used.shape[1], book.tol
    fresh, again = np.zeros(T, np.bool_), np.zeros(T, np.bool_)
    for t in range(T):
        if d.stale[t]:
            d.stale[t] = False
            ways_out(t, s, r, n, at, per, row, used, regular, book, w, d)
        d.move[t], d.move_to[t], d.move_by[t] = d.out[t], d.out_to[t], d.out_by[t]
        spare = regular[r, t] - used[r, t]
        d.push[t], d.push_to[t], d.push_by[t] = BIG, NOWHERE, -1
        if spare > EPS:
            d.push[t], d.push_to[t] = 0.0, SPARE
        elif book.overtime[r, t] + spare > EPS:
            d.push[t], d.push_to[t] = book.overtime_cost[r], SPARE
        if d.move[t] < d.push[t] - tol:
            d.push[t], d.push_to[t], d.push_by[t] = d.move[t], d.move_to[t], d.move_by[t]
        fresh[t] = d.push[t] < BIG
    changed = -1
    for _ in range(T + 1):
        changed = -1
        for u in range(T):
            if not fresh[u]:
                continue
            for t in range(T):
                if d.edge[u, t] < BIG:
                    c = d.edge[u, t] + d.push[u]
                    if c < d.move[t] - tol:
                        d.move[t], d.move_to[t], d.move_by[t] = c, u, d.edge_by[u, t]
                    if c < d.push[t] - tol:
                        d.push[t], d.push_to[t], d.push_by[t] = c, u, d.edge_by[u, t]
                        again[t] = True
                        changed = t
        for t in range(T):
            fresh[t] = again[t]
            again[t] = False
        if changed < 0:
            return -1
    for _ in range(T):  # back along the pointers until certainly on the circle
        if d.push_to[changed] < 0:
            return -1
        changed = d.push_to[changed]
    return changed


@njit(cache=True)
def turn(
    start: int, s: int, r: int, at: Any, per: Any, row: Any, used: Any, regular: Any, book: Any, w: Any, d: Any,
    dirty: Any, little: float,
) -> None:  # fmt: skip
    """Move work around the circle through week ``start`` as far as it goes; an edge without room is closed."""
    amount, linked, t = BIG, 0, start
    while True:
        linked += at[d.push_by[t], A_KIND] == LINKED
        t = d.push_to[t]
        if t == start:
            break
    tight = start
    while True:
        to, by = d.push_to[t], d.push_by[t]
        hours = per[by, HOURS]
        share = min(row[at[by, A_OFF] + t], per[by, MOST] - row[at[by, A_OFF] + to])
        if at[by, A_KIND] == LINKED:
            share = (
                min(share, room_elsewhere(at[by, A_PACKAGE], r, t, to, s, used, regular, book, w)) / linked
            )
        here = share * hours
        if here < amount:
            amount, tight = here, t
        t = to
        if t == start:
            break
    if (amount <= little and linked > 0) or amount <= 0.0:
        d.edge[d.push_to[tight], tight] = BIG
        return
    while True:
        to, by = d.push_to[t], d.push_by[t]
        leave(t, by, amount, at, per, row, d.stale)
        if at[by, A_KIND] == LINKED:
            _move_linked(by, t, to, amount / per[by, HOURS], s, r, at, used, w, dirty)
        enter(to, by, amount, at, per, row, d.stale)
        t = to
        if t == start:
            return


@njit(cache=True)
def close(t: int, to: int, by: int, at: Any, d: Any) -> bool:
    """Close the ways of linked packages on a path that turned out to have no room; False where there are none."""
    found = False
    for _ in range(len(d.push) + 1):
        if to in (SPARE, NOWHERE):
            return found
        if at[by, A_KIND] == LINKED:
            found = True
            if to >= 0:
                d.edge[to, t] = BIG
            else:
                d.out[t] = BIG
        if to < 0:
            return found
        t = to
        to, by = d.push_to[t], d.push_by[t]
    return found


@njit(cache=True)
def linked_along(t: int, to: int, by: int, at: Any, d: Any) -> int:
    """Number of linked packages that the path from week ``t`` moves."""
    count = 0
    for _ in range(len(d.push) + 1):
        if to in (SPARE, NOWHERE):
            return int(count)
        count += at[by, A_KIND] == LINKED
        if to < 0:
            return int(count)
        t = to
        to, by = d.push_to[t], d.push_by[t]
    return int(count)


@njit(cache=True)
def outdated(
    t: int, to: int, by: int, s: int, r: int, at: Any, per: Any, row: Any, used: Any, regular: Any, book: Any, w: Any,
    d: Any,
) -> bool:  # fmt: skip
    """Whether a linked package on the path from week ``t`` now costs more than the desk says; its week is looked at
    again then. What one linked package does changes the costs of others, and only those that matter are kept up.
    """
    for _ in range(len(d.push) + 1):
        if to in (SPARE, NOWHERE):
            return False
        if at[by, A_KIND] == LINKED:
            known = d.edge[to, t] if to >= 0 else d.out[t]
            ways_out(t, s, r, len(at), at, per, row, used, regular, book, w, d)
            now = d.edge[to, t] if to >= 0 else d.out[t]
            if (
                now > known + book.tol
                or (to >= 0 and d.edge_by[to, t] != by)
                or (to < 0 and d.out_by[t] != by)
            ):
                return True
        if to < 0:
            return False
        t = to
        to, by = d.push_to[t], d.push_by[t]
    return False


@njit(cache=True)
def room_along(
    t: int, to: int, by: int, amount: float, sharing: int, s: int, r: int, at: Any, per: Any, row: Any, used: Any,
    regular: Any, book: Any, w: Any, d: Any,
) -> Any:  # fmt: skip
    """How many of ``amount`` hours the path from week ``t`` can take; 0 should it turn in a circle.

    Linked packages on the path may lean on the same room, so each may use only its part of it; ``sharing`` more do.
    """
    linked = sharing + linked_along(t, to, by, at, d)
    for _ in range(used.shape[1] + 1):
        if to == SPARE:
            room = regular[r, t] - used[r, t]
            return min(amount, room if room > EPS else room + book.overtime[r, t])
        if to == NOWHERE:
            return 0.0
        hours = per[by, HOURS]
        share = row[at[by, A_OFF] + t]
        if to >= 0:
            share = min(share, per[by, MOST] - row[at[by, A_OFF] + to])
        elif to == OUTSIDE:
            share = min(share, per[by, OUT_MOST] - row[at[by, A_OUT]])
        if at[by, A_KIND] == LINKED:
            target = to if to >= 0 else -1
            share = (
                min(share, room_elsewhere(at[by, A_PACKAGE], r, t, target, s, used, regular, book, w))
                / linked
            )
        amount = min(amount, share * hours)
        if to < 0:
            return amount
        t = to
        to, by = d.push_to[t], d.push_by[t]
    return 0.0


@njit(cache=True)
def send(
    t: int, to: int, by: int, amount: float, s: int, r: int, at: Any, per: Any, row: Any, used: Any, w: Any, d: Any,
    dirty: Any,
) -> None:  # fmt: skip
    """Move ``amount`` hours along the path from week ``t``; marks resources of linked packages as ``dirty`` (R,)."""
    while to != SPARE:
        leave(t, by, amount, at, per, row, d.stale)
        hours = per[by, HOURS]
        if at[by, A_KIND] == LINKED:
            _move_linked(by, t, to if to >= 0 else -1, amount / hours, s, r, at, used, w, dirty)
        if to in (OUTSIDE, UNDONE):
            o = at[by, A_OUT] + (1 if to == UNDONE else 0)
            row[o] += amount / hours
            if at[by, A_KIND] == LINKED or (to == OUTSIDE and (per[by, OUT_MOST] - row[o]) * hours <= EPS):
                touch(by, at, per, row, d.stale)
            return
        enter(to, by, amount, at, per, row, d.stale)
        t = to
        to, by = d.push_to[t], d.push_by[t]
    used[r, t] += amount


@njit(cache=True)
def _move_linked(
    k: int, source: int, target: int, share: float, s: int, r: int, at: Any, used: Any, w: Any, dirty: Any
) -> None:
    p = at[k, A_PACKAGE]
    move_elsewhere(p, r, source, target, share, s, used, w)
    for u in range(w.use_start[p], w.use_start[p + 1]):
        if w.use_resource[u] != r:
            dirty[w.use_resource[u]] = True


@njit(cache=True)
def improve(
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
    dirty: Any,
) -> int:
    """Move work along improving paths until there is none; returns the number of rounds.

    A round prices the weeks once and then takes every path found that no earlier one of the round has touched.
    """
    if not pays(r, n, at, per, row, used, regular):
        return 0  # nothing costs anything, so nothing can be improved
    T = used.shape[1]
    d = desk(T)
    saving, kind, week = np.empty(T + n), np.empty(T + n, np.int64), np.empty(T + n, np.int64)
    little, patience = LITTLE * regular[r].max(), PATIENCE
    for done in range(MOST_PATHS):
        circle = price_weeks(s, r, n, at, per, row, used, regular, book, w, d)
        if circle >= 0:
            turn(circle, s, r, at, per, row, used, regular, book, w, d, dirty, little)
            continue
        found = _moves(s, r, n, at, per, row, used, regular, book, w, d, saving, kind, week)
        if found == 0:
            return done
        taken, closed = 0, False
        for j in np.argsort(saving)[: min(found, MOST_TOGETHER)]:
            who = j - T
            if taken > 0 and _touched(kind[j], week[j], who, at, d):
                continue
            amount = _carry_out(
                kind[j], week[j], who, s, r, n, at, per, row, used, regular, book, w, d, dirty, little
            )
            if amount > 0.0:
                taken += 1
            elif amount < 0.0:
                closed = True
        patience = PATIENCE if taken > 0 else patience - 1
        if (taken == 0 and not closed) or patience < 0:
            return done
    return MOST_PATHS


@njit(cache=True)
def _touched(kind: int, week: int, who: int, at: Any, d: Any) -> bool:
    """Whether a path of this round has changed a week on the way of this move, so that it must be priced again."""
    if kind == UNDONE_TO_OUTSIDE:
        return False
    to = d.move_to[week] if kind == RELEASE else d.push_to[week]
    for _ in range(len(d.push) + 1):
        if d.stale[week]:
            return True
        if to < 0:
            return False
        week = to
        to = d.push_to[week]
    return True


@njit(cache=True)
def _carry_out(
    kind: int, week: int, who: int, s: int, r: int, n: int, at: Any, per: Any, row: Any, used: Any, regular: Any,
    book: Any, w: Any, d: Any, dirty: Any, little: float,
) -> float:  # fmt: skip
    """Take one improving move as far as it goes: hours moved, 0 if there is no room, -1 if ways have been closed."""
    if kind == UNDONE_TO_OUTSIDE:
        o = at[who, A_OUT]
        share = min(row[o + 1], per[who, OUT_MOST] - row[o])
        row[o] += share
        row[o + 1] -= share
        touch(who, at, per, row, d.stale)
        if at[who, A_KIND] == LINKED:
            _move_linked(who, -1, -1, 0.0, s, r, at, used, w, dirty)  # its cost may be counted elsewhere
        return float(share * per[who, HOURS])
    if kind == RELEASE:
        to, by = d.move_to[week], d.move_by[week]
        over = used[r, week] - regular[r, week]
        amount = over if over > EPS else used[r, week]
    else:
        to, by = d.push_to[week], d.push_by[week]
        amount = 0.0
    if outdated(week, to, by, s, r, at[:n], per, row, used, regular, book, w, d):
        return -1.0
    if kind == RELEASE:
        amount = room_along(week, to, by, amount, 0, s, r, at, per, row, used, regular, book, w, d)
    else:
        amount = _bring_back(kind, week, who, s, r, at, per, row, used, regular, book, w, d)
    if amount <= little:
        if close(week, to, by, at, d):
            return -1.0
        if amount <= 0.0:
            return 0.0
    if kind == RELEASE:
        used[r, week] -= amount
        d.stale[week] = True
    else:
        o, hours = at[who, A_OUT], per[who, HOURS]
        if kind == FROM_UNDONE:
            row[o + 1] = max(row[o + 1] - amount / hours, 0.0)
        else:
            if (per[who, OUT_MOST] - row[o]) * hours <= EPS:
                touch(who, at, per, row, d.stale)
            row[o] = max(row[o] - amount / hours, 0.0)
        if at[who, A_KIND] == LINKED:
            _move_linked(who, -1, week, amount / hours, s, r, at, used, w, dirty)
        enter(week, who, amount, at, per, row, d.stale)
        d.stale[week] = True
    send(week, to, by, amount, s, r, at, per, row, used, w, d, dirty)
    return float(amount)


@njit(cache=True)
def _bring_back(
    kind: int, week: int, who: int, s: int, r: int, at: Any, per: Any, row: Any, used: Any, regular: Any, book: Any,
    w: Any, d: Any,
) -> float:  # fmt: skip
    """Hours that can come back from outside or undone into a week."""
    o, hours = at[who, A_OUT], per[who, HOURS]
    there = row[o] if kind == FROM_OUTSIDE else row[o + 1]
    share = min(there, per[who, MOST] - row[at[who, A_OFF] + week])
    to, by = d.push_to[week], d.push_by[week]
    sharing = 0
    if at[who, A_KIND] == LINKED:
        sharing = 1
        share = min(share, room_elsewhere(at[who, A_PACKAGE], r, -1, week, s, used, regular, book, w))
        share /= 1 + linked_along(week, to, by, at, d)
    return float(
        room_along(week, to, by, share * hours, sharing, s, r, at, per, row, used, regular, book, w, d)
    )


@njit(cache=True)
def _moves(
    s: int, r: int, n: int, at: Any, per: Any, row: Any, used: Any, regular: Any, book: Any, w: Any, d: Any,
    saving: Any, kind: Any, week: Any,
) -> int:  # fmt: skip
    """What each week (first T) and each package could do best: (negative) saving per hour, kind, week; how many can."""
    T, found = used.shape[1], 0
    for t in range(T):
        saving[t] = 0.0
        if used[r, t] > EPS and d.move[t] < BIG:
            money = d.move[t] - (book.overtime_cost[r] if used[r, t] - regular[r, t] > EPS else 0.0)
            if money < -book.tol:
                saving[t], kind[t], week[t] = money, RELEASE, t
                found += 1
    for k in range(n):
        j, o, hours = T + k, at[k, A_OUT], per[k, HOURS]
        saving[j] = 0.0
        outside, undone = row[o] * hours > EPS, row[o + 1] * hours > EPS
        if not (outside or undone) or at[k, A_KIND] == STIFF:
            continue
        g, q = per[k, OUT_COST], per[k, BREACH_COST]
        top = q if undone else g
        best = -book.tol
        for t in range(at[k, A_FIRST], at[k, A_LAST] + 1):
            if d.push[t] - top >= best or (per[k, MOST] - row[at[k, A_OFF] + t]) * hours <= EPS:
                continue
            c = late(t, at[k, A_DUE], per[k, LATE_COST], per[k, LATE_CAP]) + d.push[t]
            if at[k, A_KIND] == LINKED and c - top < best:
                c += cost_elsewhere(at[k, A_PACKAGE], r, t, s, hours, used, regular, book, w)
            if c - top < best:
                best, week[j] = c - top, t
                kind[j] = FROM_UNDONE if undone else FROM_OUTSIDE
        if undone and (per[k, OUT_MOST] - row[o]) * hours > EPS and g - q < best:
            best, kind[j] = g - q, UNDONE_TO_OUTSIDE
        if best < -book.tol:
            saving[j] = best
            found += 1
    return found
