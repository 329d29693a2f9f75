"""The second stage, exactly: in one future, on one resource, chosen work flows into weeks at least cost.

With one resource per package the loading of a future falls apart by resource into transportation problems
(work to weeks, with overtime, subcontracting and breach as dearer ways out). Each is kept optimal by augmenting along
cheapest paths (Ford & Fulkerson 1962; Ahuja, Magnanti & Orlin 1993, ch. 9): after work comes or goes, improve until no
unit of work can be moved to lower the cost.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, prange

from pursuit.selection.flow import EPS, cost_of
from pursuit.selection.paths import improve


@njit(cache=True)
def insert(
    n: int,
    p: int,
    need: float,
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
) -> int:
    """Add one package: into spare hours, the rest unserved, then improve; returns the new number."""
    ids[n] = p
    flow[:, n] = 0.0
    outside[n] = 0.0
    left = need
    for t in range(
        pk[p, 0], min(pk[p, 1], pk[p, 2]) + 1
    ):  # spare hours in time cost nothing, so nothing can be cheaper
        if left <= EPS:
            break
        room = min(regular[t] - used[t], pf[p, 0], left)
        if room > EPS:
            flow[t, n] = room
            used[t] += room
            left -= room
    broken[n] = left if left > EPS else 0.0
    hours[n] = need
    if broken[n] == 0.0:
        return n + 1
    improve(n + 1, ids, flow, outside, broken, hours, used, regular, extra, extra_cost, tol, pk, pf)
    return n + 1


@njit(cache=True)
def withdraw(n: int, k: int, ids: Any, flow: Any, outside: Any, broken: Any, hours: Any, used: Any) -> int:
    """Take the package in slot ``k`` away; the last slot moves into its place. Returns the new number."""
    for t in range(used.shape[0]):
        used[t] -= flow[t, k]
        if used[t] < 0:
            used[t] = 0.0
    m = n - 1
    ids[k] = ids[m]
    flow[:, k] = flow[:, m]
    outside[k] = outside[m]
    broken[k] = broken[m]
    hours[k] = hours[m]
    return m


@njit(cache=True)
def _fits(
    s: int,
    r: int,
    adds: Any,
    opt_start: Any,
    pkg_resource: Any,
    active_hours: Any,
    pk: Any,
    pf: Any,
    used: Any,
    regular: Any,
) -> bool:
    """Whether the work of ``adds`` on a resource finds spare regular hours in time without moving anything."""
    spare = regular - used
    for a in adds:
        for p in range(opt_start[a], opt_start[a + 1]):
            if pkg_resource[p] != r:
                continue
            left = active_hours[p, s]
            for t in range(pk[p, 0], min(pk[p, 1], pk[p, 2]) + 1):
                if left <= EPS:
                    break
                room = min(spare[t], pf[p, 0], left)
                if room > EPS:
                    spare[t] -= room
                    left -= room
            if left > EPS:
                return False
    return True


@njit(cache=True, parallel=True)
def change(
    commit: bool,
    drops: Any,
    adds: Any,
    refill: Any,
    count: Any,
    ids: Any,
    flow: Any,
    outside: Any,
    broken: Any,
    hours: Any,
    used: Any,
    regular: Any,
    extra: Any,
    extra_cost: Any,
    tol: float,
    pk: Any,
    pf: Any,
    pkg_resource: Any,
    active_hours: Any,
    opt_start: Any,
    touched: Any,
    costs: Any,
    which: Any,
    out: Any,
) -> None:
    """What dropping and adding options costs in every future; written back only when ``commit``.

    ``active_hours`` is (P, S), 0 where a package does not come; ``touched`` (R,) the resources concerned; ``refill``
    (R,) those whose capacity fell, loaded anew. ``costs`` (S, R) is today's cost, ``out`` (S,) receives the change in
    the futures ``which``.
    """
    R = count.shape[1]
    T = used.shape[2]
    for n_future in prange(len(which)):
        s = which[n_future]
        delta = 0.0
        for r in range(R):
            if not touched[r]:
                continue
            any_change = refill[r]
            for d in drops:
                for p in range(opt_start[d], opt_start[d + 1]):
                    if pkg_resource[p] == r and active_hours[p, s] > 0:
                        any_change = True
            arriving = 0
            for a in adds:
                for p in range(opt_start[a], opt_start[a + 1]):
                    if pkg_resource[p] == r and active_hours[p, s] > 0:
                        arriving += 1
            if not any_change and arriving == 0:
                continue
            # Where nothing costs anything today, what leaves saves nothing, and what comes may fit into spare hours.
            idle = not commit and not refill[r] and costs[s, r] == 0.0
            if idle and _fits(
                s, r, adds, opt_start, pkg_resource, active_hours, pk, pf, used[s, r], regular[r]
            ):
                continue
            n = count[s, r]
            size = n + arriving
            l_ids = np.empty(size, np.int64)
            l_flow = np.zeros((T, size))
            l_out = np.empty(size)
            l_brk = np.empty(size)
            l_hrs = np.empty(size)
            l_used = used[s, r].copy()
            l_ids[:n] = ids[s, r, :n]
            l_flow[:, :n] = flow[s, r, :, :n]
            l_out[:n] = outside[s, r, :n]
            l_brk[:n] = broken[s, r, :n]
            l_hrs[:n] = hours[s, r, :n]
            for d in drops:
                for p in range(opt_start[d], opt_start[d + 1]):
                    if pkg_resource[p] == r and active_hours[p, s] > 0:
                        for k in range(n):
                            if l_ids[k] == p:
                                n = withdraw(n, k, l_ids, l_flow, l_out, l_brk, l_hrs, l_used)
                                break
            if refill[r]:
                m = n
                kept = l_ids[:m].copy()
                l_used[:] = 0.0
                n = 0
                for k in range(m):
                    n = insert(
                        n,
                        kept[k],
                        active_hours[kept[k], s],
                        l_ids,
                        l_flow,
                        l_out,
                        l_brk,
                        l_hrs,
                        l_used,
                        regular[r],
                        extra[r],
                        extra_cost[r],
                        tol,
                        pk,
                        pf,
                    )
            elif any_change:
                improve(
                    n,
                    l_ids,
                    l_flow,
                    l_out,
                    l_brk,
                    l_hrs,
                    l_used,
                    regular[r],
                    extra[r],
                    extra_cost[r],
                    tol,
                    pk,
                    pf,
                )
            for a in adds:
                for p in range(opt_start[a], opt_start[a + 1]):
                    if pkg_resource[p] == r and active_hours[p, s] > 0:
                        n = insert(
                            n,
                            p,
                            active_hours[p, s],
                            l_ids,
                            l_flow,
                            l_out,
                            l_brk,
                            l_hrs,
                            l_used,
                            regular[r],
                            extra[r],
                            extra_cost[r],
                            tol,
                            pk,
                            pf,
                        )
            cost = cost_of(n, l_ids, l_flow, l_out, l_brk, l_used, regular[r], extra_cost[r], pk, pf)
            delta += cost - costs[s, r]
            if commit:
                count[s, r] = n
                ids[s, r, :n] = l_ids[:n]
                flow[s, r, :, :n] = l_flow[:, :n]
                outside[s, r, :n] = l_out[:n]
                broken[s, r, :n] = l_brk[:n]
                hours[s, r, :n] = l_hrs[:n]
                used[s, r] = l_used
                costs[s, r] = cost
        out[s] = delta
