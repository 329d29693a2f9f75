"""One resource in one future: hours of packages by week, what they cost, and where each hour could go instead.

Arrays that the functions share: ``ids`` (slots,) package in each slot, ``n`` slots in use; ``flow`` (T, slots) hours by
week; ``outside`` and ``broken`` (slots,) hours given outside and not done; ``hours`` (slots,) all of them; ``used``,
``regular``, ``extra`` (T,) hours taken, regular and overtime hours there are. ``pk`` (P, 3) holds first, last and due
week of a package, ``pf`` (P, 6) its rate, late cost, late cap, subcontract cost, subcontract share and breach cost.
"""

from __future__ import annotations

from typing import Any

from numba import njit

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
def pays(n: int, ids: Any, flow: Any, outside: Any, broken: Any, used: Any, regular: Any, pk: Any) -> bool:
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
def touch(k: int, ids: Any, flow: Any, pk: Any, stale: Any) -> None:
    """Mark every week in which package slot ``k`` has hours: its ways out of them have changed."""
    for t in range(pk[ids[k], 0], pk[ids[k], 1] + 1):
        if flow[t, k] > EPS:
            stale[t] = True


@njit(cache=True)
def enter(week: int, k: int, amount: float, ids: Any, flow: Any, pk: Any, pf: Any, stale: Any) -> None:
    """Put hours of slot ``k`` into a week; marks the weeks whose ways out have changed, and no others."""
    if flow[week, k] <= EPS:
        stale[week] = True
    flow[week, k] += amount
    if flow[week, k] >= pf[ids[k], 0] - EPS:
        touch(k, ids, flow, pk, stale)


@njit(cache=True)
def leave(week: int, k: int, amount: float, ids: Any, flow: Any, pk: Any, pf: Any, stale: Any) -> None:
    """Take hours of slot ``k`` out of a week; marks the weeks whose ways out have changed, and no others."""
    if flow[week, k] >= pf[ids[k], 0] - EPS:
        touch(k, ids, flow, pk, stale)
    flow[week, k] -= amount
    if flow[week, k] <= EPS:
        stale[week] = True


@njit(cache=True)
def ways_out(
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
