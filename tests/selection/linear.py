"""The second stage written again as a linear programme, for HiGHS; shares no code with the solver."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog

from pursuit.selection.problem import SelectionProblem


def loading_cost(p: SelectionProblem, choice: np.ndarray, s: int) -> float:
    """Least cost of carrying the chosen work out in scenario ``s``."""
    taken = {int(o) for o in choice}
    room = p.capacity.copy()
    for g, o in enumerate(p.gain_option):
        if int(o) in taken:
            room = room + p.capacity_gain[g]
    room = np.maximum(room, 0)
    k = p.packages
    cost, upper, eq_rows, eq_rhs = [], [], [], []
    cap_terms: dict[tuple[int, int], list[int]] = {}
    n = 0

    def variable(c: float, u: float) -> int:
        nonlocal n
        cost.append(c)
        upper.append(u)
        n += 1
        return n - 1

    for j in range(len(k)):
        o = int(k.option[j])
        if o >= 0 and (o not in taken or (k.if_won[j] and not p.won[o, s])):
            continue
        if k.scenario[j] >= 0 and k.scenario[j] != s:
            continue
        hours = k.hours[j] * p.hours_factor[k.resource[j], s]
        row = []
        for t in range(k.first[j], k.last[j] + 1):
            late = min(k.late_cost[j] * max(t - k.due[j], 0), k.late_cap[j])
            v = variable(late, k.rate[j])
            row.append(v)
            cap_terms.setdefault((int(k.resource[j]), t), []).append(v)
        if np.isfinite(k.subcontract_cost[j]):
            row.append(variable(k.subcontract_cost[j], k.subcontract_share[j] * hours))
        row.append(variable(k.breach_cost[j], np.inf))
        eq_rows.append(row)
        eq_rhs.append(hours)
    ub_rows, ub_rhs = [], []
    for (r, t), terms in cap_terms.items():
        o = variable(p.overtime_cost[r], p.overtime[r, t])
        ub_rows.append((terms, o))
        ub_rhs.append(room[r, t])
    if not n:
        return 0.0
    A = np.zeros((len(eq_rows), n))
    for i, row in enumerate(eq_rows):
        A[i, row] = 1
    U = np.zeros((len(ub_rows), n))
    for i, (terms, o) in enumerate(ub_rows):
        U[i, terms] = 1
        U[i, o] = -1
    res = linprog(
        cost,
        A_ub=U,
        b_ub=ub_rhs,
        A_eq=A,
        b_eq=eq_rhs,
        bounds=list(zip(np.zeros(n), upper, strict=True)),
        method="highs",
    )
    assert res.status == 0, res.message
    return float(res.fun)
