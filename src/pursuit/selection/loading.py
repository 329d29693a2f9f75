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

EPS = 1e-6
BIG = 1e300


@njit(cache=True, inline="always")
def late(week: int, due: int, cost: float, cap: float) -> float:
    """Money per hour worked in ``week`` when it was due in ``due``."""
    if week <= due:
        return 0.0
    money = cost * (week - due)
    return money if money < cap else cap


@njit(cache=True)
def _pays(n: int, ids: Any, flow: Any, outside: Any, broken: Any, used: Any, regular: Any, pk: Any) -> bool:
    """Whether anything in this loading costs money: overtime, work outside or not done, lateness."""
    for t in range(used.shape[0]):
        if used[t] > regular[t] + EPS:
            return True
    for k in range(n):
        if outside[k] > EPS or broken[k] > EPS:
            return True
        for t in range(pk[ids[k], 2] + 1, pk[ids[k], 1] + 1):
            if flow[t, k] > EPS:
                return True
    return False


@njit(cache=True)
def _touch(k: int, ids: Any, flow: Any, pk: Any, stale: Any) -> None:
    """Mark every week in which package slot ``k`` has hours: its ways out of them have changed."""
    for t in range(pk[ids[k], 0], pk[ids[k], 1] + 1):
        if flow[t, k] > EPS:
            stale[t] = True


@njit(cache=True)
def _enter(week: int, k: int, amount: float, ids: Any, flow: Any, pk: Any, pf: Any, stale: Any) -> None:
    """Put hours of slot ``k`` into a week; marks the weeks whose ways out have changed, and no others."""
    if flow[week, k] <= EPS:
        stale[week] = True
    flow[week, k] += amount
    if flow[week, k] >= pf[ids[k], 0] - EPS:
        _touch(k, ids, flow, pk, stale)


@njit(cache=True)
def _leave(week: int, k: int, amount: float, ids: Any, flow: Any, pk: Any, pf: Any, stale: Any) -> None:
    """Take hours of slot ``k`` out of a week; marks the weeks whose ways out have changed, and no others."""
    if flow[week, k] >= pf[ids[k], 0] - EPS:
        _touch(k, ids, flow, pk, stale)
    flow[week, k] -= amount
    if flow[week, k] <= EPS:
        stale[week] = True


