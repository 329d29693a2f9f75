"""One resource in one scenario: where each hour worked could go instead, and what that would cost.

``row`` (F,) holds the shares (see :mod:`pursuit.selection.tables`); ``used``, ``regular`` (R, T) are hours taken and
regular hours there are.
"""

from __future__ import annotations

from typing import Any

from numba import njit

from pursuit.selection.compiled import BIG
from pursuit.selection.links import cost_elsewhere, saved_elsewhere
from pursuit.selection.pricing import late
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

EPS = 1e-6
"""Hours that are too few to move."""

OUTSIDE, UNDONE, SPARE, NOWHERE = -1, -2, -3, -9
"""Where an hour can go that no other week takes: outside, undone, into the week's own spare hours, or nowhere."""


@njit(cache=True)
def pays(r: int, n: int, at: Any, per: Any, row: Any, used: Any, regular: Any) -> bool:
    """Whether anything on this resource costs money: overtime, work outside or not done, lateness."""
    for t in range(used.shape[1]):
        if used[r, t] > regular[r, t] + EPS:
            return True
    for k in range(n):
        o, hours = at[k, A_OUT], per[k, HOURS]
        if row[o] * hours > EPS or row[o + 1] * hours > EPS:
            return True
        for t in range(max(at[k, A_DUE] + 1, at[k, A_FIRST]), at[k, A_LAST] + 1):
            if row[at[k, A_OFF] + t] * hours > EPS:
                return True
    return False


@njit(cache=True)
def touch(k: int, at: Any, per: Any, row: Any, stale: Any) -> None:
    """Mark every week in which a package has hours: its ways out of them have changed."""
    for t in range(at[k, A_FIRST], at[k, A_LAST] + 1):
        if row[at[k, A_OFF] + t] * per[k, HOURS] > EPS:
            stale[t] = True


@njit(cache=True)
def enter(week: int, k: int, hours: float, at: Any, per: Any, row: Any, stale: Any) -> None:
    """Put hours of a package into a week; marks the weeks whose ways out have changed, and no others."""
    j, whole = at[k, A_OFF] + week, per[k, HOURS]
    if row[j] * whole <= EPS:
        stale[week] = True
    row[j] += hours / whole
    if at[k, A_KIND] == LINKED or (per[k, MOST] - row[j]) * whole <= EPS:
        touch(k, at, per, row, stale)


@njit(cache=True)
def leave(week: int, k: int, hours: float, at: Any, per: Any, row: Any, stale: Any) -> None:
    """Take hours of a package out of a week; marks the weeks whose ways out have changed, and no others."""
    j, whole = at[k, A_OFF] + week, per[k, HOURS]
    if at[k, A_KIND] == LINKED or (per[k, MOST] - row[j]) * whole <= EPS:
        touch(k, at, per, row, stale)
    row[j] = max(row[j] - hours / whole, 0.0)
    if row[j] * whole <= EPS:
        stale[week] = True


@njit(cache=True)
def ways_out(
    t: int,
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
) -> None:
    """Cheapest way of one hour worked in week ``t`` to every other week, outside or undone; written to the desk."""
    edge, edge_by, out, out_to, out_by = d.edge, d.edge_by, d.out, d.out_to, d.out_by
    out[t], out_to[t], out_by[t] = BIG, NOWHERE, -1
    for u in range(edge.shape[0]):
        edge[u, t] = BIG
    for k in range(n):
        first, last = at[k, A_FIRST], at[k, A_LAST]
        if t < first or t > last or at[k, A_KIND] == STIFF:
            continue
        off, hours = at[k, A_OFF], per[k, HOURS]
        if row[off + t] * hours <= EPS:
            continue
        due, lc, cap = at[k, A_DUE], per[k, LATE_COST], per[k, LATE_CAP]
        here = late(t, due, lc, cap)
        if at[k, A_KIND] == LINKED:
            here += saved_elsewhere(at[k, A_PACKAGE], r, t, s, hours, used, regular, book, w)
        g = per[k, OUT_COST] - here
        if g < out[t] and (per[k, OUT_MOST] - row[at[k, A_OUT]]) * hours > EPS:
            out[t], out_to[t], out_by[t] = g, OUTSIDE, k
        q = per[k, BREACH_COST] - here
        if q < out[t]:
            out[t], out_to[t], out_by[t] = q, UNDONE, k
        if at[k, A_KIND] == LINKED:
            _linked_ways(t, s, r, k, here, at, per, row, used, regular, book, w, d)
            continue
        full = per[k, MOST] - EPS / hours
        for u in range(first, last + 1):
            if row[off + u] < full and u != t:
                c = late(u, due, lc, cap) - here
                if c < edge[u, t]:
                    edge[u, t] = c
                    edge_by[u, t] = k


@njit(cache=True)
def _linked_ways(
    t: int, s: int, r: int, k: int, here: float, at: Any, per: Any, row: Any, used: Any, regular: Any, book: Any,
    w: Any, d: Any,
) -> None:  # fmt: skip
    """Ways of a linked package to other weeks, as far as its other resources allow."""
    edge, edge_by, p = d.edge, d.edge_by, at[k, A_PACKAGE]
    off, hours, due = at[k, A_OFF], per[k, HOURS], at[k, A_DUE]
    full = per[k, MOST] - EPS / hours
    for u in range(at[k, A_FIRST], at[k, A_LAST] + 1):
        if row[off + u] < full and u != t:
            c = late(u, due, per[k, LATE_COST], per[k, LATE_CAP]) - here
            c += cost_elsewhere(p, r, u, s, hours, used, regular, book, w)
            if c < edge[u, t]:
                edge[u, t], edge_by[u, t] = c, k