@njit(cache=True)
def _ways_out(
    t: int,
    n: int,
    ids: Any,
    flow: Any,
    outside: Any,
    hours: Any,
    pk: Any,
    pf: Any,
    edge: Any,
    edge_by: Any,
    leave: Any,
    leave_to: Any,
    leave_by: Any,
) -> None:
    """Cheapest way of one hour worked in week ``t`` to every other week, outside, or into breach."""
    leave[t] = BIG
    leave_to[t] = -9
    leave_by[t] = -1
    edge[:] = BIG
    for k in range(n):
        if flow[t, k] <= EPS:
            continue
        p = ids[k]
        due, lc, cap = pk[p, 2], pf[p, 1], pf[p, 2]
        here = late(t, due, lc, cap)
        if pf[p, 3] < BIG and outside[k] < pf[p, 4] * hours[k] - EPS and pf[p, 3] - here < leave[t]:
            leave[t] = pf[p, 3] - here
            leave_to[t] = -1
            leave_by[t] = k
        if pf[p, 5] - here < leave[t]:
            leave[t] = pf[p, 5] - here
            leave_to[t] = -2
            leave_by[t] = k
        for u in range(pk[p, 0], pk[p, 1] + 1):
            if u != t and flow[u, k] < pf[p, 0] - EPS:
                c = late(u, due, lc, cap) - here
                if c < edge[u]:
                    edge[u] = c
                    edge_by[u] = k


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
    """Move work along the best improving path until there is none; all arrays are changed in place.

    ``pk`` holds (first, last, due) and ``pf`` (rate, late_cost, late_cap, sub_cost, sub_share, breach_cost) by package.
    """
    T = used.shape[0]
    if not _pays(n, ids, flow, outside, broken, used, regular, pk):
        return  # nothing costs anything, so nothing can be improved
    push = np.empty(T)  # cheapest way to make room for one more hour in a week
    step_to = np.empty(
        T, np.int64
    )  # week the displaced hour moves to; -1 outside, -2 breach, -3 own spare hours
    step_by = np.empty(T, np.int64)  # slot whose hour is displaced
    move = np.empty(T)  # the same, not counting the week's own spare hours
    move_to = np.empty(T, np.int64)
    move_by = np.empty(T, np.int64)
    leave = np.empty(T)  # cheapest way out of a week that is no other week
    leave_to = np.empty(T, np.int64)
    leave_by = np.empty(T, np.int64)
    edge = np.empty((T, T))
    edge_by = np.empty((T, T), np.int64)
    stale = np.ones(T, np.bool_)
    fresh = np.zeros(T, np.bool_)
    again = np.zeros(T, np.bool_)
    for _ in range(100000):
        for t in range(T):
            if stale[t]:
                stale[t] = False
                _ways_out(
                    t, n, ids, flow, outside, hours, pk, pf, edge[t], edge_by[t], leave, leave_to, leave_by
                )
            spare = regular[t] - used[t]
            move[t] = leave[t]
            move_to[t] = leave_to[t]
            move_by[t] = leave_by[t]
            push[t] = BIG
            step_to[t] = -9
            step_by[t] = -1
            if spare > EPS:
                push[t] = 0.0
                step_to[t] = -3
            elif extra[t] + spare > EPS:
                push[t] = extra_cost
                step_to[t] = -3
            if move[t] < push[t] - tol:
                push[t] = move[t]
                step_to[t] = move_to[t]
                step_by[t] = move_by[t]
            fresh[t] = push[t] < BIG
        for _round in range(T + 1):
            changed = False
            for u in range(T):
                if not fresh[u]:
                    continue
                for t in range(T):
                    if edge[t, u] < BIG:
                        c = edge[t, u] + push[u]
                        if c < move[t] - tol:
                            move[t] = c
                            move_to[t] = u
                            move_by[t] = edge_by[t, u]
                        if c < push[t] - tol:
                            push[t] = c
                            step_to[t] = u
                            step_by[t] = edge_by[t, u]
                            again[t] = True
                            changed = True
            for t in range(T):
                fresh[t] = again[t]
                again[t] = False
            if not changed:
                break
        # the best place to take an hour from
        best = -tol
        kind = (
            -1
        )  # 0 release a week, 1 bring back from outside, 2 bring back from breach, 3 breach to outside
        at = -1
        who = -1
        for t in range(T):
            over = used[t] - regular[t]
            if used[t] > EPS and move[t] < BIG:
                saved = extra_cost if over > EPS else 0.0
                if move[t] - saved < best:
                    best = move[t] - saved
                    kind = 0
                    at = t
        for k in range(n):
            p = ids[k]
            if outside[k] <= EPS and broken[k] <= EPS:
                continue
            for t in range(pk[p, 0], pk[p, 1] + 1):
                if flow[t, k] < pf[p, 0] - EPS and push[t] < BIG:
                    c = late(t, pk[p, 2], pf[p, 1], pf[p, 2]) + push[t]
                    if outside[k] > EPS and c - pf[p, 3] < best:
                        best = c - pf[p, 3]
                        kind = 1
                        at = t
                        who = k
                    if broken[k] > EPS and c - pf[p, 5] < best:
                        best = c - pf[p, 5]
                        kind = 2
                        at = t
                        who = k
            if broken[k] > EPS and pf[p, 3] < BIG and outside[k] < pf[p, 4] * hours[k] - EPS:
                gain = pf[p, 3] - pf[p, 5]
                if gain < best:
                    best = gain
                    kind = 3
                    who = k
        if kind == -1:
            return
        if kind == 3:
            p = ids[who]
            amount = min(broken[who], pf[p, 4] * hours[who] - outside[who])
            outside[who] += amount
            broken[who] -= amount
            _touch(who, ids, flow, pk, stale)
            continue
        # how many hours can go this way
        if kind == 0:
            amount = used[at]
            if used[at] - regular[at] > EPS:
                amount = used[at] - regular[at]
            nxt, by = move_to[at], move_by[at]
        else:
            p = ids[who]
            amount = min(outside[who] if kind == 1 else broken[who], pf[p, 0] - flow[at, who])
            nxt, by = step_to[at], step_by[at]
        t = at
        hops = 0
        while True:
            hops += 1
            if nxt == -3:
                room = regular[t] - used[t]
                if room <= EPS:
                    room = regular[t] + extra[t] - used[t]
                amount = min(amount, room)
                break
            amount = min(amount, flow[t, by])
            p = ids[by]
            if nxt == -1:
                amount = min(amount, pf[p, 4] * hours[by] - outside[by])
                break
            if nxt == -2:
                break
            amount = min(amount, pf[p, 0] - flow[nxt, by])
            t = nxt
            nxt, by = step_to[t], step_by[t]
            if hops > T:
                return
        # go
        if kind == 0:
            nxt, by = move_to[at], move_by[at]
            used[at] -= amount
        else:
            if kind == 1:
                if outside[who] >= pf[ids[who], 4] * hours[who] - EPS:
                    _touch(who, ids, flow, pk, stale)
                outside[who] -= amount
            else:
                broken[who] -= amount
            _enter(at, who, amount, ids, flow, pk, pf, stale)
            nxt, by = step_to[at], step_by[at]
        t = at
        while True:
            if nxt == -3:
                used[t] += amount
                break
            _leave(t, by, amount, ids, flow, pk, pf, stale)
            if nxt == -1:
                outside[by] += amount
                if outside[by] >= pf[ids[by], 4] * hours[by] - EPS:
                    _touch(by, ids, flow, pk, stale)
                break
            if nxt == -2:
                broken[by] += amount
                break
            _enter(nxt, by, amount, ids, flow, pk, pf, stale)
            t = nxt
            nxt, by = step_to[t], step_by[t]


@njit(cache=True)
def cost_of(
    n: int,
    ids: Any,
    flow: Any,
    outside: Any,
    broken: Any,
    used: Any,
    regular: Any,
    extra_cost: float,
    pk: Any,
    pf: Any,
) -> float:
    """Money that this loading of one resource costs."""
    money = 0.0
    for t in range(used.shape[0]):
        over = used[t] - regular[t]
        if over > 0:
            money += over * extra_cost
    for k in range(n):
        p = ids[k]
        if outside[k] > 0:
            money += outside[k] * pf[p, 3]
        money += broken[k] * pf[p, 5]
        for t in range(pk[p, 0], pk[p, 1] + 1):
            if flow[t, k] > 0:
                money += flow[t, k] * late(t, pk[p, 2], pf[p, 1], pf[p, 2])
    return money


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
